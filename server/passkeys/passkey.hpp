#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace nguon::server {

/// A passkey that somebody has made for reading here.
struct Passkey {
  std::string id;         ///< The credential's, base64url.
  std::string kid;        ///< The key whose session it opens.
  std::string person;     ///< That key's.
  std::string jwk;        ///< What its signatures are checked with.
  std::string host;       ///< It answers there alone.
  std::string name;       ///< As its owner calls it. Personal.
  std::int64_t made = 0;  ///< Unix ms.
  std::int64_t used = 0;  ///< Unix ms, to the day at least; 0: never.
  std::uint32_t count = 0;
  bool portable = false;
  bool doubted = false;  ///< Its count went back, so there may be two of it: it opens nothing more.

  bool operator==(const Passkey&) const = default;
};

/// What its person is told of it.
boost::json::object passkey_told(const Passkey& passkey);
/// As it stands in the notebook.
boost::json::object record_of(const Passkey& passkey);
/// Absent where a member is missing or of another kind.
std::optional<Passkey> passkey_of(const boost::json::object& record);

}  // namespace nguon::server
