#include "tests/ledger/apply/town.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/subject.hpp"
#include "ledger/entry/uuid7.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/merkle.hpp"
#include "tests/ledger/apply/compose.hpp"

namespace nguon::ledger {
namespace {

constexpr auto on_day = "'on':'2026-10-05'";

std::string town_seed(int number) {
  return std::string(sha256("town" + std::to_string(number)).view());
}

}  // namespace

Town::Town() {
  above = world.org("Lien hiep mau", "union");
  sibling = world.org("HTX ben canh");
  stranger = world.org("Cong ty xa", "enterprise");
  for (const auto& [sub, name] : {std::pair{world.coop, "HTX mau"}, {sibling, "HTX ben canh"}}) {
    world.add(world.registrar, "org.update/1", sub,
              std::string("{'name':'") + name + "','kind':'cooperative','parent':'" + above + "'}");
  }
  world.add(world.clerk, "member.add/1", world.member.person,
            "{'org':'" + world.coop + "','kind':'member'}");
  late_member = former_key(world.member, "member");
  mean_animals();
  mean_batches();
  mean_labels();
  mean_master();
  mean_people();
}

Actor Town::somebody(const std::string& org, const std::string& role) {
  const auto seed = town_seed(++made_);
  Actor who{std::make_shared<PrivateKey>(PrivateKey::from_seed(Alg::eddsa, seed)), {}, org};
  who.person = subject_id("person", world.aud, who.key->kid(), "town");
  const auto id = base64url_encode(seed);
  CompactRange range;
  range.append(leaf_hash(seed));
  HeadRecord head{1, id, base64url_encode(range.serialise()), org, who.key->kid(), who.person};
  PersonRecord person;
  person.kids = {who.key->kid()};
  person.memberships = {{org, "member", {}, {}}};
  KeyRecord key{"EdDSA", who.key->public_key().jwk(), who.person, org, {role}, 1, {}};
  world.state.values[state_key::head(who.person)] = encode(head);
  world.state.values[state_key::subject(who.person)] = encode(person);
  world.state.values[state_key::key(who.key->kid())] = encode(key);
  return who;
}

Actor Town::former_key(const Actor& whose, const std::string& role) {
  Actor former{std::make_shared<PrivateKey>(PrivateKey::from_seed(Alg::eddsa, town_seed(++made_))),
               whose.person, whose.org};
  KeyRecord key{"EdDSA", former.key->public_key().jwk(), former.person, former.org, {role}, 1, 2};
  world.state.values[state_key::key(former.key->kid())] = encode(key);
  return former;
}

Verdict Town::judge(const Entry& entry) {
  const RuleSet rules{1, &schemas::Bundle::built_in()};
  const auto verdict = apply(world.index, world.recorded, entry, world.state, rules);
  EXPECT_TRUE(verdict) << verdict.error().rule;
  return *verdict;
}

Verdict Town::tries(const Actor& who, const std::string& type, const Meant& meant,
                    const std::string& acting_for) {
  auto entry = world.entry(who, type + "/1", meant.sub, meant.data);
  entry.from = meant.from;
  if (!acting_for.empty()) entry.on_behalf_of = acting_for;
  return judge(entry);
}

Verdict Town::adopts(const Actor& who, const Actor& maker, const std::string& acting_for) {
  auto inner = world.entry(maker, "batch.harvest/1", "batch", meant("batch.harvest").data);
  if (!acting_for.empty()) inner.on_behalf_of = acting_for;
  inner.jti = make_uuid7(1'790'000'000'000 + ++made_, "0123456789");
  inner.sub = subject_id("batch", inner.aud, inner.kid, inner.jti);
  auto outer = world.entry(who, "entry.adopt/1", inner.sub, "{}");
  outer.data["entry"] = compose(inner, *maker.key);
  return judge(outer);
}

Verdict Town::enrols(const Actor& who, const std::string& acting_for) {
  const Actor phone{
      std::make_shared<PrivateKey>(PrivateKey::from_seed(Alg::eddsa, town_seed(++made_))),
      {},
      world.coop};
  auto entry = world.enrolment(who, phone, {"member"});
  if (!acting_for.empty()) entry.on_behalf_of = acting_for;
  return judge(entry);
}

std::string Town::told(const Verdict& verdict) {
  switch (verdict.kind) {
    case Verdict::Kind::accept: {
      std::string text = "yes";
      for (const auto& flag : verdict.flags) {
        if (flag.starts_with("flag.org-")) text += " " + flag;
      }
      return text;
    }
    case Verdict::Kind::hold:
      return "held " + verdict.rule;
    case Verdict::Kind::not_yet:
      return "later " + verdict.rule;
    default:
      return verdict.rule;
  }
}

void Town::mean_animals() {
  const std::string cow =
      "{'site':'" + world.site + "','species':'cattle','breed':'yellow','sex':'female'," + on_day;
  const auto animal =
      world.add(world.herdsman, "animal.arrive/1", "animal", cow + ",'source':'bought'}");
  meant_["animal.arrive"] = {"animal", cow + ",'source':'bought'}", {}};
  meant_["animal.birth"] = {"animal", cow + "}", {}};
  meant_["animal.die"] = {
      animal, std::string("{") + on_day + ",'cause':'age','disposal':'buried'}", {}};
  meant_["animal.move"] = {
      animal, std::string("{") + on_day + ",'to':'" + world.site + "','reason':'housing'}", {}};
  meant_["animal.tag"] = {
      animal,
      std::string("{'scheme':'rfid','number':'952000000000001','reason':'first',") + on_day + "}",
      {}};
  meant_["animal.treat"] = {
      animal,
      std::string("{") + on_day + ",'name':'Thuoc mau','dose':" + World::qty("5 ml") + "}",
      {}};
  meant_["animal.vaccinate"] = {
      animal, std::string("{") + on_day + ",'disease':'anthrax','name':'Vac xin mau'}", {}};
  meant_["animal.weigh"] = {
      animal,
      std::string("{") + on_day + ",'weight':" + World::qty("300 kg") + ",'method':'scale'}",
      {}};
}

void Town::mean_batches() {
  const auto goods =
      "{'product':'" + world.product + "'," + on_day + ",'qty':" + World::qty("1 kg");
  const auto batch = world.harvest("50 kg");
  meant_["batch.harvest"] = {"batch", goods + ",'site':'" + world.site + "'}", {}};
  meant_["batch.deliver"] = {"batch", goods + "}", {}};
  meant_["batch.receive"] = {world.receive("10 kg"), goods + "}", {}};
  meant_["batch.transform"] = {"batch", goods + ",'step':'sort'}", {world.input(batch, "1 kg")}};
  meant_["batch.pack"] = {"batch",
                          goods + ",'lot':'CL-1','pack':" + World::qty("1 kg") + ",'count':1}",
                          {world.input(batch, "1 kg")}};
  meant_["batch.correct"] = {
      batch,
      "{'target':'" + world.head(batch) + "','pointer':'/grade','value':'2','reason':'typing'}",
      {}};
  meant_["batch.recall"] = {batch,
                            std::string("{") + on_day +
                                ",'reason':'precaution','action':'return','notice':{'vi':'Thu "
                                "hoi','en':'Recall'}}",
                            {}};
  meant_["input.apply"] = {"input",
                           "{'site':'" + world.site + "','kind':'fertiliser','name':'Phan mau'," +
                               on_day + ",'amount':" + World::qty("5 kg") + "}",
                           {}};
}

void Town::mean_labels() {
  const auto batch = world.harvest("10 kg");
  const auto range = world.range(10);
  const auto asked = world.entry(world.packer, "label.request/1", "request", "{'count':10}");
  EXPECT_THAT(world.submit(asked), Accepted());
  meant_["label.request"] = {"request", "{'count':10}", {}};
  meant_["label.range"] = {"range",
                           "{'org':'" + world.coop + "','request':'" + asked.id +
                               "','number':1,'count':10,'epoch':1,'serial_root':'" + asked.id +
                               "'}",
                           {}};
  meant_["label.apply"] = {
      range, "{'first':0,'last':1,'batch':'" + batch + "','pack':" + World::qty("1 kg") + "}", {}};
  meant_["label.void"] = {range, "{'first':5,'last':6,'reason':'damaged'}", {}};
  const auto few = std::string("{'first':2,'last':3,") + on_day;
  meant_["label.print"] = {range, few + "}", {}};
  meant_["label.lose"] = {range, few + ",'reason':'missing'}", {}};
  meant_["label.return"] = {range, few + ",'reason':'unused'}", {}};
  meant_["label.give"] = {range, few + ",'to':'" + sibling + "'}", {}};
  meant_["batch.close"] = {batch, std::string("{") + on_day + ",'on_hand':0}", {}};
  mean_hand_over();
}

// Something that a neighbour offers the co-operative.
void Town::mean_hand_over() {
  const auto boss = somebody(sibling, "director");
  const auto asked = world.entry(boss, "label.request/1", "request", "{'count':10}");
  EXPECT_THAT(world.submit(asked), Accepted());
  const auto roll =
      world.add(world.service, "label.range/1", "range",
                "{'org':'" + sibling + "','request':'" + asked.id +
                    "','number':0,'count':10,'epoch':2,'serial_root':'" + asked.id + "'}");
  const auto offer =
      world.entry(boss, "label.give/1", roll,
                  std::string("{'first':0,'last':9,") + on_day + ",'to':'" + world.coop + "'}");
  EXPECT_THAT(world.submit(offer), Accepted());
  meant_["label.take"] = {
      "range", "{'org':'" + world.coop + "','give':'" + offer.id + "'," + on_day + "}", {}};
}

void Town::mean_master() {
  const auto& coop = world.coop;
  const auto end = std::string("{") + on_day + ",'reason':'mistake'}";
  const auto site = "{'org':'" + coop +
                    "','kind':'plot','name':'Vuon 2','commune':{'code':'04132','vintage':"
                    "'2026-09-25'}}";
  const auto product = "{'org':'" + coop + "','name':'Cam mau','crop':'orange','stage':'fresh'}";
  const auto certificate = "{'kind':'vietgap','number':'952-1','issuer':'Mau','holder':'" + coop +
                           "','from':'2026-01-01'}";
  const auto stars = "{'products':['" + world.product + "'],'holder':'" + coop +
                     "','stars':4,'number':'1/QD','council':'Mau','issued':'2026-01-01'}";
  meant_["site.add"] = {"site", site, {}};
  meant_["site.update"] = {world.site, site, {}};
  meant_["site.retire"] = {world.site, end, {}};
  meant_["product.add"] = {"product", product, {}};
  meant_["product.update"] = {world.product, product, {}};
  meant_["product.retire"] = {world.product, end, {}};
  meant_["certificate.add"] = {"certificate", certificate, {}};
  meant_["certificate.withdraw"] = {
      world.add(world.registrar, "certificate.add/1", "certificate", certificate), end, {}};
  meant_["ocop.decision"] = {"ocop", stars, {}};
  meant_["ocop.withdraw"] = {world.add(world.registrar, "ocop.decision/1", "ocop", stars), end, {}};
  const auto same = "{'name':'HTX mau','kind':'cooperative','parent':'" + above + "'}";
  world.add(world.director, "org.delegate/1", coop,
            "{'to':'" + above + "','roles':['clerk'],'until':'2026-09-30'}");
  meant_["org.create"] = {"org", "{'name':'HTX moi','kind':'cooperative'}", {}};
  meant_["org.update"] = {coop, same, {}};
  meant_["org.suspend"] = {coop, std::string("{") + on_day + ",'reason':'dormant'}", {}};
  meant_["org.activate"] = {coop, std::string("{") + on_day + "}", {}};
  meant_["org.dissolve"] = {coop, std::string("{") + on_day + ",'reason':'merged'}", {}};
  meant_["org.delegate"] = {
      coop, "{'to':'" + stranger + "','roles':['clerk'],'until':'2026-12-31'}", {}};
  meant_["org.undelegate"] = {coop, "{'to':'" + above + "','reason':'mistake'}", {}};
  meant_["org.represent"] = {coop, "{'post':'chair','since':'2026-10-05'}", {}};
  meant_["org.grade"] = {coop, "{'year':2025}", {}};
  meant_["rules.activate"] = {
      world.operator_org, "{'engine':1,'bundle':'" + world.head(coop) + "'}", {}};
  meant_["log.keys"] = meant_["log.succeed"] = {world.operator_org, "{}", {}};
}

void Town::mean_people() {
  const auto& coop = world.coop;
  const auto& person = world.member.person;
  meant_["member.add"] = {"person", "{'org':'" + coop + "','kind':'linked'}", {}};
  meant_["member.update"] = {person, "{'org':'" + coop + "','kind':'linked'}", {}};
  meant_["member.leave"] = {person, "{'org':'" + coop + "'," + on_day + ",'reason':'moved'}", {}};
  meant_["member.consent"] = {
      person, "{'org':'" + coop + "','purpose':'name_on_page','given':true}", {}};
  meant_["erase"] = {person, "{'scope':'person','reason':'request'}", {}};
  meant_["key.revoke"] = {person, "{'kid':'" + world.member.key->kid() + "','reason':'lost'}", {}};
}

}  // namespace nguon::ledger
