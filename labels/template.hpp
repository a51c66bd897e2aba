#pragma once

#include "labels/link.hpp"
#include "labels/qr.hpp"

#include <boost/system/result.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

// A layout as data: labels/FORMAT.md §7. Lengths in micrometres, sizes of type in tenths of a
// point.

struct Room {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const Room&) const = default;
};

enum class Align { left, center, right };

/// What the job says once for all its labels.
enum class TextField {
  product,
  net,
  producer,
  lot,
  harvested,
  packed,
  ocop,
  storage,
  count,
  gtin,
  host,
  sample,
};

/// As layouts write it: `harvested`.
std::string_view field_name(TextField field);

struct TemplateLine {
  TextField field = TextField::product;
  std::string prefix;
  int size = 0;
  bool bold = false;
  int lines = 1;
  bool operator==(const TemplateLine&) const = default;
};

/// Lines from the top down, the same on every label of a job.
struct TemplateBlock {
  Room room;
  Align align = Align::left;
  std::vector<TemplateLine> lines;
  bool operator==(const TemplateBlock&) const = default;
};

enum class NumberPart {
  all,     ///< `0PDN-ST6-BT16-Y0S`, `704 0000 1234 5678`, `(00)395212340000002001`
  first,   ///< a serial's first half, `0PDN-ST6`
  second,  ///< `BT16-Y0S`
  last,    ///< the last four digits
};

/// One line of what differs from label to label.
struct TemplateNumber {
  NumberPart part = NumberPart::all;
  Room room;
  int size = 0;
  Align align = Align::left;
  bool bold = false;
  bool operator==(const TemplateNumber&) const = default;
};

struct TemplateCode {
  std::vector<LinkKind> links;  ///< serial, product, tag, carton
  std::vector<QrLevel> levels;  ///< the first that fits is taken
  Room room;                    ///< a square, quiet zone included
  bool operator==(const TemplateCode&) const = default;
};

/// Many labels on one page.
struct Sheet {
  int page_width = 0;
  int page_height = 0;
  int rows = 0;
  int columns = 0;
  int left = 0;
  int top = 0;
  int pitch_x = 0;
  int pitch_y = 0;
  bool operator==(const Sheet&) const = default;
};

struct Template {
  std::string name;
  std::string vi;
  std::string en;
  int width = 0;  ///< of one label
  int height = 0;
  int safe = 0;                ///< nothing is printed this near the label's edge
  std::optional<Sheet> sheet;  ///< none: a roll, each label a page
  TemplateCode code;
  std::optional<Room> linear;  ///< GS1-128 with its quiet zones
  std::vector<TemplateNumber> numbers;
  std::vector<TemplateBlock> blocks;
  bool operator==(const Template&) const = default;
};

/// Where and why a file is no layout.
struct TemplateFault {
  int line = 0;  ///< from 1
  std::string reason;
};
[[noreturn]] void throw_exception_from_error(const TemplateFault& fault,
                                             const boost::source_location& where);

/// Reads a layout, strictly; any octets are safe.
boost::system::result<Template, TemplateFault> read_template(std::string_view toml);

/// Those built into the binary, in the order the office sees them.
std::span<const Template> templates();

/// None when no layout built in has this name.
const Template* find_template(std::string_view name);

}  // namespace nguon::labels
