#include "ledger/entry/claims.hpp"

#include "ledger/base/ascii.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/entry/uuid7.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <array>

namespace nguon::ledger {
namespace {

namespace json = boost::json;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) -
                                  text.begin());
}

std::optional<std::string> text_member(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

bool is_entry_id(const std::optional<std::string>& text) {
  return text && base64url_hash(*text).has_value();
}

// A reader for one member: complains in the name of the claim, whether it is missing or malformed.
class ClaimReader {
 public:
  explicit ClaimReader(json::object& payload) : payload_(payload) {}

  Result<void> refuse_unknown() const {
    constexpr std::array<std::string_view, 10> known = {"aud",  "jti", "type", "sub", "prev",
                                                        "from", "iat", "seen", "for", "data"};
    for (const auto& member : payload_) {
      if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end()) {
        return invalid("entry.claim", {}, "a member that is no claim of an entry");
      }
    }
    return {};
  }
  bool has(std::string_view claim) const { return payload_.contains(claim); }

  template <class Holds>
  Result<std::string> text(std::string_view claim, const Holds& holds) const {
    auto found = text_member(payload_, claim);
    if (!found || !holds(*found)) return malformed(claim);
    return std::move(*found);
  }
  Result<std::int64_t> time(std::string_view claim) const {
    const auto* value = payload_.if_contains(claim);
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return malformed(claim);
    return value->get_int64();
  }
  Result<std::vector<Input>> inputs() const;
  Result<Seen> seen() const;
  Result<json::object> data() const {
    auto* value = payload_.if_contains("data");
    if (value == nullptr || !value->is_object()) return malformed("data");
    return std::move(value->get_object());
  }

 private:
  static Error malformed(std::string_view claim, std::string_view where = {}) {
    return invalid("entry." + std::string(claim), '/' + std::string(claim) + std::string(where),
                   "missing or malformed");
  }
  json::object& payload_;
};

Result<std::vector<Input>> ClaimReader::inputs() const {
  std::vector<Input> inputs;
  if (!has("from")) return inputs;
  const auto* items = payload_.at("from").if_array();
  if (items == nullptr || items->empty() || items->size() > max_inputs) return malformed("from");
  for (const auto& item : *items) {
    const std::string where = '/' + std::to_string(inputs.size());
    const auto* input = item.if_object();
    if (input == nullptr || input->size() != 3) return malformed("from", where);
    auto sub = text_member(*input, "sub");
    auto head = text_member(*input, "head");
    if (!sub || !is_subject(*sub)) return malformed("from", where + "/sub");
    if (!is_entry_id(head)) return malformed("from", where + "/head");
    const auto* qty = input->if_contains("qty");
    if (qty == nullptr || !qty->is_object() || qty->get_object().size() != 2) {
      return malformed("from", where + "/qty");
    }
    auto amount = text_member(qty->get_object(), "amount");
    auto unit = text_member(qty->get_object(), "unit");
    if (!amount || !is_amount(*amount)) return malformed("from", where + "/qty/amount");
    if (!unit || !is_unit(*unit)) return malformed("from", where + "/qty/unit");
    inputs.push_back({std::move(*sub), std::move(*head), std::move(*amount), std::move(*unit)});
  }
  return inputs;
}

Result<Seen> ClaimReader::seen() const {
  const auto* object = payload_.at("seen").if_object();
  if (object == nullptr || object->size() != 3) return malformed("seen");
  Seen seen;
  const auto origin = text_member(*object, "origin");
  // A note's origin is one line without the signature's plus sign or spaces (C2SP signed-note).
  if (!origin || origin->empty() || origin->size() > 255 ||
      !std::all_of(origin->begin(), origin->end(),
                   [](char c) { return c > ' ' && c < '\x7F' && c != '+'; })) {
    return malformed("seen", "/origin");
  }
  seen.origin = *origin;
  const auto* size = object->if_contains("size");
  if (size == nullptr || !size->is_int64() || size->get_int64() < 0)
    return malformed("seen", "/size");
  seen.size = static_cast<std::uint64_t>(size->get_int64());
  const auto root = base64url_hash(text_member(*object, "root").value_or(""));
  if (!root) return malformed("seen", "/root");
  seen.root = *root;
  return seen;
}

Result<void> read_claims(json::object& payload, Entry& entry) {
  const ClaimReader read(payload);
  const auto is_id = [](const std::string& text) { return base64url_hash(text).has_value(); };
  NGUON_CHECK(read.refuse_unknown());
  NGUON_TRY(entry.type, read.text("type", [](const auto& t) { return parse_type(t).has_value(); }));
  if (entry.type != genesis_type) {
    NGUON_TRY(entry.aud, read.text("aud", is_id));
  } else if (read.has("aud")) {
    return invalid("entry.aud", "/aud", "a genesis entry is addressed to no deployment");
  }
  NGUON_TRY(entry.jti, read.text("jti", [](const auto& t) { return parse_uuid7(t).has_value(); }));
  NGUON_TRY(entry.sub, read.text("sub", is_subject));
  if (read.has("prev")) {
    NGUON_TRY(entry.prev, read.text("prev", is_id));
  }
  NGUON_TRY(entry.from, read.inputs());
  NGUON_TRY(entry.iat, read.time("iat"));
  if (read.has("seen")) {
    NGUON_TRY(entry.seen, read.seen());
  }
  if (read.has("for")) {
    NGUON_TRY(entry.on_behalf_of, read.text("for", is_subject));
  }
  NGUON_TRY(entry.data, read.data());
  return {};
}

}  // namespace

Result<Claims> parse_claims(std::string_view text, const Jws& jws) {
  // The payload object is the level above `data`.
  NGUON_TRY(json::value parsed, parse_json(jws.payload, {.max_depth = max_data_depth + 1}));
  if (!parsed.is_object()) return invalid("entry.payload", {}, "expected a JSON object");
  Claims claims;
  NGUON_CHECK(read_claims(parsed.get_object(), claims.entry));
  const std::size_t limit =
      parse_type(claims.entry.type)->name == adopt_type_name ? max_adopt_jws_size : max_jws_size;
  if (text.size() > limit) {
    return Error{Errc::too_large,
                 "entry.too-large",
                 {},
                 "the JWS has more than " + std::to_string(limit) + " octets"};
  }
  NGUON_TRY(claims.slots, find_slots(claims.entry.data));
  claims.entry.jws = std::string(text);
  claims.entry.id = entry_id(jws.signing_input);
  claims.entry.kid = jws.kid;
  claims.entry.alg = jws.alg;
  return claims;
}

Result<Entry> check_grammar_and_signature(std::string_view text, const PublicKey& key) {
  NGUON_TRY(const Jws jws, parse_jws(text, entry_typ));
  NGUON_CHECK(verify_jws(jws, key));
  NGUON_TRY(Claims claims, parse_claims(text, jws));
  return std::move(claims.entry);
}

std::optional<TypeName> parse_type(std::string_view type) {
  const auto slash = type.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash > 48) return std::nullopt;
  const auto name = type.substr(0, slash);
  // Words of a–z joined by single dots or hyphens.
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool joint = name[i] == '.' || name[i] == '-';
    if (!joint && !is_lower(name[i])) return std::nullopt;
    if (joint && (i == 0 || i + 1 == name.size() || !is_lower(name[i + 1]))) return std::nullopt;
  }
  const auto digits = type.substr(slash + 1);
  if (digits.empty() || digits.size() > 3 || digits.front() == '0' ||
      count_digits(digits) != digits.size()) {
    return std::nullopt;
  }
  int major = 0;
  for (const char c : digits) major = major * 10 + (c - '0');
  return TypeName{name, major};
}

bool is_amount(std::string_view text) {
  const std::size_t whole = count_digits(text);
  if (whole == 0 || whole > 12 || (whole > 1 && text.front() == '0')) return false;
  if (whole == text.size()) return true;
  const auto fraction = text.substr(whole + 1);
  return text[whole] == '.' && !fraction.empty() && fraction.size() <= 6 &&
         count_digits(fraction) == fraction.size();
}

bool is_unit(std::string_view text) {
  return !text.empty() && text.size() <= 16 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_lower(c) || is_upper(c) || is_digit(c);
  });
}

}  // namespace nguon::ledger
