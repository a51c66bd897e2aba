#include "tests/labels/wear.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace nguon::labels {
namespace {

constexpr double pixels_a_module = 5;
constexpr double degree = std::numbers::pi / 180;

struct Spot {
  double x = 0;
  double y = 0;
};

double between(std::mt19937& dice, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(dice);
}

unsigned char shade(double value) {
  return static_cast<unsigned char>(std::lround(std::clamp(value, 0.0, 255.0)));
}

/// Mean of the four pixels around; white outside.
double sampled(const Grey& from, double x, double y) {
  const auto at = [&](int column, int row) {
    if (column < 0 || row < 0 || column >= from.width || row >= from.height) return 255.0;
    return static_cast<double>(from.pixels[static_cast<std::size_t>(row * from.width + column)]);
  };
  const int left = static_cast<int>(std::floor(x));
  const int top = static_cast<int>(std::floor(y));
  const double right = x - left;
  const double down = y - top;
  return (at(left, top) * (1 - right) + at(left + 1, top) * right) * (1 - down) +
         (at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right) * down;
}

Grey blurred(const Grey& from, double sigma) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  std::vector<double> weights;
  double sum = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(std::exp(-i * i / (2 * sigma * sigma)));
    sum += weights.back();
  }
  const auto along = [&](const Grey& in, int dx, int dy) {
    Grey out = in;
    for (int y = 0; y < in.height; ++y) {
      for (int x = 0; x < in.width; ++x) {
        double value = 0;
        for (int i = -reach; i <= reach; ++i) {
          const int column = std::clamp(x + i * dx, 0, in.width - 1);
          const int row = std::clamp(y + i * dy, 0, in.height - 1);
          value += weights[static_cast<std::size_t>(i + reach)] *
                   in.pixels[static_cast<std::size_t>(row * in.width + column)];
        }
        out.pixels[static_cast<std::size_t>(y * in.width + x)] = shade(value / sum);
      }
    }
    return out;
  };
  return along(along(from, 1, 0), 0, 1);
}

/// Where a point of the picture lies on the print, both in halves of its side from its middle.
using View = std::function<Spot(Spot)>;

View tilted(std::mt19937& dice) {
  const double turn = between(dice, -30, 30) * degree;
  const double lean = between(dice, -35, 35) * degree;
  const double nod = between(dice, -35, 35) * degree;
  constexpr double distance = 5;  // of the camera, in halves of the symbol's side
  // The print's own axes in space after turn, lean and nod.
  const auto in_space = [=](double x, double y) {
    const double u = x * std::cos(turn) - y * std::sin(turn);
    const double v = x * std::sin(turn) + y * std::cos(turn);
    const double depth = u * std::sin(lean);
    return std::array{u * std::cos(lean), v * std::cos(nod) - depth * std::sin(nod),
                      v * std::sin(nod) + depth * std::cos(nod)};
  };
  const auto across = in_space(1, 0);
  const auto down = in_space(0, 1);
  return [=](Spot at) {
    const double a = across[0] - at.x * across[2] / distance;
    const double b = down[0] - at.x * down[2] / distance;
    const double c = across[1] - at.y * across[2] / distance;
    const double d = down[1] - at.y * down[2] / distance;
    const double whole = a * d - b * c;
    return Spot{(at.x * d - b * at.y) / whole, (a * at.y - at.x * c) / whole};
  };
}

View curled(std::mt19937& dice) {
  const double half = between(dice, 30, 45) * degree;
  const bool upright = dice() % 2 == 0;
  const auto bend = [half](double at) {
    const double sine = at * std::sin(half);
    return std::abs(sine) >= 1 ? 9 : std::asin(sine) / half;
  };
  return [bend, upright](Spot at) {
    return upright ? Spot{bend(at.x), at.y} : Spot{at.x, bend(at.y)};
  };
}

Grey seen(const Grey& print, int dots, const View& view) {
  const double scale = pixels_a_module / dots;
  const double half = std::max(print.width, print.height) / 2.0;
  const int side = static_cast<int>(2 * half * scale * 1.3);
  Grey out{side, side, {}};
  out.pixels.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const Spot at = view({(x + 0.5 - side / 2.0) / (half * scale),
                            (y + 0.5 - side / 2.0) / (half * scale)});
      out.pixels.push_back(shade(sampled(print, print.width / 2.0 + at.x * half - 0.5,
                                         print.height / 2.0 + at.y * half - 0.5)));
    }
  }
  return out;
}

Grey faded(Grey print, std::mt19937& dice) {
  const double ink = between(dice, 90, 140);
  for (int y = 0; y < print.height; ++y) {
    for (int x = 0; x < print.width; ++x) {
      auto& dot = print.pixels[static_cast<std::size_t>(y * print.width + x)];
      if (dice() % 30 == 0) dot = 255;
      dot = shade(ink + (235 - ink) * dot / 255);
    }
  }
  return print;
}

void add_grain(Grey& picture, double grain, std::mt19937& dice) {
  std::normal_distribution<double> noise(0, grain);
  for (auto& pixel : picture.pixels) pixel = shade(pixel + noise(dice));
}

}  // namespace

std::string_view wear_name(Wear wear) {
  switch (wear) {
    case Wear::blur:
      return "blur";
    case Wear::noise:
      return "noise";
    case Wear::tilt:
      return "tilt";
    case Wear::low_ink:
      return "low ink";
    case Wear::curl:
      return "curl";
  }
  return {};
}

Grey worn(const Grey& print, int dots, Wear wear, std::mt19937& dice) {
  const Grey paper = wear == Wear::low_ink ? faded(print, dice) : print;
  View view = [](Spot at) { return at; };
  if (wear == Wear::tilt) view = tilted(dice);
  if (wear == Wear::curl) view = curled(dice);
  const double focus = wear == Wear::blur ? between(dice, 0.3, 0.4) : 0.2;
  Grey picture = blurred(seen(paper, dots, view), focus * pixels_a_module);
  add_grain(picture, wear == Wear::noise ? 14 : 5, dice);
  return picture;
}

}  // namespace nguon::labels
