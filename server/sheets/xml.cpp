#include "server/sheets/xml.hpp"

#include <expat.h>

#include <algorithm>
#include <memory>
#include <type_traits>

namespace nguon::server {
namespace {

std::string_view local_name(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct XmlWalk {
  const XmlEvents& events;
  XML_Parser parser = nullptr;
  std::size_t depth = 0;
  const char* refused = nullptr;

  void refuse(const char* rule) {
    refused = rule;
    XML_StopParser(parser, XML_FALSE);
  }

  static void on_begin(void* self, const XML_Char* name, const XML_Char** pairs) {
    auto& walk = *static_cast<XmlWalk*>(self);
    if (++walk.depth > max_xml_depth) return walk.refuse("xml.depth");
    walk.events.begin(local_name(name), [pairs](std::string_view wanted) {
      for (const XML_Char** pair = pairs; *pair != nullptr; pair += 2) {
        if (local_name(pair[0]) == wanted) return std::string_view(pair[1]);
      }
      return std::string_view();
    });
  }
  static void on_end(void* self, const XML_Char* name) {
    auto& walk = *static_cast<XmlWalk*>(self);
    --walk.depth;
    walk.events.end(local_name(name));
  }
  static void on_text(void* self, const XML_Char* text, int size) {
    static_cast<XmlWalk*>(self)->events.text({text, static_cast<std::size_t>(size)});
  }
  static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<XmlWalk*>(self)->refuse("xml.doctype");
  }
};

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

ledger::Result<void> walk_xml(std::string_view document, const XmlEvents& events) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser(
      XML_ParserCreate(nullptr));
  XmlWalk walk{events, parser.get()};
  XML_SetUserData(parser.get(), &walk);
  XML_SetElementHandler(parser.get(), XmlWalk::on_begin, XmlWalk::on_end);
  XML_SetCharacterDataHandler(parser.get(), XmlWalk::on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), XmlWalk::on_doctype);
  // In pieces, for Expat counts in int.
  static constexpr std::size_t piece = 1 << 20;
  for (std::size_t at = 0;; at += piece) {
    const auto part = document.substr(std::min(at, document.size()), piece);
    const bool last = at + piece >= document.size();
    const auto status = XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()),
                                  last ? XML_TRUE : XML_FALSE);
    if (walk.refused != nullptr) return ledger::invalid(walk.refused);
    if (status != XML_STATUS_OK) return ledger::invalid("xml.syntax");
    if (last) return {};
  }
}

}  // namespace nguon::server
