#include "server/api/print_stream.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace nguon::server {

PrintStream::PrintStream(std::unique_ptr<PrintFile> file, std::string first, WorkerPool& pool,
                         std::shared_ptr<void> place)
    : file_(std::move(file)),
      first_(std::move(first)),
      pool_(pool),
      place_(std::move(place)) {}

void PrintStream::next(std::function<void(Piece)> give) {
  if (!first_.empty()) return give(std::exchange(first_, {}));
  auto task = [self = shared_from_this(), give] {
    auto piece = self->file_->next();
    if (piece) return give(*std::move(piece));
    spdlog::error("a print file was broken off: {}", piece.error().rule);
    give(std::nullopt);
  };
  if (!pool_.post(std::move(task))) give(std::nullopt);
}

}  // namespace nguon::server
