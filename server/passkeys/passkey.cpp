#include "server/passkeys/passkey.hpp"

#include <limits>

namespace nguon::server {
namespace {

namespace json = boost::json;

/// Calls `visit` with each member and its name: the one list of them.
template <class Subject, class Visit>
void passkey_members(Subject& passkey, Visit&& visit) {
  visit("id", passkey.id);
  visit("kid", passkey.kid);
  visit("person", passkey.person);
  visit("jwk", passkey.jwk);
  visit("host", passkey.host);
  visit("name", passkey.name);
  visit("made", passkey.made);
  visit("used", passkey.used);
  visit("count", passkey.count);
  visit("portable", passkey.portable);
  visit("doubted", passkey.doubted);
}

bool take_member(const json::value& from, std::string& to) {
  if (from.is_string()) to = from.get_string();
  return from.is_string();
}

bool take_member(const json::value& from, bool& to) {
  if (from.is_bool()) to = from.get_bool();
  return from.is_bool();
}

bool take_member(const json::value& from, std::int64_t& to) {
  if (from.is_int64()) to = from.get_int64();
  return from.is_int64();
}

bool take_member(const json::value& from, std::uint32_t& to) {
  std::int64_t number = -1;
  if (!take_member(from, number) || number < 0 ||
      number > std::numeric_limits<std::uint32_t>::max()) {
    return false;
  }
  to = static_cast<std::uint32_t>(number);
  return true;
}

}  // namespace

json::object passkey_told(const Passkey& passkey) {
  json::object told{{"id", passkey.id},     {"kid", passkey.kid},   {"name", passkey.name},
                    {"host", passkey.host}, {"made", passkey.made}, {"doubted", passkey.doubted}};
  if (passkey.used != 0) told["used"] = passkey.used;
  return told;
}

json::object record_of(const Passkey& passkey) {
  json::object record;
  passkey_members(passkey, [&](const char* name, const auto& value) { record[name] = value; });
  return record;
}

std::optional<Passkey> passkey_of(const json::object& record) {
  Passkey passkey;
  bool whole = true;
  passkey_members(passkey, [&](const char* name, auto& value) {
    const auto* member = record.if_contains(name);
    whole = whole && member != nullptr && take_member(*member, value);
  });
  if (!whole) return std::nullopt;
  return passkey;
}

}  // namespace nguon::server
