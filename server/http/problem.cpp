#include "server/http/problem.hpp"

#include "schemas/problems.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace nguon::server {

int status_of(ledger::Errc code) {
  switch (code) {
    case ledger::Errc::invalid:
      return 400;
    case ledger::Errc::forbidden:
      return 422;
    case ledger::Errc::not_found:
      return 404;
    case ledger::Errc::not_yet:
      return 425;
    case ledger::Errc::stale:
      return 409;
    case ledger::Errc::conflict:
      return 409;
    case ledger::Errc::too_large:
      return 413;
    case ledger::Errc::too_busy:
      return 503;
    case ledger::Errc::corrupt:
      return 500;
    case ledger::Errc::unavailable:
      return 503;
  }
  return 500;
}

std::string_view reason_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 300:
      return "Multiple Choices";
    case 301:
      return "Moved Permanently";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 425:
      return "Too Early";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

Sentence published_sentence(std::string_view rule) {
  const schemas::Problem* const problem = schemas::find_problem(rule);
  return problem != nullptr ? Sentence{problem->vi, problem->en} : Sentence{};
}

namespace {

/// A detail of two lines is for people too: the first ends the Vietnamese sentence, the second the
/// English one. What is left for developers is the English.
std::string_view complete(Sentence& sentence, std::string_view detail) {
  const auto end = detail.find('\n');
  if (end == std::string_view::npos) return detail;
  const auto english = detail.substr(end + 1);
  if (!sentence.vi.empty()) sentence.vi.append(" ").append(detail.substr(0, end));
  if (!sentence.en.empty()) sentence.en.append(" ").append(english);
  return english;
}

}  // namespace

Problems::Problems(SentenceLookup sentences) : sentences_(std::move(sentences)) {}

Response Problems::response(const ledger::Error& error) const {
  return response(status_of(error.code), error);
}

Response Problems::response(int status, const ledger::Error& error,
                            std::string_view statement) const {
  Sentence sentence = sentences_(error.rule);
  const std::string_view detail = complete(sentence, error.detail);
  boost::json::object body{{"type", "/problems/" + error.rule},
                           {"title", reason_of(status)},
                           {"status", status},
                           {"rule", error.rule}};
  if (!error.field.empty()) body["field"] = error.field;
  if (!sentence.vi.empty()) body["vi"] = sentence.vi;
  if (!sentence.en.empty()) body["en"] = sentence.en;
  if (!detail.empty()) body["detail"] = detail;
  if (!statement.empty()) body["statement"] = statement;
  Response response = reply(status, "application/problem+json", boost::json::serialize(body));
  // A busy queue drains in seconds and an unknown parent entry is usually right behind this one.
  if (status == 503 || status == 425) response.headers.emplace_back("Retry-After", "5");
  return response;
}

}  // namespace nguon::server
