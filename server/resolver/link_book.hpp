#pragma once

#include "server/resolver/link_table.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace nguon::server {

/// The table in force. Thread-safe: who took a table goes on with it.
class LinkBook {
 public:
  std::shared_ptr<const LinkTable> table() const;
  void replace(LinkTable table);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const LinkTable> table_ = std::make_shared<const LinkTable>();  // By mutex_.
};

/// Reads a links file into a book, at once and again whenever another one has taken its name, within two
/// seconds. A file that cannot be read leaves what was read before in force, and is logged: shoppers'
/// pages must not depend on it. One thread of its own.
class LinkKeeper {
 public:
  /// `book` outlives it.
  LinkKeeper(LinkBook& book, std::string path);
  ~LinkKeeper();
  LinkKeeper(const LinkKeeper&) = delete;
  LinkKeeper& operator=(const LinkKeeper&) = delete;

 private:
  /// What is seen of a file without reading it; a renamed one has another number.
  struct Look {
    std::uint64_t number = 0;
    std::int64_t changed_ns = 0;
    bool operator==(const Look&) const = default;
  };
  Look look() const;
  void read_if_new();
  void run();

  LinkBook& book_;
  const std::string path_;
  Look seen_;  // The thread's, once it runs.
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // Guarded by mutex_.
  std::thread thread_;
};

}  // namespace nguon::server
