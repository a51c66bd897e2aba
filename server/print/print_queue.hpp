#pragma once

#include "ledger/base/descriptor.hpp"
#include "ledger/base/result.hpp"
#include "server/print/print_notes.hpp"

#include <memory>
#include <string>
#include <vector>

namespace nguon::server {

/// A job in the queue as people see it.
struct QueuedJob {
  std::string id;  ///< six digits
  PrintProgress progress;
  bool paused = false;
};

/// Jobs in a folder of mode 0700, for a job holds serials: `000001.job` as `nguon label` made it,
/// `000001.notes` how far it is, `000001.pause` while a person wants it to wait. A job is in the
/// queue once its `.job` has its name; what a killed `add` left has another and is nobody's job.
class PrintQueue {
 public:
  /// Makes the folder where there is none. Error `file.write`.
  static ledger::Result<PrintQueue> open(std::string folder);

  /// Held while jobs are printed or decided on: one process at a time. Error `print.busy`.
  ledger::Result<std::unique_ptr<ledger::Descriptor>> lock() const;

  /// Takes a copy of a job file; its id. With a `source` the lock is held. Errors `print.job` (not
  /// one, torn, over a limit), `print.fetched` (a job of this `source` is there already: its
  /// serials would be on paper twice), `file.read`, `file.write`.
  ledger::Result<std::string> add(const std::string& file, const PrinterAddress& printer,
                                  const std::string& source = {}) const;
  /// Whether a job was fetched as that, whatever became of it; the lock is held. Errors of
  /// PrintNotes.
  ledger::Result<bool> has(const std::string& source) const;

  /// In the order they came. Errors of PrintNotes.
  ledger::Result<std::vector<QueuedJob>> list() const;

  /// Error `print.no-job` here and below.
  ledger::Result<std::unique_ptr<PrintNotes>> notes(const std::string& id) const;
  std::string job_file(const std::string& id) const;
  const std::string& folder() const { return folder_; }
  bool is_paused(const std::string& id) const;
  ledger::Result<void> pause(const std::string& id) const;
  ledger::Result<void> unpause(const std::string& id) const;

 private:
  explicit PrintQueue(std::string folder) : folder_(std::move(folder)) {}
  std::string path(const std::string& id, std::string_view ending) const;
  ledger::Result<void> find(const std::string& id) const;

  std::string folder_;
};

}  // namespace nguon::server
