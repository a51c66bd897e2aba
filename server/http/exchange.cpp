#include "server/http/exchange.hpp"

#include "server/http/body_stream.hpp"
#include "server/http/response_head.hpp"
#include "server/http/target.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <exception>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::size_t first_input_octets = 4096;

ledger::Error internal_error() { return {ledger::Errc::corrupt, "http.internal", {}, {}}; }

/// The element a trusted proxy itself added: the last.
std::string_view last_of_list(std::string_view list) {
  const std::size_t comma = list.rfind(',');
  if (comma != std::string_view::npos) list.remove_prefix(comma + 1);
  while (list.starts_with(' ')) list.remove_prefix(1);
  while (list.ends_with(' ')) list.remove_suffix(1);
  return list;
}

/// The lowest `digits` of them; by hand, for every request has one.
void append_hex(std::string& to, std::uint64_t number, int digits) {
  while (digits-- > 0) to += "0123456789abcdef"[number >> (4 * digits) & 0xfU];
}

Response preflight(const Routing& routing) {
  Response response;
  response.status = 204;
  response.headers.emplace_back("Allow", routing.allow);
  if (routing.cors) {
    response.headers.emplace_back("Access-Control-Allow-Methods", routing.allow);
    response.headers.emplace_back("Access-Control-Allow-Headers", "Content-Type");
    response.headers.emplace_back("Access-Control-Max-Age", "86400");
  }
  return response;
}

}  // namespace

std::string_view DateText::now() {
  const std::time_t second = std::time(nullptr);
  if (second != second_) {
    std::tm utc{};
    gmtime_r(&second, &utc);
    size_ = std::strftime(text_, sizeof text_, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    second_ = second;
  }
  return {text_, size_};
}

Exchange::Exchange(Service& service, DateText& date, std::string peer, bool tls)
    : service_(service),
      date_(date),
      socket_peer_(std::move(peer)),
      socket_tls_(tls),
      reader_(service.limits.head_octets),
      input_(first_input_octets) {}

char* Exchange::space() {
  if (begin_ > 0) {
    std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  // Beast wants a whole line of the head in one piece; the reader refuses heads over the limit.
  if (end_ == input_.size()) input_.resize(input_.size() * 2);
  return input_.data() + end_;
}

Exchange::Step Exchange::advance() {
  using State = RequestReader::State;
  // A line end or two left over from the last request is not the start of one (RFC 9112 §2.2).
  if (in_head() && !head_seen_) {
    while (begin_ < end_ && (input_[begin_] == '\r' || input_[begin_] == '\n')) ++begin_;
  }
  if (begin_ < end_ && (reader_.state() == State::head || reader_.state() == State::body)) {
    head_seen_ = true;
    const bool was_head = reader_.state() == State::head;
    begin_ += reader_.feed({input_.data() + begin_, end_ - begin_});
    if (was_head && reader_.state() != State::head) {
      return head_done();
    }
  }
  switch (reader_.state()) {
    case State::failed:
      return refuse(reader_.status(), reader_.error());
    case State::done:
      return call();
    case State::head:
    case State::body:
      break;
  }
  return Step::read;
}

void Exchange::identify() {
  id_.clear();
  append_hex(id_, service_.id_prefix, 4);
  append_hex(id_, service_.next_id++, 8);
  request_.id = id_;
  request_.peer = socket_peer_;
  request_.tls = socket_tls_;
  started_ = std::chrono::steady_clock::now();
}

Exchange::Step Exchange::head_done() {
  identify();
  if (reader_.state() == RequestReader::State::failed) {
    return refuse(reader_.status(), reader_.error());
  }
  reader_.take_head(request_);
  method_ = request_.method;
  const auto& proxies = service_.trusted_proxies;
  if (std::find(proxies.begin(), proxies.end(), socket_peer_) != proxies.end()) {
    request_.peer = last_of_list(request_.headers.find("x-forwarded-for").value_or(socket_peer_));
    request_.tls = last_of_list(request_.headers.find("x-forwarded-proto").value_or("")) == "https";
  }
  const auto target = set_target(request_, reader_.target());
  if (!target) return refuse(400, target.error());
  if (service_.access_log) logged_path_ = loggable_path(request_);
  routing_ = service_.router.find(method_, request_.segments);
  if (routing_.status == 404) {
    return refuse(404, {ledger::Errc::not_found, "http.not-found", {}, {}});
  }
  if (routing_.status == 405) {
    return refuse(405, {ledger::Errc::invalid, "http.method", {}, "allowed: " + routing_.allow});
  }
  const bool bodyless = method_ == Method::get || method_ == Method::head || !routing_.route;
  reader_.limit_body(bodyless ? 0 : routing_.route->options.body_limit);
  if (reader_.state() == RequestReader::State::body && begin_ == end_ && !continue_sent_ &&
      reader_.expects_continue()) {
    continue_sent_ = true;
    return Step::send_continue;
  }
  return advance();
}

Exchange::Step Exchange::call() {
  request_.body = reader_.take_body();
  if (routing_.route == nullptr) {
    finish(preflight(routing_));
    return Step::respond;
  }
  const auto* handler = std::get_if<InlineHandler>(&routing_.route->handler);
  if (handler == nullptr) return Step::defer;
  try {
    finish((*handler)(request_, routing_.params));
  } catch (const std::exception& bug) {
    spdlog::error("request {}: {} threw: {}", id_, routing_.route->pattern, bug.what());
    return refuse(500, internal_error());
  }
  return Step::respond;
}

void Exchange::defer(Respond respond) {
  waiting_ = true;
  const auto& handler = std::get<DeferredHandler>(routing_.route->handler);
  try {
    handler(request_, routing_.params, std::move(respond));
  } catch (const std::exception& bug) {
    // The handler's Respond is gone, or goes with whoever holds it: that answers with a 500.
    spdlog::error("request {}: {} threw: {}", id_, routing_.route->pattern, bug.what());
  }
}

void Exchange::finish(Response response) {
  waiting_ = false;
  if (response.status == 500 && response.content_type.empty()) {
    response = service_.refuse(request_, 500, internal_error());
  }
  response_ = std::move(response);
  write_head();
}

Exchange::Step Exchange::refuse(int status, const ledger::Error& error) {
  if (id_.empty()) identify();
  finish(service_.refuse(request_, status, error));
  return Step::respond;
}

void Exchange::time_out() {
  keep_alive_ = false;
  if (waiting_) {
    Response late =
        service_.refuse(request_, 503, {ledger::Errc::unavailable, "http.answer-late", {}, {}});
    late.close = true;
    finish(std::move(late));
  } else {
    refuse(408, {ledger::Errc::invalid, "http.timeout", {}, {}});
  }
}

void Exchange::write_head() {
  // A request refused before its end leaves octets on the wire that are not a next request.
  keep_alive_ = reader_.state() == RequestReader::State::done && reader_.keep_alive() &&
                !response_.close && !service_.draining;
  send_body_ = method_ != Method::head && response_has_body(response_.status);
  chunks_ = response_.stream() && reader_.takes_chunks();
  // Without chunks only the end of the connection ends such a body.
  if (response_.stream() && !chunks_) keep_alive_ = false;
  if (routing_.status == 405) response_.headers.emplace_back("Allow", routing_.allow);
  // What reached no route is the same for everybody: a site that asks whether we resolve a name has to
  // be able to read "no", and "that is no name", too.
  const bool open_to_sites = routing_.cors || routing_.status == 404;
  append_response_head(head_, response_,
                       {date_.now(), keep_alive_, request_.tls, open_to_sites, &id_, chunks_});
  if (!stream()) log_access(body().size());
}

void Exchange::frame(std::string_view piece, std::string& out) {
  out.clear();
  if (chunks_) {
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, piece.size(), 16).ptr);
    out += "\r\n";
  }
  out += piece;
  if (chunks_) out += "\r\n";
  streamed_octets_ += piece.size();
}

void Exchange::end_stream() { log_access(streamed_octets_); }

void Exchange::log_access(std::size_t octets) const {
  if (!service_.access_log) return;
  service_.access_log({method_, logged_path_.empty() ? "-" : logged_path_, response_.status,
                       octets,
                       std::chrono::duration_cast<std::chrono::microseconds>(
                           std::chrono::steady_clock::now() - started_),
                       id_});
}

void Exchange::next() {
  reader_.restart();
  request_.headers.clear();
  for (std::string* text : {&request_.target, &request_.path, &request_.query, &request_.host,
                            &request_.body, &request_.id, &id_}) {
    text->clear();
  }
  request_.segments.clear();
  routing_ = Routing{};
  response_ = Response{};
  head_.clear();
  logged_path_.clear();
  method_ = Method::other;
  head_seen_ = continue_sent_ = waiting_ = chunks_ = false;
  streamed_octets_ = 0;
  // One long request must not keep its buffer for the connection's life.
  if (begin_ == end_ && input_.size() > 4 * first_input_octets) {
    input_ = std::vector<char>(first_input_octets);
    begin_ = end_ = 0;
  }
}

}  // namespace nguon::server
