#include "labels/template.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nguon::labels {
namespace {

constexpr std::size_t longest_layout = 16 * 1024;
constexpr std::size_t longest_words = 100;

struct Bounds {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
constexpr Bounds label_side{10'000, 300'000};
constexpr Bounds page_side{50'000, 500'000};
constexpr Bounds distance{0, 300'000};
constexpr Bounds extent{1, 300'000};

template <class T>
struct Named {
  std::string_view name;
  T meaning;
};

constexpr Named<bool> medium_names[] = {{"roll", false}, {"sheet", true}};  // is it a sheet?
constexpr Named<TextField> field_names[] = {
    {"product", TextField::product},     {"net", TextField::net},
    {"producer", TextField::producer},   {"lot", TextField::lot},
    {"harvested", TextField::harvested}, {"packed", TextField::packed},
    {"ocop", TextField::ocop},           {"storage", TextField::storage},
    {"count", TextField::count},         {"gtin", TextField::gtin},
    {"host", TextField::host},           {"sample", TextField::sample}};
constexpr Named<NumberPart> part_names[] = {{"all", NumberPart::all},
                                            {"first", NumberPart::first},
                                            {"second", NumberPart::second},
                                            {"last", NumberPart::last}};
constexpr Named<Align> align_names[] = {
    {"left", Align::left}, {"center", Align::center}, {"right", Align::right}};
constexpr Named<LinkKind> link_names[] = {{"serial", LinkKind::serial},
                                          {"product", LinkKind::product},
                                          {"tag", LinkKind::tag},
                                          {"carton", LinkKind::carton}};
constexpr Named<QrLevel> level_names[] = {
    {"L", QrLevel::l}, {"M", QrLevel::m}, {"Q", QrLevel::q}, {"H", QrLevel::h}};

/// Unwinds from the first thing that is wrong; caught in read_template.
struct Stop {
  TemplateFault fault;
};

[[noreturn]] void stop(const toml::node& node, std::string reason) {
  throw Stop{{static_cast<int>(node.source().begin.line), std::move(reason)}};
}

/// One table: every key is asked for, and what nobody asked for is unknown.
class TableReader {
 public:
  explicit TableReader(const toml::node& node) : node_(node), table_(node.as_table()) {
    if (table_ == nullptr) stop(node, "expected a table");
  }

  const toml::node* find(std::string_view key) {
    asked_.push_back(key);
    return table_->get(key);
  }
  const toml::node& get(std::string_view key) {
    const auto* const found = find(key);
    if (found == nullptr) stop(node_, std::string(key) + " is missing");
    return *found;
  }
  int number(std::string_view key, Bounds bounds) {
    const auto& found = get(key);
    const auto value = found.value_exact<std::int64_t>();
    if (!value) stop(found, std::string(key) + " wants a whole number");
    if (*value < bounds.least || *value > bounds.most) {
      stop(found, std::string(key) + " wants " + std::to_string(bounds.least) + ".." +
                      std::to_string(bounds.most));
    }
    return static_cast<int>(*value);
  }
  std::string words(std::string_view key) { return words_of(get(key), key); }
  bool flag(std::string_view key) {
    const auto* const found = find(key);
    if (found == nullptr) return false;
    const auto value = found->value_exact<bool>();
    if (!value) stop(*found, std::string(key) + " wants true or false");
    return *value;
  }
  template <class T, std::size_t N>
  T one_of(std::string_view key, const Named<T> (&names)[N]) {
    return named(get(key), key, names);
  }
  template <class T, std::size_t N>
  std::vector<T> some_of(std::string_view key, const Named<T> (&names)[N]) {
    std::vector<T> out;
    for (const auto& item : list(key, 1, N)) {
      const T value = named(item, key, names);
      if (std::find(out.begin(), out.end(), value) != out.end()) {
        stop(item, std::string(key) + " holds this twice");
      }
      out.push_back(value);
    }
    return out;
  }
  /// least..most items; an absent list is an empty one.
  const toml::array& list(std::string_view key, std::size_t least, std::size_t most) {
    static const toml::array none;
    const auto* const found = find(key);
    if (found == nullptr && least == 0) return none;
    if (found == nullptr) stop(node_, std::string(key) + " is missing");
    const auto* const array = found->as_array();
    if (array == nullptr) stop(*found, std::string(key) + " wants a list");
    if (array->size() < least || array->size() > most) {
      stop(*found, std::string(key) + " wants " + std::to_string(least) + ".." +
                       std::to_string(most) + " items");
    }
    return *array;
  }
  Room room() {
    Room out;
    out.x = number("x", distance);
    out.y = number("y", distance);
    out.width = number("width", extent);
    out.height = number("height", extent);
    return out;
  }
  Align align() {
    const auto* const found = find("align");
    return found == nullptr ? Align::left : named(*found, "align", align_names);
  }
  void finish() const {
    for (const auto& [key, value] : *table_) {
      if (std::find(asked_.begin(), asked_.end(), key.str()) == asked_.end()) {
        stop(value, "no such key: " + std::string(key.str()));
      }
    }
  }

  static std::string words_of(const toml::node& node, std::string_view key) {
    const auto value = node.value_exact<std::string>();
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 127; };
    if (!value || value->empty() || value->size() > longest_words ||
        std::any_of(value->begin(), value->end(), is_control)) {
      stop(node, std::string(key) + " wants words");
    }
    return *value;
  }

 private:
  template <class T, std::size_t N>
  static T named(const toml::node& node, std::string_view key, const Named<T> (&names)[N]) {
    if (const auto value = node.value_exact<std::string>()) {
      for (const auto& [name, meaning] : names) {
        if (name == *value) return meaning;
      }
    }
    stop(node, std::string(key) + " wants one of its names");
  }

  const toml::node& node_;
  const toml::table* table_;
  std::vector<std::string_view> asked_;
};

std::string read_name(TableReader& reader) {
  std::string name = reader.words("name");
  const auto belongs = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (name.size() > 32 || !std::all_of(name.begin(), name.end(), belongs)) {
    stop(reader.get("name"), "name wants 1..32 of a-z, 0-9 and -");
  }
  return name;
}

void read_medium(const toml::node& node, Template& out) {
  TableReader reader(node);
  const bool is_sheet = reader.one_of("kind", medium_names);
  out.width = reader.number("width", label_side);
  out.height = reader.number("height", label_side);
  out.safe = reader.number("safe", {0, 10'000});
  if (is_sheet) {
    Sheet sheet;
    sheet.page_width = reader.number("page_width", page_side);
    sheet.page_height = reader.number("page_height", page_side);
    sheet.rows = reader.number("rows", {1, 50});
    sheet.columns = reader.number("columns", {1, 50});
    sheet.left = reader.number("left", {0, 100'000});
    sheet.top = reader.number("top", {0, 100'000});
    sheet.pitch_x = reader.number("pitch_x", {out.width, 300'000});
    sheet.pitch_y = reader.number("pitch_y", {out.height, 300'000});
    if (sheet.left + (sheet.columns - 1) * sheet.pitch_x + out.width > sheet.page_width ||
        sheet.top + (sheet.rows - 1) * sheet.pitch_y + out.height > sheet.page_height) {
      stop(node, "the labels run over the page");
    }
    out.sheet = sheet;
  }
  reader.finish();
}

TemplateCode read_code(const toml::node& node) {
  TableReader reader(node);
  TemplateCode code;
  code.links = reader.some_of("links", link_names);
  code.levels = reader.some_of("levels", level_names);
  code.room.x = reader.number("x", distance);
  code.room.y = reader.number("y", distance);
  code.room.width = code.room.height = reader.number("size", extent);
  reader.finish();
  return code;
}

TemplateNumber read_number(const toml::node& node) {
  TableReader reader(node);
  TemplateNumber number;
  number.part = reader.one_of("part", part_names);
  number.room = reader.room();
  number.size = reader.number("size", {60, 800});
  number.align = reader.align();
  number.bold = reader.flag("bold");
  reader.finish();
  return number;
}

TemplateLine read_line(const toml::node& node) {
  TableReader reader(node);
  TemplateLine line;
  line.field = reader.one_of("field", field_names);
  if (reader.find("prefix") != nullptr) line.prefix = reader.words("prefix");
  line.size = reader.number("size", {60, 400});
  line.bold = reader.flag("bold");
  if (reader.find("lines") != nullptr) line.lines = reader.number("lines", {1, 6});
  reader.finish();
  return line;
}

TemplateBlock read_block(const toml::node& node) {
  TableReader reader(node);
  TemplateBlock block;
  block.room = reader.room();
  block.align = reader.align();
  for (const auto& line : reader.list("line", 1, 12)) block.lines.push_back(read_line(line));
  reader.finish();
  return block;
}

bool overlap(const Room& a, const Room& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/// Rooms in the order they are read, each inside the safe area and free of the earlier ones.
class Floor {
 public:
  explicit Floor(const Template& layout) : layout_(layout) {}
  void add(const Room& room, const toml::node& node) {
    const int safe = layout_.safe;
    if (room.x < safe || room.y < safe || room.x + room.width > layout_.width - safe ||
        room.y + room.height > layout_.height - safe) {
      stop(node, "reaches out of the label's safe area");
    }
    for (const auto& other : taken_) {
      if (overlap(room, other)) stop(node, "overlaps what stands before it");
    }
    taken_.push_back(room);
  }

 private:
  const Template& layout_;
  std::vector<Room> taken_;
};

/// Halves are a serial's, the last digits an animal's.
void check_part(NumberPart part, const std::vector<LinkKind>& links, const toml::node& node) {
  for (const LinkKind kind : links) {
    const bool is_serial = kind == LinkKind::serial || kind == LinkKind::product;
    if ((part == NumberPart::last && kind != LinkKind::tag) ||
        ((part == NumberPart::first || part == NumberPart::second) && !is_serial)) {
      stop(node, "the numbers of these links have no such part");
    }
  }
}

Template read_root(const toml::table& root) {
  TableReader reader(root);
  Template out;
  out.name = read_name(reader);
  out.vi = reader.words("vi");
  out.en = reader.words("en");
  read_medium(reader.get("medium"), out);
  Floor floor(out);
  out.code = read_code(reader.get("code"));
  floor.add(out.code.room, reader.get("code"));
  if (const auto* const linear = reader.find("linear"); linear != nullptr) {
    TableReader inner(*linear);
    out.linear = inner.room();
    inner.finish();
    floor.add(*out.linear, *linear);
    if (out.code.links != std::vector{LinkKind::carton}) {
      stop(*linear, "bars hold an SSCC, so links wants [\"carton\"]");
    }
  }
  for (const auto& number : reader.list("number", 1, 4)) {
    out.numbers.push_back(read_number(number));
    floor.add(out.numbers.back().room, number);
    check_part(out.numbers.back().part, out.code.links, number);
  }
  for (const auto& block : reader.list("block", 0, 8)) {
    out.blocks.push_back(read_block(block));
    floor.add(out.blocks.back().room, block);
  }
  reader.finish();
  return out;
}

}  // namespace

std::string_view field_name(TextField field) {
  for (const auto& [name, meaning] : field_names) {
    if (meaning == field) return name;
  }
  return {};
}

void throw_exception_from_error(const TemplateFault& fault, const boost::source_location& where) {
  throw std::logic_error("value asked of a layout that is none (line " +
                         std::to_string(fault.line) + ": " + fault.reason + ") at " +
                         where.to_string());
}

boost::system::result<Template, TemplateFault> read_template(std::string_view toml) {
  if (toml.size() > longest_layout) return TemplateFault{1, "over 16 KiB"};
  try {
    return read_root(toml::parse(toml));
  } catch (const toml::parse_error& error) {
    return TemplateFault{static_cast<int>(error.source().begin.line),
                         std::string(error.description())};
  } catch (const Stop& stop) {
    return stop.fault;
  }
}

}  // namespace nguon::labels
