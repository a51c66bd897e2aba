#include "tests/support/people.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/keys/sha256.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace nguon::tests {
namespace {

namespace json = boost::json;
using ledger::Alg;

Alg alg_of(std::string_view name) {
  const bool is_service = name.starts_with("root") || name.starts_with("log") ||
                          name == "recovery" || name.starts_with("service");
  return is_service ? Alg::eddsa : Alg::es256;
}

std::string seed_for(std::string_view seed, std::string_view name) {
  return std::string(ledger::sha256(seed, "/", name).view());
}

}  // namespace

People::People(std::string_view seed, const schemas::Bundle& bundle)
    : seed_(seed), bundle_(bundle) {
  const auto jwk = [this](std::string_view name) {
    return json::parse(key(name).public_key().jwk());
  };
  ledger::Draft draft;
  draft.sub = "org";
  draft.iat = now_;
  draft.data = {
      {"name", "Nguồn – dữ liệu mẫu"},
      {"origin", "nguon.example/log/0"},
      {"operator", {{"name", "Liên minh HTX mẫu"}, {"kind", "alliance"}}},
      {"root", jwk("root")},
      {"log", jwk("log")},
      {"service", jwk("service")},
      {"recovery", {jwk("recovery")}},
      {"engine", 1},
      {"bundle", ledger::base64url_encode(ledger::sha256(bundle_.text()))},
  };
  ledger::EntryMaker first("", ledger::seeded_entropy(seed_ + "/genesis"));
  genesis_ = first.make(key("root"), *bundle_.find("genesis/1"), draft).value();
  maker_.emplace(genesis_.id, ledger::seeded_entropy(seed_ + "/entries"));
}

const ledger::PrivateKey& People::key(std::string_view name) {
  auto found = keys_.find(name);
  if (found == keys_.end()) {
    found = keys_
                .emplace(std::string(name),
                         ledger::PrivateKey::from_seed(alg_of(name), seed_for(seed_, name)))
                .first;
  }
  return found->second;
}

ledger::PrivateKey People::stranger(Alg alg) const {
  return ledger::PrivateKey::from_seed(alg, seed_for(seed_, "/stranger"));
}

ledger::KeyResolver People::resolver() const {
  return [this](std::string_view kid) -> ledger::Result<std::optional<ledger::PublicKey>> {
    for (const auto& [name, key] : keys_) {
      if (key.kid() == kid) return std::optional(key.public_key());
    }
    return std::optional<ledger::PublicKey>();
  };
}

Saying People::make(std::string_view type) { return {*this, type}; }

ledger::MadeEntry People::harvest(std::string_view amount) {
  json::object data = {{"product", some_subject("product")},
                       {"site", some_subject("site")},
                       {"on", "2026-09-10"},
                       {"qty", {{"amount", amount}, {"unit", "kg"}}},
                       {"note", "hái buổi sáng"}};
  return make("batch.harvest/1").starts("batch").data(json::serialize(data)).sign();
}

ledger::Admission People::admit(std::string_view body, std::string_view expected_id) const {
  const auto key_of = resolver();
  return ledger::admit(body, expected_id, {deployment_id(), bundle_, key_of});
}

Saying::Saying(People& people, std::string_view type)
    : people_(people), type_(*people.bundle().find(type)) {
  draft_.iat = people.now_ += 60;
}

Saying& Saying::by(std::string_view name) {
  name_ = name;
  return *this;
}

Saying& Saying::starts(std::string_view kind) {
  draft_.sub = kind;
  return *this;
}

Saying& Saying::continues(std::string_view sub, std::string_view prev) {
  draft_.sub = sub;
  draft_.prev = prev;
  return *this;
}

Saying& Saying::from(const ledger::MadeEntry& input, std::string_view amount,
                     std::string_view unit) {
  draft_.from.push_back({input.sub, input.id, std::string(amount), std::string(unit)});
  return *this;
}

Saying& Saying::on_behalf_of(std::string_view person) {
  draft_.on_behalf_of = person;
  return *this;
}

Saying& Saying::at(std::int64_t iat) {
  draft_.iat = iat;
  return *this;
}

Saying& Saying::seen(ledger::Seen seen) {
  draft_.seen = std::move(seen);
  return *this;
}

Saying& Saying::data(std::string_view json) {
  draft_.data = json::parse(json).as_object();
  return *this;
}

ledger::MadeEntry Saying::sign() {
  return people_.maker_->make(people_.key(name_), type_, draft_).value();
}

std::string some_subject(std::string_view kind, std::string_view seed) {
  return ledger::subject_id(kind, "some", kind, seed);
}

}  // namespace nguon::tests
