#include "ledger/apply/engine.hpp"
#include "ledger/apply/pack_size.hpp"
#include "schemas/bundle.hpp"
#include "schemas/canonical.hpp"
#include "tests/ledger/apply/world.hpp"

#include <boost/json/parse.hpp>

namespace nguon::ledger {
namespace {

using testing::ElementsAre;

class Master : public testing::Test {
 protected:
  std::string product(const std::string& rest) {
    return "{'org':'" + world.coop + "','name':'Cam mau','crop':'orange','stage':'fresh'" + rest +
           "}";
  }
  std::string site_data(const std::string& org) {
    return "{'org':'" + org +
           "','kind':'plot','name':'Vuon 2','commune':{'code':'04132','vintage':'2026-09-25'}}";
  }
  World world;
};

TEST_F(Master, GtinWithAWrongCheckDigitOrOfAnotherProductIsRefused) {
  EXPECT_THAT(
      world.try_add(world.clerk, "product.add/1", "product", product(",'gtin':'09521234543214'")),
      Refused("product.gtin"));
  const auto first =
      world.add(world.clerk, "product.add/1", "product", product(",'gtin':'09521234543213'"));
  EXPECT_THAT(
      world.try_add(world.clerk, "product.add/1", "product", product(",'gtin':'09521234543213'")),
      Refused("product.gtin-taken"));
  EXPECT_THAT(
      world.try_add(world.clerk, "product.update/1", first, product(",'gtin':'09521234543213'")),
      Accepted());
  EXPECT_EQ(world.record<PointerRecord>(state_key::gtin("09521234543213")).sub, first);
}

TEST_F(Master, APackSizeStandsOnceAndAGtinForOneOfThem) {
  const auto with = [&](const std::string& rest) {
    return world.try_add(world.clerk, "product.add/2", "product", product(rest));
  };
  const auto packs = [](const std::string& second) {
    return ",'packs':[{'size':{'amount':'500','unit':'g'},'gtin':'09521234543213'}," + second + "]";
  };
  EXPECT_THAT(with(packs("{'size':{'amount':'0.5','unit':'kg'}}")),
              Refused("product.pack-repeated"));
  EXPECT_THAT(with(packs("{'size':{'amount':'1','unit':'ha'}}")), Refused("quantity.dimension"));
  EXPECT_THAT(with(packs("{'size':{'amount':'1','unit':'kg'},'gtin':'09521234543213'}")),
              Refused("product.gtin-repeated"));
  EXPECT_THAT(with(packs("{'size':{'amount':'1','unit':'kg'},'gtin':'09521234543214'}")),
              Refused("product.gtin"));
  EXPECT_THAT(with(packs("{'size':{'amount':'1','unit':'kg'}}") + ",'gtin':'09521234543213'"),
              Refused("product.gtin-repeated"));
  // What was refused took no GTIN. Half a litre is not half a kilogram.
  const auto two = packs("{'size':{'amount':'0.5','unit':'l'},'gtin':'09521234543220'}");
  const auto sub = world.add(world.clerk, "product.add/2", "product", product(two));
  for (const char* gtin : {"09521234543213", "09521234543220"}) {
    EXPECT_EQ(world.record<PointerRecord>(state_key::gtin(gtin)).sub, sub);
    EXPECT_THAT(with(std::string(",'packs':[{'size':{'amount':'9','unit':'piece'},'gtin':'") +
                     gtin + "'}]"),
                Refused("product.gtin-taken"));
  }
  EXPECT_EQ(world.state.values.at(state_key::gtin_size("09521234543220")),
            R"({"dimension":"volume","size":"500000"})");
  // The record itself says no more than it did: phones and pages of products read it often.
  EXPECT_EQ(world.state.values.at(state_key::subject(sub)),
            R"({"crop":"orange","name":"Cam mau","org":")" + world.coop + R"(","stage":"fresh"})");
}

TEST_F(Master, TheOldMajorGoesOnAndWritesWhatItAlwaysDid) {
  const auto sub = world.add(
      world.clerk, "product.add/2", "product",
      product(",'packs':[{'size':{'amount':'1','unit':'kg'},'gtin':'09521234543213'}],'ocop':"
              "{'decision':'148/QĐ-TTg','group':'food'}"));
  // A form of yesterday states the record whole, and knows no pack sizes.
  world.add(world.clerk, "product.update/1", sub, product(",'gtin':'09521234543220'"));
  EXPECT_EQ(world.state.values.at(state_key::subject(sub)),
            R"({"crop":"orange","gtin":"09521234543220","name":"Cam mau","org":")" + world.coop +
                R"(","stage":"fresh"})");
  // What was printed on packs stays this product's.
  EXPECT_EQ(world.record<PointerRecord>(state_key::gtin("09521234543213")).sub, sub);
}

TEST_F(Master, RulesInForceOlderThanTheProgramKnowTheOldMajorAlone) {
  auto text = boost::json::parse(schemas::Bundle::built_in_text()).as_object();
  for (const char* name : {"product.add/2", "product.update/2"}) {
    ASSERT_EQ(text.at("schemas").as_object().erase(name), 1U);
  }
  const auto yesterday = schemas::Bundle::parse(schemas::canonical_json(text)).value();
  const auto judged = [&](const std::string& type) {
    return apply(world.index, world.recorded,
                 world.entry(world.clerk, type, "product", product("")), world.state,
                 {1, &yesterday})
        .value();
  };
  EXPECT_THAT(judged("product.add/2"), Refused("entry.type"));
  EXPECT_THAT(judged("product.add/1"), Accepted());
}

TEST_F(Master, EditCannotMoveAThingToAnotherOrganisation) {
  const auto other = world.org("HTX khac");
  EXPECT_THAT(world.try_add(world.clerk, "site.update/1", world.site, site_data(other)),
              Refused("subject.org"));
  EXPECT_THAT(world.try_add(world.clerk, "site.update/1", world.site, site_data(world.coop)),
              Accepted());
  EXPECT_EQ(world.of<SiteRecord>(world.site).name, "Vuon 2");
}

TEST_F(Master, AreaIsAnArea) {
  const auto with = [&](const std::string& area) {
    auto data = site_data(world.coop);
    data.back() = ',';
    return world.try_add(world.clerk, "site.add/1", "site",
                         data + "'area':" + World::qty(area) + "}");
  };
  EXPECT_THAT(with("1.5 ha"), Accepted());
  EXPECT_THAT(with("1.5 kg"), Refused("quantity.dimension"));
}

TEST_F(Master, OrganisationsMakeNoCircleAndStayDissolved) {
  const auto union_org = world.org("Lien hiep", "union");
  const auto update = [&](const std::string& sub, const char* kind, const std::string& parent) {
    return world.try_add(
        world.registrar, "org.update/1", sub,
        std::string("{'name':'x','kind':'") + kind + "','parent':'" + parent + "'}");
  };
  EXPECT_THAT(update(world.coop, "cooperative", union_org), Accepted());
  EXPECT_THAT(update(union_org, "household", world.coop), Refused("org.parent"));
  EXPECT_THAT(update(union_org, "union", union_org), Refused("org.parent"));
  world.add(world.registrar, "org.dissolve/1", union_org, "{'on':'2026-10-01','reason':'merged'}");
  EXPECT_THAT(world.try_add(world.registrar, "org.activate/1", union_org, "{'on':'2026-10-02'}"),
              Refused("org.dissolved"));
}

TEST_F(Master, MembershipBeginsOnceAndEnds) {
  const auto join = "{'org':'" + world.coop + "','kind':'linked'}";
  const auto leave = "{'org':'" + world.coop + "','on':'2026-10-05','reason':'moved'}";
  const auto person = world.add(world.clerk, "member.add/1", "person", join);
  EXPECT_THAT(world.try_add(world.clerk, "member.add/1", person, join), Refused("member.already"));
  EXPECT_THAT(world.try_add(world.clerk, "member.leave/1", person, leave), Accepted());
  EXPECT_THAT(world.try_add(world.clerk, "member.leave/1", person, leave), Refused("member.none"));
  EXPECT_THAT(world.try_add(world.clerk, "member.update/1", person, join), Refused("member.none"));
  EXPECT_THAT(world.try_add(world.clerk, "member.add/1", person, join), Accepted());
  EXPECT_EQ(world.of<PersonRecord>(person).memberships.size(), 2U);
}

TEST_F(Master, LastConsentPerPurposeCounts) {
  const auto person = world.add(world.clerk, "member.add/1", "person",
                                "{'org':'" + world.coop + "','kind':'member'}");
  for (const char* given : {"true", "false", "true", "false"}) {
    world.add(world.clerk, "member.consent/1", person,
              "{'org':'" + world.coop + "','purpose':'name_on_page','given':" + given + "}");
  }
  const auto record = world.of<PersonRecord>(person);
  ASSERT_EQ(record.consents.size(), 1U);
  EXPECT_FALSE(record.consents[0].given);
}

TEST_F(Master, CertificateOfAnotherHolderNeedsARoleThatReachesThere) {
  const auto other = world.org("HTX khac");
  const auto data = "{'kind':'vietgap','number':'952-1','issuer':'Mau','holder':'" + other +
                    "','from':'2026-01-01','until':'2026-12-31'}";
  EXPECT_THAT(world.try_add(world.director, "certificate.add/1", "certificate", data),
              Refused("role.relation"));
  const auto sub = world.add(world.registrar, "certificate.add/1", "certificate", data);
  EXPECT_THAT(world.record<ListRecord>(state_key::certificates_of(other)).of, ElementsAre(sub));
  world.add(world.registrar, "certificate.withdraw/1", sub,
            "{'on':'2026-06-01','reason':'mistake'}");
  EXPECT_EQ(world.of<CertificateRecord>(sub).withdrawn, "2026-06-01");
}

TEST_F(Master, OcopDecisionNamesThreeToFiveStarsAndKnownProducts) {
  const auto decision = [&](int stars, const std::string& product_sub, const std::string& expires) {
    return world.try_add(world.registrar, "ocop.decision/1", "ocop",
                         "{'products':['" + product_sub + "'],'holder':'" + world.coop +
                             "','stars':" + std::to_string(stars) +
                             ",'number':'1/QD','council':'Mau','issued':'2026-01-01','expires':'" +
                             expires + "'}");
  };
  EXPECT_THAT(decision(2, world.product, "2027-01-01"), Refused("ocop.stars"));
  EXPECT_THAT(decision(4, world.product, "2025-01-01"), Refused("data.interval"));
  EXPECT_THAT(decision(4, world.product, "2027-02-30"), Refused("data.date"));
  EXPECT_THAT(decision(4, "product:00000000000000000000000000", "2027-01-01"),
              NotYet("subject.unknown"));
  EXPECT_THAT(decision(4, world.product, "2027-01-01"), Accepted());
}

TEST_F(Master, TagIsOnOneLivingAnimalAndMayBeReplaced) {
  const auto arrive = [&] {
    return world.add(world.herdsman, "animal.arrive/1", "animal",
                     "{'site':'" + world.site +
                         "','species':'cattle','breed':'yellow','sex':'female','on':'2026-10-01',"
                         "'source':'bought'}");
  };
  const auto tag = [&](const std::string& animal, const std::string& number,
                       const std::string& replaced = {}) {
    return world.try_add(
        world.herdsman, "animal.tag/1", animal,
        "{'scheme':'rfid','number':'" + number + "','on':'2026-10-02','reason':'first'" +
            (replaced.empty() ? "" : ",'replaces_number':'" + replaced + "'") + "}");
  };
  const auto first = arrive();
  const auto second = arrive();
  EXPECT_THAT(tag(first, "952000000000001"), Accepted());
  EXPECT_THAT(tag(first, "952000000000001"), Refused("animal.tag-worn"));
  EXPECT_THAT(tag(second, "952000000000001"), Refused("animal.tag-taken"));
  EXPECT_THAT(tag(first, "952000000000002", "952000000000001"), Accepted());
  EXPECT_THAT(tag(second, "952000000000001"), Accepted());
  EXPECT_THAT(tag(second, "952000000000003", "952000000000009"), Accepted());
  EXPECT_THAT(world.flags, ElementsAre("flag.tag-not-worn"));
}

TEST_F(Master, ErasureMarksThePersonOrTheOneValue) {
  world.add(world.director, "erase/1", world.member.person,
            "{'scope':'person','reason':'request'}");
  EXPECT_EQ(world.of<PersonRecord>(world.member.person).erased, world.head(world.member.person));
  const auto picked = world.harvest("10 kg");
  const auto id = world.head(picked);
  const auto value = [&](const std::string& sub, const std::string& entry) {
    return world.try_add(
        world.director, "erase/1", sub,
        "{'scope':'value','entry':'" + entry + "','slot':'/note','reason':'request'}");
  };
  EXPECT_THAT(value(world.site, id), Refused("erase.entry"));
  EXPECT_THAT(value(picked, std::string(43, 'A')), NotYet("entry.unknown"));
  EXPECT_THAT(value(picked, id), Accepted());
  EXPECT_EQ(world.record<ErasedRecord>(state_key::erased(id, "/note")).entry, world.head(picked));
  EXPECT_THAT(
      world.try_add(world.director, "erase/1", picked, "{'scope':'person','reason':'request'}"),
      Refused("erase.scope"));
}

TEST_F(Master, RulesChangeOnlyOnTheOperatorsSubjectAndToAnEngineWeHold) {
  const auto activate = [&](const std::string& sub, int engine) {
    return world.try_add(
        world.root, "rules.activate/1", sub,
        "{'engine':" + std::to_string(engine) + ",'bundle':'" + std::string(43, 'A') + "'}");
  };
  EXPECT_THAT(activate(world.coop, 1), Refused("rules.subject"));
  EXPECT_THAT(activate(world.operator_org, 2), Refused("rules.engine"));
  EXPECT_THAT(activate(world.operator_org, 1), Accepted());
  EXPECT_EQ(world.record<RulesRecord>(state_key::rules()).bundle, std::string(43, 'A'));
}

}  // namespace
}  // namespace nguon::ledger
