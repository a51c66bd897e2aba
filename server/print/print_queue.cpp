#include "server/print/print_queue.hpp"

#include "server/deployment/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

namespace nguon::server {
namespace {

namespace fs = std::filesystem;
using ledger::Descriptor;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::string_view job_ending = ".job";
constexpr std::string_view notes_ending = ".notes";
constexpr std::string_view pause_ending = ".pause";
constexpr unsigned most_jobs = 999'999;

Error queue_failed(std::string rule, const std::string& path, int error) {
  return {Errc::unavailable, std::move(rule), {}, path + ": " + std::strerror(error)};
}

bool is_id(std::string_view text) {
  return text.size() == 6 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<void> sync_folder(const std::string& folder) {
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.value() < 0 || ::fsync(directory.value()) != 0) {
    return queue_failed("file.write", folder, errno);
  }
  return {};
}

/// A block at a time: a job may be far larger than memory wants to hold.
Result<void> copy_synced(const std::string& from, const std::string& to) {
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (source.value() < 0) return queue_failed("file.read", from, errno);
  const Descriptor copy(::open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (copy.value() < 0) return queue_failed("file.write", to, errno);
  std::string block(std::size_t{1} << 16, '\0');
  for (;;) {
    const ssize_t got = ::read(source.value(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return queue_failed("file.read", from, errno);
    if (got == 0) break;
    if (!copy.write_all(std::string_view(block).substr(0, static_cast<std::size_t>(got)))) {
      return queue_failed("file.write", to, errno);
    }
  }
  if (::fsync(copy.value()) != 0) return queue_failed("file.write", to, errno);
  return {};
}

}  // namespace

Result<PrintQueue> PrintQueue::open(std::string folder) {
  NGUON_CHECK(make_directory(folder, 0700));
  return PrintQueue(std::move(folder));
}

std::string PrintQueue::path(const std::string& id, std::string_view ending) const {
  return folder_ + "/" + id + std::string(ending);
}

std::string PrintQueue::job_file(const std::string& id) const { return path(id, job_ending); }

Result<void> PrintQueue::find(const std::string& id) const {
  if (is_id(id) && file_exists(job_file(id))) return {};
  return Error{Errc::not_found, "print.no-job", {}, id};
}

Result<std::unique_ptr<Descriptor>> PrintQueue::lock() const {
  const std::string name = folder_ + "/lock";
  auto file =
      std::make_unique<Descriptor>(::open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (file->value() < 0) return queue_failed("file.write", name, errno);
  if (::flock(file->value(), LOCK_EX | LOCK_NB) != 0) {
    return Error{Errc::conflict, "print.busy", {}, folder_};
  }
  return file;
}

Result<bool> PrintQueue::has(const std::string& source) const {
  NGUON_TRY(const auto jobs, list());
  return std::any_of(jobs.begin(), jobs.end(),
                     [&](const QueuedJob& job) { return job.progress.source == source; });
}

Result<std::string> PrintQueue::add(const std::string& file, const PrinterAddress& printer,
                                    const std::string& source) const {
  // Two that add at once would take the same number; whoever prints is not in the way.
  const std::string gate = folder_ + "/adding";
  const Descriptor adding(::open(gate.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (adding.value() < 0 || ::flock(adding.value(), LOCK_EX) != 0) {
    return queue_failed("file.write", gate, errno);
  }
  if (!source.empty()) {
    NGUON_TRY(const bool fetched, has(source));
    if (fetched) return Error{Errc::conflict, "print.fetched", {}, source};
  }
  unsigned last = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string stem = entry.path().stem().string();
    if (is_id(stem)) last = std::max(last, static_cast<unsigned>(std::stoul(stem)));
  }
  if (last == most_jobs) return Error{Errc::too_busy, "print.busy", {}, "no number left"};
  char id[8];
  std::snprintf(id, sizeof id, "%06u", last + 1);
  const std::string part = path(id, unfinished_ending);
  NGUON_CHECK(copy_synced(file, part));
  std::ifstream written(part, std::ios::binary);
  const auto facts = labels::check_print_job(written);
  if (!facts) {
    ::unlink(part.c_str());
    return ledger::invalid("print.job", {}, std::string(labels::describe(facts.error())));
  }
  NGUON_CHECK(PrintNotes::create(path(id, notes_ending),
                                 {printer, facts->language, facts->labels, source, 0, 0}));
  if (::rename(part.c_str(), job_file(id).c_str()) != 0) {
    return queue_failed("file.write", part, errno);
  }
  if (const auto synced = sync_folder(folder_); !synced) {
    // Whoever is told that it failed adds the file again; from two jobs its serials would be printed
    // twice.
    ::unlink(job_file(id).c_str());
    return synced.error();
  }
  return std::string(id);
}

Result<std::vector<QueuedJob>> PrintQueue::list() const {
  std::vector<std::string> ids;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string stem = entry.path().stem().string();
    if (is_id(stem) && entry.path().extension() == job_ending) ids.push_back(stem);
  }
  std::sort(ids.begin(), ids.end());
  std::vector<QueuedJob> jobs;
  for (const std::string& id : ids) {
    NGUON_TRY(const auto kept, notes(id));
    jobs.push_back({id, kept->progress(), is_paused(id)});
  }
  return jobs;
}

Result<std::unique_ptr<PrintNotes>> PrintQueue::notes(const std::string& id) const {
  NGUON_CHECK(find(id));
  return PrintNotes::open(path(id, notes_ending));
}

bool PrintQueue::is_paused(const std::string& id) const {
  return file_exists(path(id, pause_ending));
}

Result<void> PrintQueue::pause(const std::string& id) const {
  NGUON_CHECK(find(id));
  const std::string name = path(id, pause_ending);
  const Descriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  if (file.value() < 0) return queue_failed("file.write", name, errno);
  return sync_folder(folder_);
}

Result<void> PrintQueue::unpause(const std::string& id) const {
  NGUON_CHECK(find(id));
  const std::string name = path(id, pause_ending);
  if (::unlink(name.c_str()) != 0 && errno != ENOENT)
    return queue_failed("file.write", name, errno);
  return sync_folder(folder_);
}

}  // namespace nguon::server
