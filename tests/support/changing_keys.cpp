#include "tests/support/changing_keys.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/log/checkpoint.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::tests {

namespace json = boost::json;
using namespace ledger;

namespace {

class HandSigner final : public LogSigner {
 public:
  HandSigner(PrivateKey key, const std::atomic<bool>& fail) : key_(std::move(key)), fail_(fail) {}
  const PublicKey& public_key() const override { return key_.public_key(); }
  Result<std::string> sign(std::string_view text) const override {
    if (fail_) return Error{Errc::unavailable, "signer.down", {}, {}};
    return key_.sign(text);
  }

 private:
  const PrivateKey key_;
  const std::atomic<bool>& fail_;
};

}  // namespace

std::shared_ptr<const LogSigner> HandStock::log_signer(const std::string& kid) const {
  const auto found = pems.find(kid);
  if (found == pems.end()) return nullptr;
  return std::make_shared<HandSigner>(*PrivateKey::from_pem(found->second), fail);
}

std::shared_ptr<const PrivateKey> HandStock::service_key(const std::string& kid) const {
  const auto found = pems.find(kid);
  if (found == pems.end()) return nullptr;
  return std::make_shared<PrivateKey>(*PrivateKey::from_pem(found->second));
}

ChangingKeys::ChangingKeys() {
  hold("log");
  hold("service");
  small.stock = stock;
  small.reopen();
}

void ChangingKeys::hold(std::string_view name) {
  const auto& key = small.people.key(name);
  stock->pems[key.kid()] = key.to_pem();
}

void ChangingKeys::drop(std::string_view name) { stock->pems.erase(small.people.key(name).kid()); }

KeyChange::Before ChangingKeys::before() {
  const auto proof = small.log->inclusion(0);
  return {proof->checkpoint, proof->path};
}

MadeEntry ChangingKeys::change(std::string_view by, const Added& in,
                               const std::vector<std::string>& out,
                               std::optional<KeyChange::Before> before) {
  const std::string org = small.people.genesis().sub;
  json::object data;
  for (const auto& [use, name] : in) {
    const auto& key = small.people.key(name);
    data[use_name(use)] = {
        {"jwk", json::parse(key.public_key().jwk())},
        {"proof", prove_possession(key, use, small.people.deployment_id(), org)}};
    if (use != KeyUse::log) continue;
    const auto said = before ? *before : this->before();
    json::array path;
    for (const auto& hash : said.path) path.emplace_back(base64url_encode(hash));
    data["before"] = {{"checkpoint", said.checkpoint}, {"path", std::move(path)}};
  }
  json::array retired;
  for (const auto& name : out) retired.emplace_back(small.people.key(name).kid());
  if (!retired.empty()) data["retire"] = std::move(retired);
  const auto head = decode<HeadRecord>(**small.log->state(state_key::head(org)));
  return small.people.make("log.keys/1")
      .by(by)
      .continues(org, head->head)
      .data(json::serialize(data))
      .sign();
}

}  // namespace nguon::tests
