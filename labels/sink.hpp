#pragma once

#include <functional>
#include <string_view>

namespace nguon::labels {

/// Takes octets as they are made; false when it can take no more, and then nothing follows.
using Sink = std::function<bool(std::string_view)>;

}  // namespace nguon::labels
