#include "server/cli/print_fetch.hpp"

#include "ledger/entry/jws.hpp"
#include "server/cli/http_client.hpp"
#include "server/cli/key_file.hpp"
#include "server/session/session_desk.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Result;

constexpr std::int64_t most_parts = 1'000;
constexpr std::size_t longest_refusal = 4096;

/// It stands in a path and in the queue's notes.
bool is_entry_id(std::string_view text) {
  return text.size() == 43 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '-' || c == '_';
         });
}

Result<void> taken_well(int status, const std::string& said) {
  if (status < 400) return {};
  if (status >= 500) {
    return ledger::Error{ledger::Errc::unavailable, "client.server", {}, std::to_string(status)};
  }
  std::fprintf(stderr, "%s\n", said.c_str());
  return ledger::invalid("client.refused", {}, std::to_string(status));
}

/// A file in the queue's folder that is gone in the end: serials stay nowhere else.
class ArrivingJob {
 public:
  explicit ArrivingJob(const std::string& folder) : path_(folder + "/fetch-XXXXXX") {
    const int file = ::mkstemp(path_.data());
    if (file >= 0) file_ = ::fdopen(file, "wb");
  }
  ~ArrivingJob() {
    if (file_ == nullptr) return;
    std::fclose(file_);
    ::unlink(path_.c_str());
  }
  ArrivingJob(const ArrivingJob&) = delete;
  ArrivingJob& operator=(const ArrivingJob&) = delete;

  const std::string& path() const { return path_; }
  bool open() const { return file_ != nullptr; }
  bool put(std::string_view octets) {
    if (head_.size() < longest_refusal) {
      head_ += octets.substr(0, longest_refusal - head_.size());
    }
    return std::fwrite(octets.data(), 1, octets.size(), file_) == octets.size();
  }
  bool flush() { return std::fflush(file_) == 0; }
  /// What came first: the words of a refusal, when it is one.
  const std::string& head() const { return head_; }

 private:
  std::string path_;
  std::string head_;
  std::FILE* file_ = nullptr;
};

/// The service as one person reads it.
class PrintReader {
 public:
  explicit PrintReader(const FetchWish& wish) : wish_(wish) {}

  /// A read session: nothing of it is kept when this ends.
  Result<void> begin() {
    NGUON_TRY(const auto key, read_key_file(wish_.key_file));
    NGUON_TRY(const auto challenge, object("POST", "/api/session/challenge"));
    const auto* nonce = challenge.if_contains("nonce");
    if (nonce == nullptr || !nonce->is_string()) return ledger::invalid("client.answer");
    const json::object said{{"aud", wish_.deployment}, {"nonce", *nonce}};
    Call session;
    session.method = "POST";
    session.url = wish_.server + "/api/session";
    session.content_type = "application/jwt";
    session.body = ledger::make_jws(key, session_typ, json::serialize(said));
    NGUON_TRY(const auto begun, ask(std::move(session)));
    cookie_ = begun.cookie;
    return {};
  }
  void end() {
    Call session;
    session.method = "DELETE";
    session.url = wish_.server + "/api/session";
    (void)ask(std::move(session));
  }

  Result<std::int64_t> parts() {
    NGUON_TRY(const auto run, object("GET", path() + "?" + settings()));
    const auto* parts = run.if_contains("parts");
    const auto* count = parts != nullptr ? parts->if_int64() : nullptr;
    if (count == nullptr || *count < 1 || *count > most_parts) {
      return ledger::invalid("client.answer", "/parts");
    }
    return *count;
  }

  Result<void> fetch(std::int64_t part, ArrivingJob& job) {
    Call asked;
    asked.url = wish_.server + path() + "/labels." + wish_.language + "-job?" + settings() +
                "&part=" + std::to_string(part) + (wish_.over ? "&over=1" : "");
    asked.into = [&job](std::string_view more) { return job.put(more); };
    NGUON_TRY(const auto answer, ask(std::move(asked)));
    return taken_well(answer.status, job.head());
  }

 private:
  std::string path() const { return "/api/office/labels/prints/" + wish_.entry; }
  std::string settings() const {
    return "layout=" + wish_.layout + "&dpi=" + std::to_string(wish_.dpi);
  }
  Result<Answer> ask(Call asked) {
    asked.ca_file = wish_.ca_file;
    asked.cookie = cookie_;
    const bool kept = !asked.into;
    NGUON_TRY(auto answer, call(asked));
    if (kept) {
      NGUON_CHECK(taken_well(answer.status, answer.body));
    }
    return answer;
  }
  Result<json::object> object(const std::string& method, const std::string& where) {
    Call asked;
    asked.method = method;
    asked.url = wish_.server + where;
    NGUON_TRY(const auto answer, ask(std::move(asked)));
    // Not the ledger's own reader: sizes in millimetres are no whole numbers.
    json::error_code error;
    json::value value = json::parse(answer.body, error);
    if (error || !value.is_object()) return ledger::invalid("client.answer");
    return std::move(value.get_object());
  }

  const FetchWish& wish_;
  std::string cookie_;
};

Result<std::vector<std::string>> fetch_parts(PrintReader& reader, const PrintQueue& queue,
                                             const FetchWish& wish, const PrinterAddress& printer) {
  NGUON_TRY(const auto parts, reader.parts());
  std::vector<std::string> ids;
  for (std::int64_t part = 0; part < parts; ++part) {
    const std::string source = wish.entry + "/" + std::to_string(part);
    NGUON_TRY(const bool fetched, queue.has(source));
    if (fetched) continue;
    ArrivingJob job(queue.folder());
    if (!job.open()) {
      return ledger::Error{ledger::Errc::unavailable, "file.write", {}, job.path()};
    }
    NGUON_CHECK(reader.fetch(part, job));
    if (!job.flush()) {
      return ledger::Error{ledger::Errc::unavailable, "file.write", {}, job.path()};
    }
    NGUON_TRY(auto id, queue.add(job.path(), printer, source));
    ids.push_back(std::move(id));
  }
  if (ids.empty()) {
    return ledger::Error{ledger::Errc::conflict, "print.fetched", {}, wish.entry};
  }
  return ids;
}

}  // namespace

Result<std::vector<std::string>> fetch_prints(const PrintQueue& queue, const FetchWish& wish,
                                              const PrinterAddress& printer) {
  if (!is_entry_id(wish.entry)) return ledger::invalid("cli.entry", {}, wish.entry);
  PrintReader reader(wish);
  NGUON_CHECK(reader.begin());
  auto ids = fetch_parts(reader, queue, wish, printer);
  reader.end();
  return ids;
}

}  // namespace nguon::server
