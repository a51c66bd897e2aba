#pragma once

#include "ledger/entry/maker.hpp"
#include "tests/support/people.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace nguon::tests {

/// A well-made entry taken apart, for those who want to break it and sign it again as its owner
/// would.
class Forge {
 public:
  Forge(const ledger::PrivateKey& key, const ledger::MadeEntry& made);

  boost::json::object payload;
  std::vector<std::string> disclosures;

  boost::json::object& data() { return payload["data"].as_object(); }
  /// Payload and disclosures as they now stand.
  std::string sign() const;
  /// Any octets as payload, with the disclosures as they now stand.
  std::string sign_text(std::string_view payload_text) const;
  /// `text` of the serialised payload replaced, which must occur: for what no JSON writer would
  /// write.
  std::string sign_replaced(std::string_view text, std::string_view by) const;
  /// A header of one's own with a signature that is right for it.
  std::string sign_header(std::string_view header) const;

 private:
  const ledger::PrivateKey& key_;
};

/// The member's next harvest, ready to be broken.
Forge a_harvest(People& people);

/// The JWS and disclosures of `sd_jwt` with the ES256 signature's s replaced by n − s.
std::string flip_s(std::string_view sd_jwt);

}  // namespace nguon::tests
