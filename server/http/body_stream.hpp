#pragma once

#include <functional>
#include <optional>
#include <string>

namespace nguon::server {

/// A body that is made while it goes out: however long it is, one piece of it is in memory.
class BodyStream {
 public:
  /// Empty once the body is whole; absent when it cannot go on: the connection is then reset, so
  /// that half a body never passes as a whole one.
  using Piece = std::optional<std::string>;

  virtual ~BodyStream() = default;
  /// Begins to make the next piece, some 64 KiB, and gives it once, from any thread; later than
  /// Limits::answer it counts as absent. Runs on the loop's thread, so it must neither wait nor
  /// compute. Asked again only when that piece has gone out: a slow client holds up its own stream.
  /// When the client is gone the session lets go of the stream.
  virtual void next(std::function<void(Piece)> give) = 0;
};

}  // namespace nguon::server
