#include "server/deployment/notebook.hpp"

#include "ledger/keys/sha256.hpp"
#include "server/deployment/files.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::size_t mark_digits = 16;

Error not_written(const std::string& path, int error) {
  return {Errc::unavailable, "file.write", {}, path + ": " + std::strerror(error)};
}

std::string mark_of(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  const ledger::Hash hash = ledger::sha256(text);
  std::string mark;
  for (const char octet : hash.view().substr(0, mark_digits / 2)) {
    mark += digits[static_cast<unsigned char>(octet) >> 4];
    mark += digits[static_cast<unsigned char>(octet) & 15];
  }
  return mark;
}

std::string line_of(const json::object& record) {
  const std::string text = json::serialize(record);
  return mark_of(text) + ' ' + text + '\n';
}

/// The record of a line without its end; absent where it is none of ours.
std::optional<json::object> read_line(std::string_view line) {
  if (line.size() <= mark_digits + 1 || line[mark_digits] != ' ') return std::nullopt;
  const std::string_view text = line.substr(mark_digits + 1);
  if (mark_of(text) != line.substr(0, mark_digits)) return std::nullopt;
  json::error_code error;
  json::value value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

/// Of a file that was made or renamed: its name is on the disk too.
bool sync_folder_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const ledger::Descriptor folder(
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.value() >= 0 && ::fsync(folder.value()) == 0;
}

}  // namespace

Result<void> Notebook::open_file(bool anew) {
  file_ = std::make_unique<ledger::Descriptor>(
      ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
             S_IRUSR | S_IWUSR));
  if (file_->value() < 0 || (anew && !sync_folder_of(path_))) return not_written(path_, errno);
  return {};
}

Result<std::unique_ptr<Notebook>> Notebook::open(
    std::string path, const std::function<Result<void>(const json::object&)>& read) {
  auto notebook = std::unique_ptr<Notebook>(new Notebook(std::move(path)));
  const std::string& name = notebook->path_;
  std::string octets;
  const bool anew = !file_exists(name);
  if (!anew) {
    std::ifstream file(name, std::ios::binary);
    octets.assign(std::istreambuf_iterator<char>(file), {});
    if (!file.is_open() || file.bad()) return Error{Errc::unavailable, "file.read", {}, name};
  }
  std::size_t sound = 0;
  while (sound < octets.size()) {
    const std::size_t end = octets.find('\n', sound);
    const auto record = end == std::string::npos
                            ? std::nullopt
                            : read_line(std::string_view(octets).substr(sound, end - sound));
    if (!record) {
      // Only what was being written when the power went may be torn: the end of the file.
      if (end != std::string::npos && end + 1 < octets.size()) {
        return Error{Errc::corrupt, "notebook.damaged", {}, name + " at " + std::to_string(sound)};
      }
      break;
    }
    NGUON_CHECK(read(*record));
    sound = end + 1;
  }
  NGUON_CHECK(notebook->open_file(anew));
  if (sound < octets.size() &&
      (::ftruncate(notebook->file_->value(), static_cast<off_t>(sound)) != 0 ||
       ::fsync(notebook->file_->value()) != 0)) {
    return not_written(name, errno);
  }
  notebook->size_ = sound;
  return notebook;
}

Result<void> Notebook::append(const json::object& record) {
  const std::string line = line_of(record);
  const std::scoped_lock lock(mutex_);
  if (broken_) return Error{Errc::unavailable, "file.write", {}, path_ + ": failed before"};
  if (size_ + line.size() > max_octets) return Error{Errc::too_large, "notebook.full", {}, path_};
  if (file_->write_all(line) && ::fsync(file_->value()) == 0) {
    size_ += line.size();
    return {};
  }
  const int error = errno;
  // After a failed sync nobody knows what the disk holds; a line that was said to have failed must
  // not come back.
  broken_ = ::ftruncate(file_->value(), static_cast<off_t>(size_)) != 0 ||
            ::fsync(file_->value()) != 0;
  return not_written(path_, error);
}

Result<void> Notebook::rewrite(std::span<const json::object> records) {
  std::string text;
  for (const auto& record : records) text += line_of(record);
  const std::scoped_lock lock(mutex_);
  if (broken_) return Error{Errc::unavailable, "file.write", {}, path_ + ": failed before"};
  const std::string part = path_ + std::string(unfinished_ending);
  {
    const ledger::Descriptor file(::open(
        part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (file.value() < 0 || !file.write_all(text) || ::fsync(file.value()) != 0 ||
        ::rename(part.c_str(), path_.c_str()) != 0 || !sync_folder_of(path_)) {
      return not_written(part, errno);
    }
  }
  broken_ = true;  // Until what is under the name now is open.
  NGUON_CHECK(open_file(false));
  size_ = text.size();
  broken_ = false;
  return {};
}

}  // namespace nguon::server
