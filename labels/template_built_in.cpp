#include "labels/template.hpp"
#include "labels/templates.hpp"  // made of labels/templates/*.toml by labels/embed.cmake

namespace nguon::labels {

std::span<const Template> templates() {
  // Read once, by whoever asks first. One that is no layout throws: the tests read them all.
  static const std::vector<Template> read = [] {
    std::vector<Template> out;
    for (const auto toml : embedded_templates) out.push_back(read_template(toml).value());
    return out;
  }();
  return read;
}

const Template* find_template(std::string_view name) {
  for (const auto& layout : templates()) {
    if (layout.name == name) return &layout;
  }
  return nullptr;
}

}  // namespace nguon::labels
