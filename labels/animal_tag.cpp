#include "labels/animal_tag.hpp"

#include "labels/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace nguon::labels {
namespace {

constexpr std::size_t tag_length = 15;
constexpr std::uint64_t largest_number = (std::uint64_t{1} << 38) - 1;  // ISO 11784: 38 bits
constexpr unsigned first_manufacturer = 900;
constexpr unsigned last_manufacturer = 998;

/// ISO 3166-1 numeric codes, ascending.
constexpr auto countries = std::to_array<std::uint16_t>({
    4,   8,   10,  12,  16,  20,  24,  28,  31,  32,  36,  40,  44,  48,  50,  51,  52,  56,
    60,  64,  68,  70,  72,  74,  76,  84,  86,  90,  92,  96,  100, 104, 108, 112, 116, 120,
    124, 132, 136, 140, 144, 148, 152, 156, 158, 162, 166, 170, 174, 175, 178, 180, 184, 188,
    191, 192, 196, 203, 204, 208, 212, 214, 218, 222, 226, 231, 232, 233, 234, 238, 239, 242,
    246, 248, 250, 254, 258, 260, 262, 266, 268, 270, 275, 276, 288, 292, 296, 300, 304, 308,
    312, 316, 320, 324, 328, 332, 334, 336, 340, 344, 348, 352, 356, 360, 364, 368, 372, 376,
    380, 384, 388, 392, 398, 400, 404, 408, 410, 414, 417, 418, 422, 426, 428, 430, 434, 438,
    440, 442, 446, 450, 454, 458, 462, 466, 470, 474, 478, 480, 484, 492, 496, 498, 499, 500,
    504, 508, 512, 516, 520, 524, 528, 531, 533, 534, 535, 540, 548, 554, 558, 562, 566, 570,
    574, 578, 580, 581, 583, 584, 585, 586, 591, 598, 600, 604, 608, 612, 616, 620, 624, 626,
    630, 634, 638, 642, 643, 646, 652, 654, 659, 660, 662, 663, 666, 670, 674, 678, 682, 686,
    688, 690, 694, 702, 703, 704, 705, 706, 710, 716, 724, 728, 729, 732, 740, 744, 748, 752,
    756, 760, 762, 764, 768, 772, 776, 780, 784, 788, 792, 795, 796, 798, 800, 804, 807, 818,
    826, 831, 832, 833, 834, 840, 850, 854, 858, 860, 862, 876, 882, 887, 894,
});

}  // namespace

Result<std::string> read_animal_tag(std::string_view typed) {
  std::string tag;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    if (!is_digit(c)) return Fault::bad_symbol;
    if (tag.size() == tag_length) return Fault::bad_length;
    tag += c;
  }
  if (tag.size() != tag_length) return Fault::bad_length;
  unsigned issuer = 0;
  std::uint64_t number = 0;
  std::from_chars(tag.data(), tag.data() + 3, issuer);
  std::from_chars(tag.data() + 3, tag.data() + tag_length, number);
  const bool known = (issuer >= first_manufacturer && issuer <= last_manufacturer) ||
                     std::binary_search(countries.begin(), countries.end(), issuer);
  if (!known || number > largest_number) return Fault::out_of_range;
  return tag;
}

std::string animal_tag_groups(std::string_view tag) {
  std::string shown;
  for (std::size_t i = 0; i < tag.size(); ++i) {
    if (i == 3 || i == 7 || i == 11) shown += ' ';
    shown += tag[i];
  }
  return shown;
}

}  // namespace nguon::labels
