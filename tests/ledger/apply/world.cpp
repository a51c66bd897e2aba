#include "tests/ledger/apply/world.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/keys/sha256.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace nguon::ledger {
namespace {

boost::json::object parse_data(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  return boost::json::parse(text).as_object();
}

std::string slot(char tag) {
  return "{'_sd':['" + base64url_encode(sha256(std::string(1, tag))) + "']}";
}

std::pair<std::string, std::string> split(const std::string& amount) {
  const auto space = amount.find(' ');
  return {amount.substr(0, space), amount.substr(space + 1)};
}

constexpr const char* date = "2026-10-05";

}  // namespace

World::World() {
  root = actor({});
  service = actor({});
  log_key = actor({});
  recovery = actor({});
  Entry genesis =
      entry(root, "genesis/1", "org",
            "{'name':'Du lieu mau','origin':'log.example/log/0','operator':{'name':'LM HTX "
            "mau','kind':'alliance'},'engine':1,'bundle':'" +
                base64url_encode(sha256("bundle")) + "','root':" + root.key->public_key().jwk() +
                ",'log':" + log_key.key->public_key().jwk() +
                ",'service':" + service.key->public_key().jwk() + ",'recovery':[" +
                recovery.key->public_key().jwk() + "]}");
  EXPECT_THAT(submit(genesis), Accepted());
  aud = genesis.id;
  operator_org = root.org = recovery.org = service.org = genesis.sub;
  registrar = enrol(root, operator_org, {"registrar"});
  coop = org("HTX mau");
  director = enrol(registrar, coop, {"director"});
  clerk = enrol(director, coop, {"clerk"});
  member = enrol(clerk, coop, {"member"});
  packer = enrol(clerk, coop, {"packer"});
  herdsman = enrol(clerk, coop, {"herdsman"});
  site =
      add(clerk, "site.add/1", "site",
          "{'org':'" + coop +
              "','kind':'plot','name':'Vuon 1','commune':{'code':'04132','vintage':'2026-09-25'},"
              "'area':{'amount':'1.5','unit':'ha'},'crop':'passion_fruit','household':" +
              slot('h') + ",'point':" + slot('p') + ",'boundary':" + slot('b') + "}");
  product =
      add(clerk, "product.add/1", "product",
          "{'org':'" + coop + "','name':'Chanh leo mau','crop':'passion_fruit','stage':'fresh'}");
}

std::string World::fresh(char tag) {
  return base64url_encode(sha256(std::string(1, tag) + std::to_string(++made_)));
}

Actor World::actor(const std::string& org_sub) {
  const auto seed = sha256("actor" + std::to_string(++made_));
  return {
      std::make_shared<PrivateKey>(PrivateKey::from_seed(Alg::eddsa, seed.view())), {}, org_sub};
}

Entry World::entry(const Actor& who, const std::string& type, const std::string& sub,
                   const std::string& data) {
  Entry made;
  made.id = fresh('e');
  made.kid = who.key->kid();
  made.alg = Alg::eddsa;
  made.aud = aud;
  made.jti = "jti-" + std::to_string(made_);
  made.type = type;
  made.iat = recorded / 1000;
  if (sub.find(':') == std::string::npos) {
    made.sub = subject_id(sub, aud, made.kid, made.jti);
  } else {
    made.sub = sub;
    if (const auto known = head(sub); !known.empty()) made.prev = known;
  }
  made.data = parse_data(data);
  return made;
}

Verdict World::submit(const Entry& entry) {
  const RuleSet rules{1, &schemas::Bundle::built_in()};
  recorded += 1000;
  auto verdict = apply(index, recorded, entry, state, rules);
  EXPECT_TRUE(verdict) << verdict.error().rule;
  if (verdict && verdict->kind == Verdict::Kind::accept) {
    state.take(verdict->changes);
    flags = verdict->flags;
    log.push_back(entry);
    times.push_back(recorded);
    ++index;
  }
  return *verdict;
}

Verdict World::try_add(const Actor& who, const std::string& type, const std::string& sub,
                       const std::string& data) {
  return submit(entry(who, type, sub, data));
}

std::string World::add(const Actor& who, const std::string& type, const std::string& sub,
                       const std::string& data) {
  const auto made = entry(who, type, sub, data);
  EXPECT_THAT(submit(made), Accepted()) << type;
  return made.sub;
}

Entry World::enrolment(const Actor& by, const Actor& whom, const std::vector<std::string>& roles,
                       const std::string& person) {
  std::string list;
  for (const auto& role : roles) list += (list.empty() ? "'" : ",'") + role + "'";
  Entry made = entry(by, "key.add/1", person,
                     "{'jwk':" + whom.key->public_key().jwk() + ",'org':'" + whom.org +
                         "','roles':[" + list + "],'proof':''}");
  made.data["proof"] = make_jws(*whom.key, enrolment_typ,
                                "{\"aud\":\"" + aud + "\",\"person\":\"" + made.sub +
                                    "\",\"org\":\"" + whom.org + "\",\"code\":\"MA-1\"}");
  return made;
}

Actor World::enrol(const Actor& by, const std::string& org_sub,
                   const std::vector<std::string>& roles) {
  Actor whom = actor(org_sub);
  const auto made = enrolment(by, whom, roles);
  EXPECT_THAT(submit(made), Accepted());
  whom.person = made.sub;
  return whom;
}

std::string World::org(const std::string& name, const std::string& kind) {
  return add(registrar, "org.create/1", "org", "{'name':'" + name + "','kind':'" + kind + "'}");
}

void World::revoke(const Actor& whose) {
  add(registrar, "key.revoke/1", whose.person,
      "{'kid':'" + whose.key->kid() + "','reason':'lost'}");
}

std::string World::qty(const std::string& amount) {
  const auto [number, unit] = split(amount);
  return "{'amount':'" + number + "','unit':'" + unit + "'}";
}

std::string World::harvest(const std::string& amount) {
  return add(member, "batch.harvest/1", "batch",
             "{'product':'" + product + "','site':'" + site + "','on':'" + date +
                 "','qty':" + qty(amount) + "}");
}

std::string World::receive(const std::string& amount, const std::string& lot) {
  return add(clerk, "batch.receive/1", lot,
             "{'product':'" + product + "','on':'" + date + "','qty':" + qty(amount) + "}");
}

Input World::input(const std::string& sub, const std::string& amount) const {
  const auto [number, unit] = split(amount);
  return {sub, head(sub), number, unit};
}

std::string World::transform(const std::string& from, const std::string& in,
                             const std::string& out) {
  auto made =
      entry(packer, "batch.transform/1", "batch",
            "{'product':'" + product + "','step':'sort','on':'2026-10-06','qty':" + qty(out) + "}");
  made.from.push_back(input(from, in));
  EXPECT_THAT(submit(made), Accepted());
  return made.sub;
}

std::string World::pack(const std::string& from, const std::string& in, const std::string& each,
                        int count) {
  auto made = entry(packer, "batch.pack/1", "batch",
                    "{'product':'" + product + "','on':'2026-10-07','lot':'CL-1','qty':" + qty(in) +
                        ",'pack':" + qty(each) + ",'count':" + std::to_string(count) + "}");
  made.from.push_back(input(from, in));
  EXPECT_THAT(submit(made), Accepted());
  return made.sub;
}

std::string World::range(int count) {
  const auto asked =
      entry(packer, "label.request/1", "request", "{'count':" + std::to_string(count) + "}");
  EXPECT_THAT(submit(asked), Accepted());
  const auto stored = state.values.find(state_key::epoch(1));
  const auto number =
      stored == state.values.end() ? 0 : record<EpochRecord>(stored->first).last + 1;
  return add(service, "label.range/1", "range",
             "{'org':'" + coop + "','request':'" + asked.id +
                 "','number':" + std::to_string(number) + ",'count':" + std::to_string(count) +
                 ",'epoch':1,'serial_root':'" + asked.id + "'}");
}

Verdict World::label(const std::string& range_sub, int first, int last, const std::string& batch,
                     const std::string& each, const std::string& approval) {
  return try_add(packer, "label.apply/1", range_sub,
                 "{'first':" + std::to_string(first) + ",'last':" + std::to_string(last) +
                     ",'batch':'" + batch + "','pack':" + qty(each) +
                     (approval.empty() ? "" : ",'approval':'" + approval + "'") + "}");
}

std::string World::head(const std::string& sub) const {
  const auto found = read_record<HeadRecord>(state, state_key::head(sub));
  return found && *found ? (*found)->head : std::string();
}

namespace {

testing::Matcher<const Verdict&> verdict(Verdict::Kind kind, const std::string& rule) {
  return testing::AllOf(testing::Field("kind", &Verdict::kind, kind),
                        testing::Field("rule", &Verdict::rule, rule));
}

}  // namespace

testing::Matcher<const Verdict&> Accepted() { return verdict(Verdict::Kind::accept, ""); }
testing::Matcher<const Verdict&> Refused(const std::string& rule) {
  return verdict(Verdict::Kind::refuse, rule);
}
testing::Matcher<const Verdict&> NotYet(const std::string& rule) {
  return verdict(Verdict::Kind::not_yet, rule);
}
testing::Matcher<const Verdict&> Stale(const std::string& head) {
  return testing::AllOf(verdict(Verdict::Kind::stale, "subject.stale"),
                        testing::Field("head", &Verdict::head, testing::Optional(head)));
}

}  // namespace nguon::ledger
