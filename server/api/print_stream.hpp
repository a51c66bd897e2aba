#pragma once

#include "server/api/worker_pool.hpp"
#include "server/http/body_stream.hpp"
#include "server/office/print_file.hpp"

#include <memory>
#include <string>

namespace nguon::server {

/// A print file as the body of a response, its pieces made on a pool of their own.
class PrintStream final : public BodyStream, public std::enable_shared_from_this<PrintStream> {
 public:
  /// `first`: what was already made of the file. `pool` outlives all sessions and has room for a
  /// task of every stream there may be; `place`, which counts them, goes with the stream.
  PrintStream(std::unique_ptr<PrintFile> file, std::string first, WorkerPool& pool,
              std::shared_ptr<void> place);

  void next(std::function<void(Piece)> give) override;

 private:
  const std::unique_ptr<PrintFile> file_;
  std::string first_;
  WorkerPool& pool_;
  const std::shared_ptr<void> place_;
};

}  // namespace nguon::server
