#include "tests/server/print/paper_printer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string_view>

namespace nguon::tests {
namespace {

constexpr int tick_ms = 10;

bool readable(int file) {
  pollfd wanted{file, POLLIN, 0};
  return ::poll(&wanted, 1, tick_ms) > 0;
}

}  // namespace

PaperPrinter::PaperPrinter() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&at), size) != 0 ||
      ::listen(listener_, 4) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) != 0) {
    throw std::runtime_error("no printer");
  }
  port_ = ntohs(at.sin_port);
  thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

PaperPrinter::~PaperPrinter() {
  thread_.request_stop();
  thread_.join();
  ::close(listener_);
}

void PaperPrinter::jam_at(std::size_t label, Jam jam) {
  const std::lock_guard held(mutex_);
  jam_label_ = label;
  jam_ = jam;
}

std::vector<std::string> PaperPrinter::paper() const {
  const std::lock_guard held(mutex_);
  return paper_;
}

bool PaperPrinter::jammed() const {
  const std::lock_guard held(mutex_);
  return jam_ != Jam::none && paper_.size() >= jam_label_;
}

void PaperPrinter::serve(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (!readable(listener_)) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    talk(client, stop);
    ::close(client);
  }
}

void PaperPrinter::talk(int client, const std::stop_token& stop) {
  std::string memory;
  while (!stop.stop_requested()) {
    if (!digest(client, memory)) {
      const std::unique_lock held(mutex_);
      if (jam_ == Jam::closes) return;
      if (jam_ == Jam::resets) {
        const linger abort{1, 0};
        ::setsockopt(client, SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
        return;
      }
    }
    {
      const std::unique_lock held(mutex_);
      if (jam_ == Jam::stops_reading && paper_.size() >= jam_label_) {
        // Whoever sends gives up and goes; a new connection is heard once it is mended.
        pollfd gone{client, POLLRDHUP, 0};
        mutex_.unlock();
        const bool left = ::poll(&gone, 1, tick_ms) > 0;
        mutex_.lock();
        if (left) return;
        continue;
      }
    }
    if (!readable(client)) continue;
    char block[4096];
    const ssize_t got = ::recv(client, block, sizeof block, 0);
    if (got <= 0) return;
    memory.append(block, static_cast<std::size_t>(got));
  }
}

bool PaperPrinter::digest(int client, std::string& memory) {
  for (;;) {
    const std::size_t from = memory.find_first_of("~^");
    if (from == std::string::npos) return true;
    memory.erase(0, from);
    if (memory.starts_with("~HS\r\n")) {
      const bool out = jammed();
      const std::string said = std::string(
                                   "\x02"
                                   "030,") +
                               (out ? "1" : "0") +
                               ",0,0240,000,0,0,0,000,0,0,0\x03\r\n"
                               "\x02"
                               "000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x02"
                               "1234,0\x03\r\n";
      if (::send(client, said.data(), said.size(), MSG_NOSIGNAL) < 0) return true;
      memory.erase(0, 5);
    } else if (memory.starts_with("~JA\r\n")) {
      memory.erase(0, 5);
    } else if (memory.starts_with("^XA")) {
      const std::size_t end = memory.find("^XZ");
      // A question overtakes what stands before it.
      const std::size_t question = memory.find("~HS\r\n");
      if (jammed() && question != std::string::npos && question > 0) {
        memory.erase(0, question);
        continue;
      }
      if (jammed()) return false;
      if (end == std::string::npos) return true;
      const std::string_view label = std::string_view(memory).substr(0, end);
      const std::size_t data = label.find("^FD");
      if (data != std::string_view::npos) {
        const std::lock_guard held(mutex_);
        paper_.emplace_back(label.substr(data + 3, label.find("^FS", data) - data - 3));
      }
      memory.erase(0, end + 3);
    } else {
      if (memory.size() < 5) return true;
      memory.erase(0, 1);
    }
  }
}

}  // namespace nguon::tests
