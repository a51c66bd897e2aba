#include "server/print/printer_link.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace nguon::server {
namespace {

using Moment = std::chrono::steady_clock::time_point;

ledger::Error link_broken(const std::string& what) {
  return {ledger::Errc::unavailable, "print.link", {}, what};
}

/// True when the file became ready for `events` in time.
bool ready_within(int file, short events, Moment until) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd wanted{file, events, 0};
    const int ready = ::poll(&wanted, 1, static_cast<int>(std::max<long>(left.count(), 0)));
    if (ready > 0) return true;
    if (ready == 0) return false;
    if (errno != EINTR) return false;
  }
}

/// Zero when connected, else why not.
int connect_within(int file, const addrinfo& at, Moment until) {
  if (::connect(file, at.ai_addr, at.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS && errno != EINTR) return errno;
  if (!ready_within(file, POLLOUT, until)) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(file, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  return error;
}

}  // namespace

ledger::Result<std::unique_ptr<PrinterLink>> PrinterLink::open_device(const PrinterAddress& address,
                                                                      Time patience) {
  constexpr int flags = O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  int file = ::open(address.device.c_str(), O_RDWR | flags);
  // A printer that only listens: its device cannot be read.
  if (file < 0 && errno == EACCES) file = ::open(address.device.c_str(), O_WRONLY | flags);
  if (file < 0) return link_broken(show(address) + ": " + std::strerror(errno));
  return std::unique_ptr<PrinterLink>(new PrinterLink(file, patience));
}

ledger::Result<std::unique_ptr<PrinterLink>> PrinterLink::open(const PrinterAddress& address,
                                                               Time patience) {
  // A device that went away must be an error of write(), not the end of the process.
  static const auto ignored = std::signal(SIGPIPE, SIG_IGN);
  (void)ignored;
  if (!address.device.empty()) return open_device(address, patience);
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int looked =
      ::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &wanted, &found);
  if (looked != 0) return link_broken(show(address) + ": " + ::gai_strerror(looked));
  const std::unique_ptr<addrinfo, decltype([](addrinfo* list) { ::freeaddrinfo(list); })> list(
      found);
  int error = EHOSTUNREACH;
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    std::unique_ptr<PrinterLink> link(new PrinterLink(
        ::socket(at->ai_family, at->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, at->ai_protocol),
        patience));
    if (link->file_.value() < 0) {
      error = errno;
      continue;
    }
    error = connect_within(link->file_.value(), *at, std::chrono::steady_clock::now() + patience);
    if (error == 0) return link;
  }
  return link_broken(show(address) + ": " + std::strerror(error));
}

ledger::Result<void> PrinterLink::send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t taken = ::write(file_.value(), octets.data(), octets.size());
    if (taken > 0) {
      octets.remove_prefix(static_cast<std::size_t>(taken));
      continue;
    }
    if (taken < 0 && errno == EINTR) continue;
    if (taken < 0 && errno != EAGAIN) return link_broken(std::strerror(errno));
    if (!ready_within(file_.value(), POLLOUT, std::chrono::steady_clock::now() + patience_)) {
      return link_broken("the printer takes nothing more");
    }
  }
  return {};
}

ledger::Result<std::string> PrinterLink::receive_some(Moment until) {
  char block[512];
  for (;;) {
    const ssize_t got = ::read(file_.value(), block, sizeof block);
    if (got > 0) return std::string(block, static_cast<std::size_t>(got));
    if (got == 0) return link_broken("the printer has closed the connection");
    if (errno == EBADF) return std::string();  // a device that only listens
    if (errno != EINTR && errno != EAGAIN) return link_broken(std::strerror(errno));
    if (errno == EAGAIN && !ready_within(file_.value(), POLLIN, until)) return std::string();
  }
}

}  // namespace nguon::server
