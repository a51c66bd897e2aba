#pragma once

#include "tests/labels/job.hpp"

#include <array>
#include <random>
#include <string_view>

namespace nguon::labels {

/// What befalls a label between the printer and the phone.
enum class Wear { blur, noise, tilt, low_ink, curl };
inline constexpr std::array wears{Wear::blur, Wear::noise, Wear::tilt, Wear::low_ink, Wear::curl};

std::string_view wear_name(Wear wear);

/// A phone's picture, five pixels a module, of a symbol printed with so many dots a module; every
/// one is a little out of focus and grainy, and one thing is bad:
/// - blur: a Gaussian of 0.3 to 0.4 module;
/// - noise: grain of 14 of 255 shades;
/// - tilt: turned by up to 30°, the camera up to 35° off the vertical on both axes;
/// - low ink: the print as pale as 90 to 140 of 255 on paper of 235, one dot in thirty missing;
/// - curl: the symbol bent over 60° to 90° of a cylinder, upright or lying.
/// On the smallest modules, 0.5 mm, that is a phone of 4,000 pixels over 70° held 30 cm away: far, for
/// people come as near as 15 cm. Blur of 0.3 to 0.4 module makes a disc of some 0.6 to 0.8 mm (four
/// sigma) of a point: a lens of 2.4 mm opening whose focus is 7 to 10 cm off.
Grey worn(const Grey& print, int dots, Wear wear, std::mt19937& dice);

}  // namespace nguon::labels
