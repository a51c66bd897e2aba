#include "server/cli/reminder_post.hpp"

#include "ledger/base/clock.hpp"
#include "server/cli/http_client.hpp"
#include "server/deployment/files.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr int connect_seconds = 10;
constexpr int carry_seconds = 60;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

std::size_t give(char* to, std::size_t one, std::size_t count, void* rest) {
  auto& text = *static_cast<std::string_view*>(rest);
  const std::size_t size = std::min(text.size(), one * count);
  std::memcpy(to, text.data(), size);
  text.remove_prefix(size);
  return size;
}

Error not_taken(const char* rule, std::string detail) {
  return {Errc::unavailable, rule, {}, std::move(detail)};
}

struct MailServer {
  std::string url, from, user, password_file;
};

Result<void> send_mail(const MailServer& server, const Target& target, const Letter& letter) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, FreeHandle> handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  if (!handle) return not_taken("reminders.mail", "curl cannot start");
  CURL* const curl = handle.get();
  const ledger::SystemClock clock;
  const std::string mail = mail_message(server.from, target.address, letter, clock.now_ms());
  std::string_view rest = mail;
  const std::string from = "<" + server.from + ">";
  const std::string to = "<" + target.address + ">";
  const std::unique_ptr<curl_slist, FreeList> receivers(curl_slist_append(nullptr, to.c_str()));
  curl_easy_setopt(curl, CURLOPT_URL, server.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(connect_seconds));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(carry_seconds));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &rest);
  std::string password;
  if (!server.user.empty()) {
    // A password is never said in clear.
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    NGUON_TRY(password, read_secret(server.password_file));
    while (password.ends_with('\n')) password.pop_back();
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, password.c_str());
  } else {
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_TRY));
  }
  const CURLcode code = curl_easy_perform(curl);
  if (code == CURLE_OK) return {};
  return not_taken("reminders.mail", curl_easy_strerror(code));
}

Result<void> call_webhook(const Target& target, const Letter& letter) {
  Call request;
  request.method = "POST";
  request.url = target.address;
  request.content_type = "application/json";
  request.body = letter.json;
  request.patience_seconds = connect_seconds;
  request.exchange_seconds = carry_seconds;
  const auto answer = call(request);
  if (!answer) return not_taken("reminders.webhook", answer.error().rule);
  if (answer->status >= 200 && answer->status < 300) return {};
  return not_taken("reminders.webhook", "status " + std::to_string(answer->status));
}

}  // namespace

Carry reminder_post(const Config& config) {
  const MailServer server{config.smtp, config.mail_from, config.smtp_user,
                          config.smtp_password_file};
  return [server](const Target& target, const Letter& letter) {
    return target.channel == Channel::mail ? send_mail(server, target, letter)
                                           : call_webhook(target, letter);
  };
}

}  // namespace nguon::server
