#include "server/resolver/link_book.hpp"

#include "server/resolver/link_file.hpp"

#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <chrono>

namespace nguon::server {
namespace {

constexpr std::chrono::seconds between_looks{2};

}  // namespace

std::shared_ptr<const LinkTable> LinkBook::table() const {
  const std::scoped_lock lock(mutex_);
  return table_;
}

void LinkBook::replace(LinkTable table) {
  auto fresh = std::make_shared<const LinkTable>(std::move(table));
  const std::scoped_lock lock(mutex_);
  table_.swap(fresh);
}

LinkKeeper::LinkKeeper(LinkBook& book, std::string path) : book_(book), path_(std::move(path)) {
  read_if_new();
  thread_ = std::thread([this] { run(); });
}

LinkKeeper::~LinkKeeper() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

LinkKeeper::Look LinkKeeper::look() const {
  struct stat found {};
  if (::stat(path_.c_str(), &found) != 0) return {};
  return {found.st_ino, found.st_mtim.tv_sec * 1'000'000'000 + found.st_mtim.tv_nsec};
}

void LinkKeeper::read_if_new() {
  // Looked at before it is read: what is renamed in between is read once more, never missed.
  const Look now = look();
  if (now == seen_) return;
  seen_ = now;
  const auto text = read_links(path_);
  if (!text) {
    spdlog::error("links were not read: {} {}", text.error().rule, text.error().detail);
    return;
  }
  auto table = LinkTable::parse(text->value_or(R"({"entries":[]})"));
  if (!table) {
    spdlog::error("links were not read: {} {}", table.error().field, table.error().detail);
    return;
  }
  book_.replace(*std::move(table));
}

void LinkKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, between_looks, [this] { return stopping_; })) {
    lock.unlock();
    read_if_new();
    lock.lock();
  }
}

}  // namespace nguon::server
