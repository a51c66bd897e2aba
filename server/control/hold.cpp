#include "server/control/hold.hpp"

#include "server/control/address.hpp"
#include "server/control/protocol.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace nguon::server {
namespace {

// Longer than the service lets erasures keep a backup waiting.
constexpr int hold_patience_seconds = 700;

ledger::Error hold_failed(const char* doing) {
  return {ledger::Errc::unavailable,
          "control.socket",
          {},
          std::string(doing) + ": " + std::strerror(errno)};
}

class ServedFiles final : public HeldFiles {
 public:
  explicit ServedFiles(int socket) : socket_(socket) {}
  const std::vector<ledger::FrozenFile>& files() const override { return files_; }

  ledger::Result<void> hold() {
    NGUON_TRY(const std::string answer, ask(ControlRequest::freeze));
    NGUON_TRY(files_, parse_frozen(answer));
    return {};
  }
  ledger::Result<void> release() override {
    NGUON_TRY(const std::string answer, ask(ControlRequest::release));
    return parse_released(answer);
  }

 private:
  ledger::Result<std::string> ask(ControlRequest request) {
    const std::string_view line = format_control_request(request);
    // A service that is busy says so and hangs up, maybe before it was asked: its answer waits
    // here.
    if (::send(socket_.value(), line.data(), line.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(line.size()) &&
        errno != EPIPE) {
      return hold_failed("asking the service");
    }
    std::string answer;
    std::array<char, 65'536> piece{};
    while (!is_whole_answer(answer)) {
      const ssize_t count = ::recv(socket_.value(), piece.data(), piece.size(), 0);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return hold_failed("waiting for the service");
      if (count == 0 || answer.size() > max_control_answer) {
        return ledger::Error{ledger::Errc::unavailable, "control.answer", {}, "it broke off"};
      }
      answer.append(piece.data(), static_cast<std::size_t>(count));
    }
    return answer;
  }

  const ledger::Descriptor socket_;
  std::vector<ledger::FrozenFile> files_;
};

}  // namespace

ledger::Result<std::unique_ptr<HeldFiles>> hold_served(const std::string& data) {
  const ControlAddress place(data);
  if (place.folder() < 0) return hold_failed("opening the data directory");
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return hold_failed("opening a socket");
  auto held = std::make_unique<ServedFiles>(socket);
  const auto& address = place.address();
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    // No socket, or one that a killed service left.
    if (errno == ENOENT || errno == ECONNREFUSED) return std::unique_ptr<HeldFiles>();
    return hold_failed("asking the service");
  }
  const timeval patience{hold_patience_seconds, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  NGUON_CHECK(held->hold());
  return std::unique_ptr<HeldFiles>(std::move(held));
}

}  // namespace nguon::server
