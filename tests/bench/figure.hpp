#pragma once

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace nguon::bench {

/// One line of the table that tests/bench/run prints.
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::string ceiling;  ///< The measured ceiling in words, or "-".
  std::string target;   ///< In words, or "-" when none was set.
  bool met = true;      ///< Meaningless without a target.
  std::string ratio = "-";
};

/// Tab-separated, first field "figure": what tests/bench/run collects. Other lines are remarks.
inline void print(const Figure& figure) {
  std::printf("figure\t%s\t%.*f %s\t%s\t%s\t%s\t%s\n", figure.name.c_str(),
              figure.value < 100 ? 2 : 0, figure.value, figure.unit.c_str(), figure.ceiling.c_str(),
              figure.ratio.c_str(), figure.target.c_str(),
              figure.target == "-" ? "" : (figure.met ? "met" : "MISSED"));
  std::fflush(stdout);
}

/// The value below which `share` (0..1) of the values lie. `values` is not empty.
inline double quantile(std::vector<double> values, double share) {
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}
inline double median(const std::vector<double>& values) { return quantile(values, 0.5); }

inline std::string text_of(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

}  // namespace nguon::bench
