#include "tests/support/small_ledger.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/entry/uuid7.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/tile.hpp"
#include "tests/support/files.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace nguon::tests {

namespace json = boost::json;
using namespace ledger;

namespace {

void insist(const Result<void>& result) {
  if (!result) throw std::logic_error(result.error().rule + " " + result.error().detail);
}

}  // namespace

SmallLedger::SmallLedger() {
  options.data_directory = directory.string();
  options.free_space_reserve = 0;
  options.on_fatal = [this](const Error& why) { fatal.push_back(why); };
  store = *open_rocks_store(directory / "db", {});
  anchor = *FileAnchor::open(directory / "anchor");
  auto made = keys();
  insist(Ledger::initialise(*store, *anchor, clock, made, options, people.genesis().jws,
                            people.bundle().text()));
  reopen();
  enrol("root", "registrar", "registrar", people.genesis().sub);
  coop = add(people.make("org.create/1")
                 .by("registrar")
                 .starts("org")
                 .data(R"({"name":"HTX mẫu","kind":"cooperative"})")
                 .sign())
             .sub;
  enrol("registrar", "director", "director", coop);
  enrol("director", "clerk", "clerk", coop);
  enrol("clerk", "member", "member", coop);
  site = add(people.make("site.add/1")
                 .by("clerk")
                 .starts("site")
                 .data(R"({"org":")" + coop +
                       R"(","kind":"plot","name":"Vườn 1","crop":"passion_fruit",
                 "commune":{"code":"04132","vintage":"2026-09-25"},
                 "area":{"amount":"1.5","unit":"ha"}})")
                 .sign())
             .sub;
  product = add(people.make("product.add/1")
                    .by("clerk")
                    .starts("product")
                    .data(R"({"org":")" + coop +
                          R"(","name":"Chanh leo mẫu","crop":"passion_fruit","stage":"fresh"})")
                    .sign())
                .sub;
}

SmallLedger::~SmallLedger() { close(); }

void SmallLedger::close() {
  log.reset();
  anchor.reset();
  store.reset();
}

Result<void> SmallLedger::try_open() {
  close();
  auto opened = open_rocks_store(directory / "db", {});
  if (!opened) return opened.error();
  store = std::move(*opened);
  auto anchored = FileAnchor::open(directory / "anchor");
  if (!anchored) return anchored.error();
  anchor = std::move(*anchored);
  auto running = Ledger::open(*store, *anchor, clock, keys(), options);
  if (!running) return running.error();
  log = std::move(*running);
  return {};
}

void SmallLedger::reopen() { insist(try_open()); }

LedgerKeys SmallLedger::keys() {
  if (stock) return {stock, std::string(32, 'v')};
  const auto copy = [&](std::string_view name) {
    return *PrivateKey::from_pem(people.key(name).to_pem());
  };
  return {hold_keys(copy("log"), copy("service")), std::string(32, 'v')};
}

Outcome SmallLedger::submit(const MadeEntry& made) {
  auto outcome = log->submit_and_wait(made.sd_jwt, made.id);
  if (outcome.kind == Outcome::Kind::created) heads_[made.sub] = made.id;
  return outcome;
}

MadeEntry SmallLedger::add(MadeEntry made) {
  const auto outcome = submit(made);
  if (outcome.kind != Outcome::Kind::created) {
    throw std::logic_error("not logged: " + outcome.error.rule + " " + outcome.error.field + " " +
                           outcome.error.detail);
  }
  return made;
}

MadeEntry SmallLedger::enrolment(std::string_view by, std::string_view name, std::string_view role,
                                 std::string_view org) {
  // The proof names the person, whose id follows from the jti: so the jti's octets are chosen
  // first.
  const std::string octets(sha256(std::string(by) + "/" + std::string(name)).view().substr(0, 10));
  const std::int64_t iat = 1'789'000'000;
  const auto& key = people.key(name);
  const std::string person = subject_id("person", people.deployment_id(), people.key(by).kid(),
                                        make_uuid7(iat * 1000, octets));
  const json::object promise{
      {"aud", people.deployment_id()}, {"person", person}, {"org", org}, {"code", "MA-1"}};
  Draft draft;
  draft.sub = "person";
  draft.iat = iat;
  draft.data = {{"jwk", json::parse(key.public_key().jwk())},
                {"org", org},
                {"roles", json::array{role}},
                {"proof", make_jws(key, enrolment_typ, json::serialize(promise))}};
  EntryMaker maker(people.deployment_id(),
                   [&octets](std::size_t count) { return octets.substr(0, count); });
  return maker.make(people.key(by), *people.bundle().find("key.add/1"), draft).value();
}

void SmallLedger::enrol(std::string_view by, std::string_view name, std::string_view role,
                        std::string_view org) {
  persons[std::string(name)] = add(enrolment(by, name, role, org)).sub;
}

MadeEntry SmallLedger::harvest(std::string_view amount, std::string_view by) {
  const json::object data{{"product", product},
                          {"site", site},
                          {"on", "2026-09-10"},
                          {"qty", {{"amount", amount}, {"unit", "kg"}}},
                          {"note", "hái buổi sáng"}};
  return people.make("batch.harvest/1").by(by).starts("batch").data(json::serialize(data)).sign();
}

MadeEntry SmallLedger::revocation(std::string_view name) {
  const auto& person = persons.find(name)->second;
  const json::object data{{"kid", people.key(name).kid()}, {"reason", "lost"}};
  return people.make("key.revoke/1")
      .by("registrar")
      .continues(person, heads_.at(person))
      .data(json::serialize(data))
      .sign();
}

void SmallLedger::mirror_to(const std::string& folder) {
  const auto size = log->head().size;
  write_file(folder + "/checkpoint", log->inclusion(0)->checkpoint);
  for (std::uint64_t first = 0; first < size; first += tile_width) {
    TilePath path{true, 0, first / tile_width,
                  static_cast<unsigned>(std::min<std::uint64_t>(tile_width, size - first))};
    write_file(folder + "/" + format_tile_path(path), *log->entry_bundle(path.number, path.width));
    path.entries = false;
    write_file(folder + "/" + format_tile_path(path), *log->tile(0, path.number, path.width));
  }
  const auto hash = hex_encode(sha256(people.bundle().text()).view());
  write_file(folder + "/rules/" + hash, **log->rules(hash));
}

}  // namespace nguon::tests
