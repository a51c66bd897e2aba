#include "server/cli/http_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace nguon::server {
namespace {

constexpr std::size_t largest_answer = 16 << 20;

template <auto release>
struct Release {
  template <class T>
  void operator()(T* owned) const {
    release(owned);
  }
};
using Handle = std::unique_ptr<CURL, Release<curl_easy_cleanup>>;
using Lines = std::unique_ptr<curl_slist, Release<curl_slist_free_all>>;

ledger::Error failed(const char* rule, std::string detail) {
  return {ledger::Errc::unavailable, rule, {}, std::move(detail)};
}

/// No user names and passwords: they would end up in logs.
bool is_callable(std::string_view url) {
  const bool known = url.starts_with("http://") || url.starts_with("https://");
  const auto bad = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '@'; };
  return known && std::none_of(url.begin(), url.end(), bad);
}

/// Scheme, host and port: a path may name what is nobody's business.
std::string place_of(std::string_view url) {
  return std::string(url.substr(0, url.find('/', url.find("//") + 2)));
}

/// Where an answer goes.
struct Taking {
  const Call& call;
  Answer& answer;
};

std::size_t keep(const char* octets, std::size_t one, std::size_t count, void* taking) {
  auto& [call, answer] = *static_cast<Taking*>(taking);
  const std::string_view more(octets, one * count);
  // Not all taken: curl gives up.
  if (call.into) return call.into(more) ? more.size() : 0;
  if (answer.body.size() + more.size() > largest_answer) return 0;
  answer.body += more;
  return more.size();
}

std::size_t keep_cookie(const char* octets, std::size_t one, std::size_t count, void* taking) {
  constexpr std::string_view name = "set-cookie:";
  std::string_view line(octets, one * count);
  const bool sets = line.size() > name.size() &&
                    std::equal(name.begin(), name.end(), line.begin(), [](char wanted, char c) {
                      return wanted == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
                    });
  if (sets) {
    line.remove_prefix(std::min(line.find_first_not_of(' ', name.size()), line.size()));
    static_cast<Taking*>(taking)->answer.cookie = line.substr(0, line.find_first_of(";\r\n"));
  }
  return one * count;
}

ledger::Error error_of(CURLcode code, const Call& call) {
  switch (code) {
    case CURLE_URL_MALFORMAT:
      return ledger::invalid("client.url", {}, call.url);
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
      return failed("client.connect", place_of(call.url));
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
      return failed("client.tls", place_of(call.url) + " is not trusted");
    case CURLE_SSL_CACERT_BADFILE:
      return failed("client.tls", "cannot read " + call.ca_file);
    case CURLE_WRITE_ERROR:
      return failed("client.answer", call.into ? "not taken" : "over 16 MiB");
    default:
      return failed("client.answer", curl_easy_strerror(code));
  }
}

}  // namespace

ledger::Result<Answer> call(const Call& call) {
  if (!is_callable(call.url)) return ledger::invalid("client.url", {}, call.url);
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const Handle handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  if (!handle) return failed("client.connect", "curl cannot start");
  CURL* const curl = handle.get();
  Answer answer;
  curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // Several threads call.
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");  // Who answers is not the environment's to say.
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "nguon");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
  Taking taking{call, answer};
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &taking);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_cookie);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &taking);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(call.patience_seconds));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(call.patience_seconds));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(call.exchange_seconds));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  if (!call.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, call.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }
  // `Expect:` off, or curl waits a second for servers that never say 100.
  Lines lines(curl_slist_append(nullptr, "Expect:"));
  if (call.method != "GET") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
    curl_slist_append(lines.get(), ("Content-Type: " + call.content_type).c_str());
  }
  if (!call.cookie.empty()) curl_slist_append(lines.get(), ("Cookie: " + call.cookie).c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines.get());
  if (const CURLcode code = curl_easy_perform(curl); code != CURLE_OK) return error_of(code, call);
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  const char* type = nullptr;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
  if (type != nullptr) answer.content_type = type;
  return answer;
}

}  // namespace nguon::server
