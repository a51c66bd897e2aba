#include "server/http/request_reader.hpp"

#include "server/http/target.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace nguon::server {
namespace {

namespace http = boost::beast::http;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// Octets of one chunk header or trailer section; Beast itself sets no bound.
constexpr std::size_t chunk_header_limit = 4096;

}  // namespace

struct RequestReader::Parser {
  std::optional<http::request_parser<http::string_body>> beast;
};

RequestReader::RequestReader(std::size_t head_limit)
    : parser_(std::make_unique<Parser>()), head_limit_(head_limit) {
  restart();
}

RequestReader::~RequestReader() = default;

void RequestReader::restart() {
  parser_->beast.emplace();
  // Our own count of the whole head decides; Beast counts the request line and the fields apart.
  parser_->beast->header_limit(static_cast<std::uint32_t>(
      std::min<std::size_t>(head_limit_ + 1, std::numeric_limits<std::uint32_t>::max())));
  parser_->beast->body_limit(boost::none);  // set by limit_body(), once the route is known
  head_octets_ = 0;
  folded_ = false;
  last_ = 0;
  state_ = State::head;
  status_ = 0;
}

// Beast unfolds where an intermediary may not have.
bool RequestReader::has_fold(std::string_view head) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  if (head.empty()) return false;
  if (last_ == '\n' && blank(head.front())) return true;
  last_ = head.back();
  for (auto line = head.find('\n'); line != head.npos && line + 1 < head.size();
       line = head.find('\n', line + 1)) {
    if (blank(head[line + 1])) return true;
  }
  return false;
}

std::size_t RequestReader::feed(std::string_view octets) {
  auto& beast = *parser_->beast;
  std::size_t used = 0;
  while (used < octets.size() && (state_ == State::head || state_ == State::body)) {
    // Beast 1.81 asserts, and so ends the process, when it looks at the last chunk's line twice
    // with fewer octets than "0", CRLF, CRLF. No unfinished chunked body has fewer before it, so
    // waiting loses nothing.
    if (state_ == State::body && beast.chunked() && octets.size() - used < 5) break;
    boost::beast::error_code ec;
    const std::size_t n =
        beast.put(boost::asio::buffer(octets.data() + used, octets.size() - used), ec);
    if (state_ == State::head) {
      head_octets_ += n;
      folded_ = folded_ || has_fold(octets.substr(used, n));
    }
    used += n;
    if (state_ == State::head && folded_) {
      fail(400, "http.framing", "a folded field (RFC 9112 section 5.2)");
    } else if (ec == http::error::header_limit ||
               (state_ == State::head && ec == http::error::need_more &&
                head_octets_ + (octets.size() - used) > head_limit_) ||
               (state_ == State::head && head_octets_ > head_limit_)) {
      fail(431, "http.head-limit", "limit " + std::to_string(head_limit_) + " octets");
    } else if (ec == http::error::need_more && octets.size() - used > chunk_header_limit &&
               state_ == State::body) {
      fail(400, "http.body", "chunk header or trailers over 4096 octets");
    } else if (ec == http::error::need_more) {
      break;
    } else if (ec == http::error::body_limit) {
      fail(413, "http.body-limit", {});
    } else if (ec == http::error::bad_version) {
      fail(505, "http.version", "HTTP/1.0 and HTTP/1.1 are spoken here");
    } else if (ec == http::error::bad_transfer_encoding || ec == http::error::bad_content_length ||
               ec == http::error::multiple_content_length) {
      fail(400, "http.framing", ec.message());
    } else if (ec) {
      fail(400, state_ == State::head ? "http.head" : "http.body", ec.message());
    } else if (state_ == State::head && beast.is_header_done()) {
      state_ = beast.is_done() ? State::done : State::body;
      check_head();
      break;
    } else if (beast.is_done()) {
      state_ = State::done;
    } else if (n == 0) {
      break;
    }
  }
  return used;
}

void RequestReader::check_head() {
  const auto& fields = parser_->beast->get();
  const auto coding = fields.equal_range(http::field::transfer_encoding);
  const auto length = fields.equal_range(http::field::content_length);
  const auto host = fields.equal_range(http::field::host);
  const auto codings = std::distance(coding.first, coding.second);
  const auto lengths = std::distance(length.first, length.second);
  if (codings > 0 && (codings > 1 || lengths > 0 || fields.version() < 11 ||
                      !equal_case_blind(view(coding.first->value()), "chunked"))) {
    return fail(400, "http.framing", "only one Transfer-Encoding: chunked, without Content-Length");
  }
  if (lengths > 1 || (lengths == 1 && view(length.first->value()).find(',') != std::string::npos)) {
    return fail(400, "http.framing", "more than one Content-Length");
  }
  const auto hosts = std::distance(host.first, host.second);
  if (hosts > 1 || (hosts == 0 && fields.version() >= 11) ||
      (hosts == 1 && !host_of(view(host.first->value())))) {
    return fail(400, "http.host", "exactly one valid Host is needed (RFC 9112 section 3.2)");
  }
  const auto expect = fields.find(http::field::expect);
  if (expect != fields.end() && !equal_case_blind(view(expect->value()), "100-continue")) {
    return fail(417, "http.expect", {});
  }
}

void RequestReader::take_head(Request& request) const {
  const auto& head = parser_->beast->get();
  request.method = method_of(view(head.method_string()));
  request.headers.clear();
  for (const auto& field : head)
    request.headers.add(view(field.name_string()), view(field.value()));
  request.host = host_of(request.headers.find("host").value_or("")).value_or("");
}

std::string_view RequestReader::target() const { return view(parser_->beast->get().target()); }

std::optional<std::uint64_t> RequestReader::content_length() const {
  const auto length = parser_->beast->content_length();
  if (!length) return std::nullopt;
  return *length;
}

void RequestReader::limit_body(std::size_t octets) {
  const auto length = content_length();
  if (length && *length > octets) {
    return fail(413, "http.body-limit", "limit " + std::to_string(octets) + " octets");
  }
  parser_->beast->body_limit(octets);
}

bool RequestReader::expects_continue() const {
  const auto& head = parser_->beast->get();
  return head.version() >= 11 && head.find(http::field::expect) != head.end();
}

bool RequestReader::takes_chunks() const { return parser_->beast->get().version() >= 11; }

bool RequestReader::keep_alive() const { return parser_->beast->keep_alive(); }

std::string RequestReader::take_body() { return std::move(parser_->beast->get().body()); }

void RequestReader::fail(int status, std::string_view rule, std::string detail) {
  state_ = State::failed;
  status_ = status;
  error_ = ledger::Error{status == 413 ? ledger::Errc::too_large : ledger::Errc::invalid,
                         std::string(rule),
                         {},
                         std::move(detail)};
}

}  // namespace nguon::server
