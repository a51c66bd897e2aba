#pragma once

#include "tests/labels/job.hpp"

#include <array>

namespace nguon::labels {

/// How an app puts a phone's picture before a decoder. ZXing tries several ways by itself; zbar takes
/// a picture as it is given, so whoever builds on it tries again:
/// - plain: as the camera gave it;
/// - sharpened: every pixel three times as far from the mean around it, against blur;
/// - doubled: twice as large, which suits its steps on small modules; or both.
enum class Look { plain, sharpened, doubled, both };
inline constexpr std::array looks{Look::plain, Look::sharpened, Look::doubled, Look::both};

Grey looked_at(const Grey& picture, Look look);

}  // namespace nguon::labels
