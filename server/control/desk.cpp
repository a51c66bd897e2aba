#include "server/control/desk.hpp"

#include "server/control/address.hpp"
#include "server/control/protocol.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

namespace nguon::server {
namespace {

using SteadyClock = std::chrono::steady_clock;
using ledger::Descriptor;

constexpr int look_again_ms = 20;
constexpr int answer_seconds = 10;

ledger::Error desk_failed(const std::string& doing) {
  return {ledger::Errc::unavailable, "control.socket", {}, doing + ": " + std::strerror(errno)};
}

/// Who asks, and what for.
struct Visitor {
  explicit Visitor(int descriptor) : socket(descriptor) {}

  const Descriptor socket;
  std::string said;
  bool waiting = false;  ///< Asked for files that are not held yet.
  std::unique_ptr<ledger::FrozenFiles> frozen;
  SteadyClock::time_point limit;
};

bool is_ours(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         (peer.uid == ::geteuid() || peer.uid == 0);
}

bool send_to_visitor(int socket, std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t count = ::send(socket, octets.data(), octets.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    octets.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

class ControlDesk::Impl {
 public:
  Impl(const std::string& data, Freeze freeze, ControlLimits limits)
      : place(data),
        listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)),
        stop(::eventfd(0, EFD_CLOEXEC)),
        freeze_(std::move(freeze)),
        limits_(limits) {}
  ~Impl() {
    if (!thread_.joinable()) return;
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto told = ::write(stop.value(), &one, sizeof one);
    thread_.join();
    ::unlinkat(place.folder(), control_name, 0);
  }

  ledger::Result<void> listen() {
    if (place.folder() < 0 || listener.value() < 0 || stop.value() < 0)
      return desk_failed("opening");
    ::unlinkat(place.folder(), control_name, 0);
    const auto& address = place.address();
    if (::bind(listener.value(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
        0) {
      return desk_failed("binding");
    }
    // Nobody can connect before listen(), so the mode is in force from the first moment.
    if (::fchmodat(place.folder(), control_name, 0600, 0) != 0 ||
        ::listen(listener.value(), 4) != 0) {
      return desk_failed("listening");
    }
    thread_ = std::thread([this] { run(); });
    return {};
  }

  const ControlAddress place;
  const Descriptor listener;
  const Descriptor stop;

 private:
  void run() {
    for (;;) {
      std::array<pollfd, 3> asked{{{stop.value(), POLLIN, 0},
                                   {listener.value(), POLLIN, 0},
                                   {visitor_ ? visitor_->socket.value() : -1, POLLIN, 0}}};
      const int patience = !visitor_ ? -1 : visitor_->waiting ? look_again_ms : 1000;
      if (::poll(asked.data(), asked.size(), patience) < 0 && errno != EINTR) return;
      if (asked[0].revents != 0) break;
      if (visitor_ && asked[2].revents != 0) hear();
      if (visitor_ && visitor_->waiting) try_freeze();
      if (visitor_ && SteadyClock::now() > visitor_->limit) visitor_.reset();
      if (asked[1].revents != 0) welcome();
    }
    visitor_.reset();
  }

  void welcome() {
    const int socket = ::accept4(listener.value(), nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    auto visitor = std::make_unique<Visitor>(socket);
    if (!is_ours(socket)) return;
    const timeval patience{answer_seconds, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (visitor_) {
      send_to_visitor(socket,
                      format_control_error({ledger::Errc::too_busy, "control.busy", {}, {}}));
      return;
    }
    visitor->limit = SteadyClock::now() + limits_.request;
    visitor_ = std::move(visitor);
  }

  void hear() {
    std::array<char, max_control_line> octets{};
    const ssize_t count =
        ::recv(visitor_->socket.value(), octets.data(), octets.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (count <= 0) return visitor_.reset();
    visitor_->said.append(octets.data(), static_cast<std::size_t>(count));
    const auto end = visitor_->said.find('\n');
    if (end == std::string::npos && visitor_->said.size() < max_control_line) return;
    const auto request = parse_control_request(std::string_view(visitor_->said).substr(0, end));
    // One request at a time: nobody of ours sends the next before the answer.
    if (!request || end + 1 != visitor_->said.size()) return visitor_.reset();
    visitor_->said.clear();
    const bool freezing = *request == ControlRequest::freeze;
    if (freezing == (visitor_->waiting || visitor_->frozen != nullptr)) return visitor_.reset();
    if (freezing) {
      visitor_->waiting = true;
      visitor_->limit = SteadyClock::now() + limits_.settle;
      return;
    }
    visitor_->frozen.reset();
    send_to_visitor(visitor_->socket.value(), released_answer);
    visitor_.reset();
  }

  void try_freeze() {
    auto frozen = freeze_();
    const bool again = !frozen && frozen.error().code == ledger::Errc::too_busy;
    if (again && SteadyClock::now() < visitor_->limit) return;
    if (!frozen) {
      send_to_visitor(visitor_->socket.value(), format_control_error(frozen.error()));
      return visitor_.reset();
    }
    visitor_->waiting = false;
    visitor_->frozen = std::move(*frozen);
    visitor_->limit = SteadyClock::now() + limits_.hold;
    if (!send_to_visitor(visitor_->socket.value(), format_frozen(visitor_->frozen->files()))) {
      visitor_.reset();
    }
  }

  const Freeze freeze_;
  const ControlLimits limits_;
  std::unique_ptr<Visitor> visitor_;  // The thread's own.
  std::thread thread_;
};

ControlDesk::ControlDesk(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ControlDesk::~ControlDesk() = default;

ledger::Result<std::unique_ptr<ControlDesk>> ControlDesk::open(const std::string& data,
                                                               Freeze freeze,
                                                               ControlLimits limits) {
  auto impl = std::make_unique<Impl>(data, std::move(freeze), limits);
  NGUON_CHECK(impl->listen());
  return std::unique_ptr<ControlDesk>(new ControlDesk(std::move(impl)));
}

}  // namespace nguon::server
