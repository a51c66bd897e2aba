#include "tests/bench/deployment.hpp"

#include "ledger/entry/jws.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/entry/uuid7.hpp"
#include "ledger/keys/sha256.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace nguon::bench {
namespace {

namespace json = boost::json;
using ledger::Alg;
using ledger::PrivateKey;

PrivateKey same_key(const PrivateKey& key) { return PrivateKey::from_pem(key.to_pem()).value(); }

/// An enrolment as the office and the new phone make it together: the proof names the person, whose
/// id follows from the entry's own jti, which the maker draws first.
ledger::MadeEntry enrolment(const std::string& aud, const schemas::TypeSchema& type,
                            const PrivateKey& by, const PrivateKey& whom, const std::string& org,
                            std::string_view role) {
  ledger::Draft draft;
  draft.sub = "person";
  draft.iat = 1'789'900'000;
  const std::string seed = "enrol/" + whom.kid();
  const std::string jti = ledger::make_uuid7(draft.iat * 1000, ledger::seeded_entropy(seed)(10));
  const json::object proof = {{"aud", aud},
                              {"person", ledger::subject_id("person", aud, by.kid(), jti)},
                              {"org", org},
                              {"code", "MAU-0001"}};
  draft.data = {{"jwk", json::parse(whom.public_key().jwk())},
                {"org", org},
                {"roles", {role}},
                {"proof", make_jws(whom, ledger::enrolment_typ, json::serialize(proof))}};
  return ledger::EntryMaker(aud, ledger::seeded_entropy(seed)).make(by, type, draft).value();
}

}  // namespace

Deployment::Deployment(std::uint64_t memory, const std::string& kept)
    : directory_(kept.empty() ? temporary_.string() : kept), memory_(memory), people_("bench") {
  if (!std::filesystem::exists(directory_ / "db")) {
    // Index 0 in an empty store, then the ordinary start path.
    std::filesystem::create_directories(directory_);
    ledger::RocksOptions options;
    options.memory = memory_;
    const auto store = ledger::open_rocks_store(directory_ / "db", options).value();
    const auto anchor = ledger::FileAnchor::open(directory_ / "anchor").value();
    auto own = keys();
    ledger::Ledger::initialise(*store, *anchor, clock_, own, {}, people_.genesis().jws,
                               people_.bundle().text())
        .value();
  }
  open();
  const std::string alliance = people_.genesis().sub;
  enrol(people_, "root", people_.key("registrar"), alliance, "registrar");
  const std::string coop = add(people_.make("org.create/1")
                                   .by("registrar")
                                   .starts("org")
                                   .data(R"({"name":"HTX mẫu","kind":"cooperative"})")
                                   .sign());
  enrol(people_, "registrar", people_.key("director"), coop, "director");
  enrol(people_, "director", people_.key("clerk"), coop, "clerk");
  site_ = add(people_.make("site.add/1")
                  .by("clerk")
                  .starts("site")
                  .data(R"({"org":")" + coop + R"(","kind":"plot","name":"Vườn mẫu",
                        "commune":{"code":"04132","vintage":"2026-09-25"},
                        "area":{"amount":"1.5","unit":"ha"},"crop":"passion_fruit"})")
                  .sign());
  product_ = add(people_.make("product.add/1")
                     .by("clerk")
                     .starts("product")
                     .data(R"({"org":")" + coop + R"(","name":"Chanh leo mẫu",
                           "crop":"passion_fruit","stage":"fresh"})")
                     .sign());
  for (int i = 0; i < 16; ++i) {
    PrivateKey key = same_key(people_.key("member " + std::to_string(i)));
    const std::string person = enrol(people_, "clerk", key, coop, "member");
    members_.push_back({std::move(key), person});
  }
}

void Deployment::open() {
  ledger::RocksOptions options;
  options.memory = memory_;
  store_ =
      std::make_unique<WatchedStore>(ledger::open_rocks_store(directory_ / "db", options).value());
  anchor_ = ledger::FileAnchor::open(directory_ / "anchor").value();
  ledger::LedgerOptions ledger_options;
  ledger_options.data_directory = directory_.string();
  ledger_ = ledger::Ledger::open(*store_, *anchor_, clock_, keys(), ledger_options).value();
}

void Deployment::close() {
  ledger_.reset();
  anchor_.reset();
  store_.reset();
}

double Deployment::restart() {
  close();
  const auto start = std::chrono::steady_clock::now();
  open();
  if (!ledger_->ready()) throw std::runtime_error("not ready after a restart");
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

ledger::LedgerKeys Deployment::keys() {
  return {ledger::hold_keys(same_key(people_.key("log")), same_key(people_.key("service"))),
          std::string(ledger::sha256("bench vault").view())};
}

std::string Deployment::add(const ledger::MadeEntry& made) {
  const auto outcome = ledger_->submit_and_wait(made.sd_jwt, made.id);
  // In a kept directory the same people say the same again, with other proofs by random signatures.
  if (outcome.kind != ledger::Outcome::Kind::created &&
      outcome.kind != ledger::Outcome::Kind::repeated && outcome.error.rule != "entry.jti-reused") {
    throw std::runtime_error("not logged: " + outcome.error.rule + " " + outcome.error.field);
  }
  return made.sub;
}

std::string Deployment::pack(const std::vector<ledger::MadeEntry>& harvests) {
  auto saying = people_.make("batch.pack/1");
  saying.by("clerk").starts("batch").data(
      R"({"product":")" + product_ + R"(","on":"2026-09-26","lot":"MAU-1",)" +
      R"("qty":{"amount":"600","unit":"kg"},"pack":{"amount":"1","unit":"kg"},"count":600})");
  for (const ledger::MadeEntry& harvest : harvests) saying.from(harvest, "60");
  return add(saying.sign());
}

std::string Deployment::enrol(tests::People& people, std::string_view by, const PrivateKey& whom,
                              const std::string& org, std::string_view role) {
  return add(enrolment(ledger_->deployment_id(), *people.bundle().find("key.add/1"), people.key(by),
                       whom, org, role));
}

HarvestMaker::HarvestMaker(const Deployment& deployment, const std::string& deployment_id,
                           std::string_view seed)
    : deployment_(deployment), maker_(deployment_id, ledger::seeded_entropy(seed)) {}

ledger::MadeEntry HarvestMaker::make() {
  const auto& member = deployment_.members()[turn_++ % deployment_.members().size()];
  ledger::Draft draft;
  draft.sub = "batch";
  draft.iat = now_++;
  draft.data = {{"product", deployment_.product()},
                {"site", deployment_.site()},
                {"on", "2026-09-25"},
                {"qty", {{"amount", "120.5"}, {"unit", "kg"}}},
                {"grade", "1"},
                {"note", "hái buổi sáng"}};
  return maker_.make(member.key, *schemas::Bundle::built_in().find("batch.harvest/1"), draft)
      .value();
}

std::vector<std::string> make_harvests(Deployment& deployment, std::string_view seed,
                                       std::size_t count) {
  std::vector<std::string> bodies(count);
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (std::size_t core = 0; core < cores; ++core) {
    threads.emplace_back([&, core] {
      HarvestMaker maker(deployment, deployment.ledger().deployment_id(),
                         std::string(seed) + "/" + std::to_string(core));
      for (std::size_t i = core; i < count; i += cores) bodies[i] = maker.make().sd_jwt;
    });
  }
  for (auto& thread : threads) thread.join();
  return bodies;
}

}  // namespace nguon::bench
