#include "server/cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::uint64_t width = 30;

}  // namespace

Progress::Progress(std::string what, std::uint64_t total)
    : what_(std::move(what)), total_(total), shown_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::at(std::uint64_t done) {
  const auto now = std::chrono::steady_clock::now();
  if (!shown_ || now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  std::string bar;
  if (total_ > 0) {
    const auto filled = std::min(done, total_) * width / total_;
    bar = '[' + std::string(filled, '#') + std::string(width - filled, '.') + "] ";
  }
  std::fprintf(stderr, "\r\033[K%s %s%llu", what_.c_str(), bar.c_str(),
               static_cast<unsigned long long>(done));
  if (total_ > 0) std::fprintf(stderr, "/%llu", static_cast<unsigned long long>(total_));
  std::fflush(stderr);
}

}  // namespace nguon::server
