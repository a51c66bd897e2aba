#include "ledger/base/json.hpp"

#include <utf8proc.h>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cstdlib>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

bool all_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

bool is_nfc(std::string_view text) {
  if (all_ascii(text)) return true;
  std::uint8_t* normal = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const std::uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &normal,
                                 static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_STABLE));
  const std::unique_ptr<std::uint8_t, decltype(&std::free)> owner(normal, &std::free);
  return size >= 0 &&
         text == std::string_view(reinterpret_cast<const char*>(normal),
                                  static_cast<std::size_t>(size));
}

// The callbacks Boost.JSON's SAX parser asks for; builds a value and remembers the keys of each open
// object so that a second one is seen.
class StrictHandler {
 public:
  static constexpr std::size_t max_object_size = 65536;
  static constexpr std::size_t max_array_size = 65536;
  static constexpr std::size_t max_key_size = 1 << 20;
  static constexpr std::size_t max_string_size = 1 << 24;

  explicit StrictHandler(const JsonLimits& limits) : limits_(limits) {}

  bool on_document_begin(json::error_code&) {
    stack_.reset();
    return true;
  }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code& code) {
    keys_.emplace_back();
    return descend(code);
  }
  bool on_object_end(std::size_t count, json::error_code&) {
    keys_.pop_back();
    --depth_;
    stack_.push_object(count);
    return true;
  }
  bool on_array_begin(json::error_code& code) { return descend(code); }
  bool on_array_end(std::size_t count, json::error_code&) {
    --depth_;
    stack_.push_array(count);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code& code) {
    text_.append(part.data(), part.size());
    if (!text_is_allowed(code)) return false;
    if (!keys_.back().insert(text_).second) return fail("json.duplicate-key", code);
    stack_.push_key(text_);
    text_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_string(json::string_view part, std::size_t, json::error_code& code) {
    text_.append(part.data(), part.size());
    if (!text_is_allowed(code)) return false;
    stack_.push_string(text_);
    text_.clear();
    return true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, json::error_code& code) {
    if (limits_.integers_only && (number > max_safe_integer || number < -max_safe_integer)) {
      return fail("json.number", code);
    }
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, json::string_view, json::error_code& code) {
    if (limits_.integers_only) return fail("json.number", code);  // only called beyond int64
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, json::string_view, json::error_code& code) {
    if (limits_.integers_only) return fail("json.number", code);
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool value, json::error_code&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(json::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

  json::value release() { return stack_.release(); }
  const char* broken_rule() const { return rule_; }

 private:
  bool fail(const char* rule, json::error_code& code) {
    rule_ = rule;
    code = json::error::syntax;
    return false;
  }
  bool descend(json::error_code& code) {
    return ++depth_ <= limits_.max_depth || fail("json.depth", code);
  }
  bool text_is_allowed(json::error_code& code) {
    return !limits_.nfc_only || is_nfc(text_) || fail("json.nfc", code);
  }

  const JsonLimits limits_;
  json::value_stack stack_;
  std::vector<std::unordered_set<std::string>> keys_;
  std::string text_;
  std::size_t depth_ = 0;
  const char* rule_ = nullptr;
};

}  // namespace

Result<json::value> parse_json(std::string_view text, const JsonLimits& limits) {
  json::parse_options options;
  options.max_depth = limits.max_depth + 1;  // the handler names the rule; this only bounds the parser
  json::basic_parser<StrictHandler> parser(options, limits);
  json::error_code code;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), code);
  if (!code && used < text.size()) code = json::error::extra_data;
  if (code) {
    const char* rule = parser.handler().broken_rule();
    return invalid(rule != nullptr ? rule : "json.syntax", {},
                   code.message() + " at byte " + std::to_string(used));
  }
  return parser.handler().release();
}

}  // namespace nguon::ledger
