#include "tests/server/support/test_service.hpp"

#include "server/http/body_stream.hpp"

#include <stdexcept>
#include <utility>

namespace nguon::server {
namespace {

class TestStream final : public BodyStream {
 public:
  TestStream(TestService& service, std::shared_ptr<TestService::Streams> all, std::string what)
      : service_(service), all_(std::move(all)), what_(std::move(what)) {
    ++all_->alive;
  }
  TestStream(const TestStream&) = delete;
  TestStream& operator=(const TestStream&) = delete;
  ~TestStream() override { --all_->alive; }

  void next(std::function<void(Piece)> give) override {
    ++all_->pieces;
    const int number = made_++;
    if (what_ == "stuck" && number == 1) return;
    Piece piece = std::string(50'000, static_cast<char>('a' + number % 26));
    if (what_ == "whole" && number == 20) piece = "";
    if (what_ == "breaks" && number == 2) piece = std::nullopt;
    service_.later([give = std::move(give), piece = std::move(piece)] { give(piece); });
  }

 private:
  TestService& service_;
  const std::shared_ptr<TestService::Streams> all_;
  const std::string what_;
  int made_ = 0;
};

}  // namespace

TestService::TestService(ListenerOptions options)
    : worker_([this] { work(); }),
      router_({
          {Method::get,
           "/hello",
           InlineHandler(
               [](const Request&, const PathParams&) { return reply(200, "text/plain", "hello"); }),
           {.cors = true}},
          {Method::get,
           "/big",
           InlineHandler([big = std::make_shared<const std::string>(300'000, 'x')](
                             const Request&, const PathParams&) {
             Response response;
             response.content_type = "text/plain";
             response.body = big;
             return response;
           }),
           {}},
          {Method::get,
           "/peer",
           InlineHandler([](const Request& request, const PathParams&) {
             return reply(200, "text/plain", request.peer + (request.tls ? " tls" : " plain"));
           }),
           {}},
          {Method::get,
           "/throws",
           InlineHandler([](const Request&, const PathParams&) -> Response {
             throw std::runtime_error("a bug");
           }),
           {}},
          {Method::post,
           "/echo",
           InlineHandler([](const Request& request, const PathParams&) {
             return reply(200, "application/octet-stream", request.body);
           }),
           {.body_limit = 1000}},
          {Method::get,
           "/stream/{what}",
           InlineHandler([this](const Request&, const PathParams& params) {
             Response response;
             response.content_type = "text/plain";
             response.body =
                 std::make_shared<TestStream>(*this, streams_, std::string(params["what"]));
             return response;
           }),
           {}},
          {Method::put,
           "/later/{what}",
           DeferredHandler([this](Request& request, const PathParams& params, Respond respond) {
             const std::string what(params["what"]);
             const std::lock_guard lock(mutex_);
             if (what == "forget") return;
             if (what == "never") return held_.push_back(std::move(respond));
             const std::string text = what + " " + std::to_string(request.body.size());
             jobs_.push_back([respond, text, what] {
               respond(reply(200, "text/plain", text));
               if (what == "twice") respond(reply(200, "text/plain", "again"));
             });
             wake_.notify_one();
           }),
           {}},
      }) {
  options.access_log = [this](const AccessRecord& record) {
    const std::lock_guard lock(mutex_);
    log_.push_back(record);
  };
  const Problems problems([](std::string_view rule) {
    return Sentence{"vi: " + std::string(rule), "en: " + std::string(rule)};
  });
  auto opened = Listener::open(std::move(options), router_,
                               [problems](const Request&, int status, const ledger::Error& error) {
                                 return problems.response(status, error);
                               });
  if (!opened) throw std::runtime_error(opened.error().detail);
  listener_ = std::move(*opened);
}

TestService::~TestService() {
  listener_.reset();
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  worker_.join();
}

void TestService::later(std::function<void()> job) {
  {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void TestService::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    const auto job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job();
    lock.lock();
  }
}

void TestService::release() {
  std::vector<Respond> held;
  {
    const std::lock_guard lock(mutex_);
    held.swap(held_);
  }
  for (const Respond& respond : held) respond(reply(200, "text/plain", "released"));
}

std::size_t TestService::waiting() {
  const std::lock_guard lock(mutex_);
  return held_.size();
}

std::vector<AccessRecord> TestService::log() {
  const std::lock_guard lock(mutex_);
  return log_;
}

std::string request_text(std::string_view method, std::string_view target, std::string_view body,
                         std::string_view fields) {
  std::string text(method);
  text += " ";
  text += target;
  text += " HTTP/1.1\r\nHost: nguon.example\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  text += fields;
  text += "\r\n";
  text += body;
  return text;
}

}  // namespace nguon::server
