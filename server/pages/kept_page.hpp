#pragma once

#include "server/pages/layout.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace nguon::server {

/// Renders a page anew from what was known, dates judged by the context's clock, without the names
/// of persons and without what was made of private values: consent may be taken back, a value erased,
/// while nobody can ask the store. Thread-safe.
using RenderAgain = std::function<Page(const PageContext&)>;

/// A rendered page and what it was rendered from.
struct KeptPage {
  std::shared_ptr<const std::string> body;  ///< Shared with responses under way.
  std::shared_ptr<const std::string> gzip;  ///< The same, RFC 1952: made once, not per scan.
  int status = 200;
  RenderAgain again;             ///< What is shown while the store is down.
  std::uint64_t generation = 0;  ///< PageSources::generation it answers for.
  std::string day;               ///< Legal dates move at midnight in Vietnam.
  std::int64_t rendered_ms = 0;
};

}  // namespace nguon::server
