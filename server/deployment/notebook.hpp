#pragma once

#include "ledger/base/descriptor.hpp"
#include "ledger/base/result.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>

namespace nguon::server {

/// Where a deployment's notebooks lie, below its data directory.
inline std::string notes_folder(const std::string& data) { return data + "/notes"; }

/// What a service has to remember that is no entry: a file of JSON objects in the order they came,
/// mode 0600, each on the disk before append() returns. One line a record:
///
///   line = 16 hex digits of SHA-256( text ) SP text LF
///
/// A last line that a crash tore is taken off at the next opening; a bad line anywhere else is an
/// error, for what stood there is lost. Thread-safe.
class Notebook {
 public:
  static constexpr std::size_t max_octets = 64 << 20;

  /// Makes the file where there is none. `read` is given every record, oldest first. Errors:
  /// `notebook.damaged` (Errc::corrupt), `file.read`, `file.write`, those of `read`.
  static ledger::Result<std::unique_ptr<Notebook>> open(
      std::string path, const std::function<ledger::Result<void>(const boost::json::object&)>& read);

  /// Errors: `file.write` (Errc::unavailable): nothing was added, and nothing can be until the next
  /// opening when even that is uncertain; `notebook.full` (Errc::too_large).
  ledger::Result<void> append(const boost::json::object& record);

  /// The file holds these records and no others; whole or not at all. What was left out is not on
  /// the disk any more as far as a file system forgets what it unlinks.
  ledger::Result<void> rewrite(std::span<const boost::json::object> records);

 private:
  explicit Notebook(std::string path) : path_(std::move(path)) {}
  ledger::Result<void> open_file(bool anew);

  const std::string path_;
  std::mutex mutex_;  // Guards all below.
  std::unique_ptr<ledger::Descriptor> file_;
  std::size_t size_ = 0;
  bool broken_ = false;
};

}  // namespace nguon::server
