#pragma once

#include "ledger/base/result.hpp"
#include "schemas/quantity.hpp"

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// Records to bytes and back (FORMAT.md "State"): one JSON object without spaces, members in
/// alphabetical order, absent optionals left out. The same record gives the same bytes for ever.
///
/// A record is a plain struct with
///   template <class Self, class Visit> static void members(Self& self, Visit&& visit);
/// which calls visit("name", self.name) once per member in alphabetical order.
namespace nguon::ledger {

/// A quantity in integer 10⁻⁶ of its dimension's base unit, 128 bits; balances may be negative.
using Amount = schemas::Micro;

namespace codec {

namespace json = boost::json;

template <class T>
concept Record = requires(T& record) {
  T::members(record, [](std::string_view, auto&) {});
};

inline json::value to_json(const std::string& value, const json::storage_ptr& memory = {}) {
  return json::value(json::string(value, memory));
}
inline json::value to_json(bool value, const json::storage_ptr& memory = {}) {
  return json::value(value, memory);
}
inline json::value to_json(std::int64_t value, const json::storage_ptr& memory = {}) {
  return json::value(value, memory);
}
inline json::value to_json(const Amount& value, const json::storage_ptr& memory = {}) {
  return to_json(schemas::print_integer(value.value()), memory);
}

template <Record T>
json::value to_json(const T& record, const json::storage_ptr& memory = {});

template <class T>
json::value to_json(const std::vector<T>& values, const json::storage_ptr& memory = {}) {
  json::array array(memory);
  array.reserve(values.size());
  for (const auto& value : values) array.push_back(to_json(value, memory));
  return array;
}

template <Record T>
json::value to_json(const T& record, const json::storage_ptr& memory) {
  json::object object(memory);
  T::members(record, [&]<class M>(std::string_view name, const M& member) {
    if constexpr (requires { member.has_value(); }) {
      if (member) object.emplace(name, to_json(*member, memory));
    } else {
      object.emplace(name, to_json(member, memory));
    }
  });
  return object;
}

inline bool from_json(const json::value& from, std::string& to) {
  if (!from.is_string()) return false;
  to.assign(from.get_string().data(), from.get_string().size());
  return true;
}
inline bool from_json(const json::value& from, bool& to) {
  if (!from.is_bool()) return false;
  to = from.get_bool();
  return true;
}
inline bool from_json(const json::value& from, std::int64_t& to) {
  if (!from.is_int64()) return false;
  to = from.get_int64();
  return true;
}
inline bool from_json(const json::value& from, Amount& to) {
  std::string text;
  if (!from_json(from, text)) return false;
  const auto amount = schemas::parse_integer(text);
  if (amount) to = Amount(*amount);
  return amount.has_value();
}

template <Record T>
bool from_json(const json::value& from, T& record);

template <class T>
bool from_json(const json::value& from, std::vector<T>& to) {
  if (!from.is_array()) return false;
  to.clear();
  to.reserve(from.get_array().size());
  for (const auto& value : from.get_array()) {
    if (!from_json(value, to.emplace_back())) return false;
  }
  return true;
}

template <Record T>
bool from_json(const json::value& from, T& record) {
  if (!from.is_object()) return false;
  const auto& object = from.get_object();
  bool good = true;
  T::members(record, [&]<class M>(std::string_view name, M& member) {
    const auto* value = object.if_contains(name);
    if constexpr (requires { member.has_value(); }) {
      member.reset();
      if (value != nullptr) good = from_json(*value, member.emplace()) && good;
    } else {
      good = value != nullptr && from_json(*value, member) && good;
    }
  });
  return good;
}

/// Where the tree of one record lives while it is written or read: most need no allocation.
struct Scratch {
  std::array<unsigned char, 4096> buffer;
  json::monotonic_resource memory{buffer.data(), buffer.size()};
};

}  // namespace codec

template <codec::Record T>
std::string encode(const T& record) {
  codec::Scratch scratch;
  return boost::json::serialize(codec::to_json(record, &scratch.memory));
}

/// Error `state.record` (Errc::corrupt) when the stored bytes are not such a record.
template <codec::Record T>
Result<T> decode(std::string_view bytes) {
  codec::Scratch scratch;
  boost::json::error_code code;
  const auto value = boost::json::parse(bytes, code, &scratch.memory);
  T record;
  if (code || !codec::from_json(value, record)) {
    return Error{Errc::corrupt, "state.record", {}, "a stored record does not parse"};
  }
  return record;
}

}  // namespace nguon::ledger
