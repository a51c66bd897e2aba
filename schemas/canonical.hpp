#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace nguon::schemas {

/// One text per value: members in ascending byte order of their keys, no spaces, strings as
/// Boost.JSON escapes them (only what RFC 8259 asks). Meant for values of strings, booleans and
/// integers; two equal values give equal octets on every machine.
std::string canonical_json(const boost::json::value& value);

}  // namespace nguon::schemas
