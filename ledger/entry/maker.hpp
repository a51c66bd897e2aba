#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/entropy.hpp"
#include "ledger/entry/entry.hpp"
#include "ledger/keys/key.hpp"
#include "schemas/type_schema.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nguon::ledger {

/// What somebody wants to say, before it is an entry.
struct Draft {
  /// The subject continued; or a bare kind ("batch") to start a new one, without `prev`.
  std::string sub;
  std::optional<std::string> prev;
  std::vector<Input> from;
  std::int64_t iat = 0;  ///< Unix seconds; the jti carries it too.
  std::optional<Seen> seen;
  std::optional<std::string> on_behalf_of;
  /// As the schema says, but with each private value in its place, plain; an absent optional one is
  /// left out. make() puts digests there.
  boost::json::object data;
};

/// A signed entry, ready to send.
struct MadeEntry {
  std::string sd_jwt;  ///< The submission's body.
  std::string jws;     ///< Its first part: what the log will hold.
  std::string id;
  std::string sub;
};

/// Builds and signs entries of one deployment. Not thread-safe (it draws from `entropy`).
class EntryMaker {
 public:
  /// `deployment_id` is empty only to make a genesis entry.
  EntryMaker(std::string deployment_id, Entropy entropy);

  /// Everything but the judgement: an entry the schema forbids is made as asked, and refused by
  /// admission. Errors: `draft.private` when the data already holds a slot.
  Result<MadeEntry> make(const PrivateKey& key, const schemas::TypeSchema& type,
                         const Draft& draft);

 private:
  std::string deployment_id_;
  Entropy entropy_;
};

}  // namespace nguon::ledger
