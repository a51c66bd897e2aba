#include "server/demo/story.hpp"

#include "ledger/keys/sha256.hpp"
#include "server/demo/fixed_signature.hpp"
#include "server/deployment/genesis.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_from.hpp>

#include <utility>

namespace nguon::server {

namespace json = boost::json;
using ledger::Outcome;

namespace {

// Keeps the ledger's queue short of full: a story must not crowd out people.
constexpr std::size_t most_outstanding = 2048;

std::string seed_text(std::uint64_t seed, std::string_view name) {
  return "nguon demo " + std::to_string(seed) + ' ' + std::string(name);
}

}  // namespace

Story::Story(ledger::Ledger& ledger, const schemas::Bundle& bundle, std::uint64_t seed,
             Progress progress)
    : ledger_(ledger),
      bundle_(bundle),
      seed_(seed),
      progress_(std::move(progress)),
      maker_(ledger.deployment_id(), ledger::seeded_entropy(seed_text(seed, "entropy"))) {}

// The ledger still holds callbacks to this object until all are answered.
Story::~Story() { static_cast<void>(settle()); }

std::string Story::start(const Hand& by, std::string_view type, std::string_view kind, Day when,
                         const json::object& data, const Circumstances& around) {
  ledger::Draft draft;
  draft.sub = kind;
  return tell(by, type, std::move(draft), when, data, around).sub;
}

std::string Story::follow(const Hand& by, std::string_view type, const std::string& sub, Day when,
                          const json::object& data, const Circumstances& around) {
  ledger::Draft draft;
  draft.sub = sub;
  draft.prev = head(sub);
  return tell(by, type, std::move(draft), when, data, around).id;
}

ledger::MadeEntry Story::tell(const Hand& by, std::string_view type, ledger::Draft draft, Day when,
                              const json::object& data, const Circumstances& around) {
  draft.iat = unix_seconds(when, around.hour, around.minute);
  for (const Consumed& input : around.from) {
    draft.from.push_back({input.sub, head(input.sub), input.amount, input.unit});
  }
  if (!around.on_behalf_of.empty()) draft.on_behalf_of = around.on_behalf_of;
  draft.data = data;
  const ledger::MadeEntry made = maker_.make(*by.key, *bundle_.find(type), draft).value();
  heads_[made.sub] = made.id;
  hand_over(made, type);
  if (progress_ && ++told_ % 64 == 0) progress_(told_);
  return made;
}

void Story::hand_over(const ledger::MadeEntry& made, std::string_view type) {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return outstanding_ < most_outstanding; });
    if (first_error_) return;
    ++outstanding_;
  }
  ledger_.submit(made.sd_jwt, made.id,
                 [this, type = std::string(type)](const Outcome& outcome) { note(outcome, type); });
}

void Story::note(const Outcome& outcome, const std::string& type) {
  const bool good =
      outcome.kind == Outcome::Kind::created || outcome.kind == Outcome::Kind::repeated;
  const std::lock_guard lock(mutex_);
  --outstanding_;
  if (!good && !first_error_) {
    first_error_ = outcome.error;
    first_error_->detail = type + ": " + first_error_->detail;
  }
  changed_.notify_all();
}

ledger::Result<void> Story::settle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return outstanding_ == 0; });
  if (first_error_) return *first_error_;
  return {};
}

Hand Story::enrol(const Hand& office, const std::string& name, const std::string& org,
                  const std::vector<std::string>& roles, Day when, std::string_view kind) {
  const std::string person =
      start(office, "member.add/1", "person", when, {{"org", org}, {"kind", kind}, {"name", name}});
  // A phone's key, as the name gives it.
  const std::string key_seed(ledger::sha256(seed_text(seed_, "key " + name)).view());
  devices_.push_back(ledger::PrivateKey::from_seed(ledger::Alg::es256, key_seed));
  const ledger::PrivateKey& device = devices_.back();
  const std::string proof = with_fixed_signature(
      enrolment_proof(device, ledger_.deployment_id(), person, org, "du-lieu-mau"), key_seed);
  follow(office, "key.add/1", person, when,
         {{"jwk", json::parse(device.public_key().jwk())},
          {"org", org},
          {"roles", json::value_from(roles)},
          {"proof", proof}});
  return {&device, person, org};
}

}  // namespace nguon::server
