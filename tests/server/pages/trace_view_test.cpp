#include "server/pages/trace_view.hpp"

#include <gtest/gtest.h>

namespace nguon::server {
namespace {

namespace trace = ledger::trace;
using Standing = trace::OcopLine::Standing;
using Status = trace::LabelView::Status;

const schemas::Bundle& bundle() { return schemas::Bundle::built_in(); }

trace::OcopLine decision(Standing standing, std::string issued, std::string last_day) {
  trace::OcopLine line;
  line.record.stars = 4;
  line.record.number = "214/QĐ-UBND";
  line.record.council = "UBND tỉnh Mẫu";
  line.record.issued = std::move(issued);
  line.last_day = std::move(last_day);
  line.standing = standing;
  return line;
}

trace::Event event(std::string type, std::string on, std::string role, std::string amount) {
  trace::Event made;
  made.type = std::move(type);
  made.org_name = "HTX mẫu";
  made.roles = {std::move(role)};
  made.iat = 1'791'608'400;  // 2026-10-10 noon in Vietnam
  made.recorded = made.iat * 1000;
  made.data["on"] = on;
  made.data["qty"] = boost::json::object{{"amount", amount}, {"unit", "kg"}};
  return made;
}

trace::LabelView applied_label() {
  trace::BatchView batch;
  batch.sub = "batch:PACKED";
  batch.record.dimension = "mass";
  batch.record.pack = ledger::Amount(500'000);
  batch.record.lot = "L-1";
  batch.record.expires = "2026-12-01";
  batch.product.record.name = "Chanh leo mẫu";
  batch.product.record.crop = "passion_fruit";
  batch.product.record.gtin = "09521234543213";
  batch.maker.record.name = "HTX mẫu";
  batch.maker.place = {"Xã Trụ Sở", "Tỉnh Mẫu"};
  batch.origin.harvest_first = batch.origin.harvest_last = "2026-10-05";
  batch.packed = "2026-10-07";
  trace::LabelView label;
  label.status = Status::applied;
  label.org = batch.maker;
  label.batch = batch;
  return label;
}

ScanView view_of(const trace::LabelView& label, const labels::ProductLink* product = nullptr,
                 bool fits_gtin = true) {
  return scan_view(label, {}, "0PDNST6BT16Y0S", product, fits_gtin, bundle(), 10);
}

TEST(ScanView, TheMapIsOfWhereItGrewElseOfItsMakersSeat) {
  trace::LabelView label = applied_label();
  EXPECT_EQ(view_of(label).map.province, "") << "nobody says where";
  label.batch->maker.record.commune = ledger::Commune{"04105", "2025-07-01"};
  EXPECT_EQ(view_of(label).map.province, "14");
  EXPECT_EQ(view_of(label).map.site_kind, "");
  trace::SiteView site;
  site.record.kind = "plot";
  site.record.commune = {"20333", "2026-09-25"};
  label.batch->origin.sites = {site};
  EXPECT_EQ(view_of(label).map.province, "48");
  EXPECT_EQ(view_of(label).map.site_kind, "plot");
  EXPECT_TRUE(view_of(label).map.cells.empty()) << "public facts alone give no dot";
  // Codes of before July 2025 were used again for other places.
  label.batch->origin.sites[0].record.commune.vintage = "2024-01-01";
  EXPECT_EQ(view_of(label).map.province, "");
}

TEST(OcopLine, StarsComeOnlyFromADecisionInForce) {
  const auto valid =
      ocop_line({decision(Standing::valid, "2025-01-01", "2027-12-31")}, "2026-10-07");
  EXPECT_EQ(valid->stars, 4);
  EXPECT_EQ(valid->standing, OcopStanding::valid);
  const auto lapsed =
      ocop_line({decision(Standing::lapsed, "2023-03-15", "2026-03-14")}, "2026-01-07");
  EXPECT_EQ(lapsed->stars, 0);
  EXPECT_EQ(lapsed->ended, "2026-03-15");
  EXPECT_TRUE(lapsed->valid_when_packed);
}

TEST(OcopLine, AWithdrawalEndsItOnItsOwnDay) {
  trace::OcopLine line = decision(Standing::withdrawn, "2025-01-01", "2027-12-31");
  line.record.withdrawn = "2026-06-01";
  const auto shown = ocop_line({line}, "2026-06-01");
  EXPECT_EQ(shown->standing, OcopStanding::withdrawn);
  EXPECT_EQ(shown->ended, "2026-06-01");
  EXPECT_FALSE(shown->valid_when_packed);
}

TEST(OcopLine, AnotherHoldersAndFutureDecisionsAreNotShown) {
  EXPECT_FALSE(ocop_line({decision(Standing::other_holder, "2025-01-01", "2027-12-31"),
                          decision(Standing::not_yet, "2027-01-01", "2029-12-31")},
                         "2026-10-07"));
  EXPECT_FALSE(ocop_line({}, ""));
}

TEST(OcopLine, AValidOneIsPreferredAndElseTheNewest) {
  const auto old = decision(Standing::lapsed, "2020-01-01", "2022-12-31");
  const auto newer = decision(Standing::lapsed, "2023-01-01", "2025-12-31");
  const auto valid = decision(Standing::valid, "2022-01-01", "2027-12-31");
  EXPECT_EQ(ocop_line({old, newer}, "")->last_day, "2025-12-31");
  EXPECT_EQ(ocop_line({old, valid, newer}, "")->standing, OcopStanding::valid);
}

TEST(ScanView, TellsProductMakerPlaceAndDates) {
  trace::LabelView label = applied_label();
  const ScanView view = view_of(label);
  EXPECT_EQ(view.verdict, Verdict::valid);
  EXPECT_EQ(view.pack, "500 g");
  EXPECT_EQ(view.lot, "L-1");
  EXPECT_EQ(view.harvest_from, "2026-10-05");
  EXPECT_EQ(view.packed, "2026-10-07");
  EXPECT_EQ(view.commune, "Xã Trụ Sở");
  trace::SiteView site;
  site.place = {"Xã Nương", "Tỉnh Mẫu"};
  label.batch->origin.sites.push_back(site);
  EXPECT_EQ(view_of(label).commune, "Xã Nương");
}

TEST(ScanView, ACertificateIsWorthWhoEnteredIt) {
  trace::LabelView label = applied_label();
  const auto entered = [&](const std::string& org, const std::string& role) {
    trace::CertificateView certificate;
    certificate.record.holder = "org:COOP";
    certificate.record.issuer = "Nơi cấp mẫu";
    certificate.by.org = org;
    certificate.by.name = org.empty() ? "" : "Tên của " + org;
    certificate.by.roles = {role};
    label.batch->certificates = {certificate};
    return view_of(label).certificates.at(0);
  };
  EXPECT_EQ(entered("org:COOP", "clerk").vouch, Vouch::declared);
  EXPECT_EQ(entered("org:COOP", "inspector").vouch, Vouch::declared);
  EXPECT_EQ(entered("org:OTHER", "clerk").vouch, Vouch::declared);
  EXPECT_EQ(entered("", "authority").vouch, Vouch::declared);
  for (const char* role : {"inspector", "authority", "registrar"}) {
    const CertificateLine line = entered("org:BODY", role);
    EXPECT_EQ(line.vouch, Vouch::confirmed) << role;
    EXPECT_EQ(line.who, "Tên của org:BODY");
  }
}

TEST(ScanView, ACertificateEndsTheDayAfterItsLastOrWithItsWithdrawal) {
  trace::LabelView label = applied_label();
  trace::CertificateView certificate;
  const auto ended = [&] {
    label.batch->certificates = {certificate};
    return view_of(label).certificates.at(0).ended;
  };
  EXPECT_EQ(ended(), "");
  certificate.record.until = "2026-12-31";
  EXPECT_EQ(ended(), "2027-01-01");
  certificate.record.withdrawn = "2026-11-01";
  EXPECT_EQ(ended(), "2026-11-01");
  certificate.record.withdrawn = "2027-06-01";
  EXPECT_EQ(ended(), "2027-01-01");
}

TEST(Changes, FollowOneAnotherAndKeepPrivateValuesPrivate) {
  const auto correct = [](const char* pointer, boost::json::value value) {
    trace::Event made;
    made.type = "batch.correct/1";
    made.entry = "c";
    made.org_name = "HTX mẫu";
    made.recorded = 1'791'608'400'000;
    made.data = {{"target", "h"}, {"pointer", pointer}, {"reason", "weighing"}};
    if (!value.is_null()) made.data["value"] = std::move(value);
    return made;
  };
  trace::Timeline story;
  story.events = {event("batch.harvest/1", "2026-10-05", "member", "120"),
                  correct("/qty", {{"amount", "102"}, {"unit", "kg"}}),
                  correct("/qty", {{"amount", "101"}, {"unit", "kg"}}),
                  correct("/note", nullptr),
                  correct("/site", "site:0000000000000000000000000S"),
                  correct("/on", "2026-10-04")};
  story.events[0].entry = "h";
  story.events[0].data["note"] = boost::json::object{{"_sd", boost::json::array{"digest"}}};
  const std::vector<Change> changes = changes_of(story, bundle());
  ASSERT_EQ(changes.size(), 5U);
  EXPECT_EQ(changes[0].before + " " + changes[0].after, "120 kg 102 kg");
  EXPECT_EQ(changes[0].step, "batch.harvest");
  EXPECT_EQ(changes[0].date, "2026-10-10");
  EXPECT_EQ(changes[1].before + " " + changes[1].after, "102 kg 101 kg");
  EXPECT_EQ(changes[2].field, "note");
  EXPECT_EQ(changes[2].before + changes[2].after, "");
  EXPECT_EQ(changes[3].before + changes[3].after, "") << "an identifier says nothing to a reader";
  EXPECT_EQ(changes[4].before + " " + changes[4].after, "2026-10-05 2026-10-04");
}

TEST(ScanView, WhatCouldHurtIsSaidFirst) {
  trace::LabelView label = applied_label();
  const labels::ProductLink other{"09521234543220", std::nullopt, "0PDNST6BT16Y0S"};
  EXPECT_EQ(view_of(label, &other, false).verdict, Verdict::altered);
  label.status = Status::voided;
  EXPECT_EQ(view_of(label, &other, false).verdict, Verdict::voided);
  label.status = Status::returned;
  EXPECT_EQ(view_of(label, &other, false).verdict, Verdict::returned);
  trace::RecallView recall;
  recall.recall.on = "2026-10-09";
  recall.recall.action = "return";
  recall.notice_vi = "Trả lại.";
  label.batch->recalls.push_back(recall);
  const ScanView view = view_of(label, &other, false);
  EXPECT_EQ(view.verdict, Verdict::recalled);
  EXPECT_EQ(view.recall->notice, "Trả lại.");
  EXPECT_EQ(view.recall->who, "HTX mẫu");
}

TEST(ScanView, GtinAndLotMustBothAgree) {
  const trace::LabelView label = applied_label();
  const labels::ProductLink right{"09521234543213", "L-1", "0PDNST6BT16Y0S"};
  const labels::ProductLink wrong_lot{"09521234543213", "L-2", "0PDNST6BT16Y0S"};
  const labels::ProductLink no_lot{"09521234543213", std::nullopt, "0PDNST6BT16Y0S"};
  EXPECT_EQ(view_of(label, &right).verdict, Verdict::valid);
  EXPECT_EQ(view_of(label, &no_lot).verdict, Verdict::valid);
  EXPECT_EQ(view_of(label, &wrong_lot).verdict, Verdict::altered);
  EXPECT_EQ(view_of(label, &right, false).verdict, Verdict::altered)
      << "another product's GTIN, or another size's";
}

TEST(ScanView, ALabelOnARollNamesWhoHasIt) {
  trace::LabelView label = applied_label();
  label.status = Status::issued;
  label.batch.reset();
  const ScanView view = view_of(label);
  EXPECT_EQ(view.verdict, Verdict::not_applied);
  EXPECT_EQ(view.org, "HTX mẫu");
  EXPECT_FALSE(view.proof);
}

TEST(Steps, LikeEntriesAreToldAsOneWhateverStandsBetween) {
  trace::Timeline story;
  for (int i = 0; i < 600; ++i) {
    if (i == 300) story.events.push_back(event("batch.transform/1", "2026-10-08", "clerk", "9"));
    story.events.push_back(
        event("batch.receive/1", i < 300 ? "2026-10-08" : "2026-10-09", "clerk", "20"));
  }
  story.events.push_back(event("batch.pack/1", "2026-10-09", "packer", "780"));
  const std::vector<Step> steps = steps_of(story, "coffee", bundle());
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].count, 600U);
  EXPECT_EQ(steps[0].date_to, "2026-10-09");
  EXPECT_EQ(steps[0].vouch, Vouch::evidenced);
  EXPECT_EQ(steps[0].quantity, "");
  EXPECT_EQ(steps[1].quantity, "9 kg");
  EXPECT_EQ(steps[2].quantity, "780 kg");
  EXPECT_EQ(steps[2].vouch, Vouch::declared);
}

TEST(Steps, FollowTheDaysOfTheFieldAndSayWhatCameLate) {
  trace::Timeline story;
  story.events = {event("batch.pack/1", "2026-10-09", "packer", "1"),
                  event("batch.harvest/1", "2026-09-01", "member", "1"),
                  event("key.add/1", "2026-09-01", "registrar", "1")};
  const std::vector<Step> steps = steps_of(story, "coffee", bundle());
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].type, "batch.harvest");
  EXPECT_TRUE(steps[0].late);
  EXPECT_FALSE(steps[1].late);
}

TEST(Steps, ADeviceClockSetBackDoesNotHideThatItCameLate) {
  trace::Timeline story;
  story.events = {event("batch.harvest/1", "2026-10-09", "member", "1")};
  EXPECT_FALSE(steps_of(story, "coffee", bundle())[0].late);
  story.events[0].recorded += std::int64_t{30} * 86'400'000;
  EXPECT_TRUE(steps_of(story, "coffee", bundle())[0].late);
}

TEST(Steps, AnOutsidersEntryIsAConfirmationByName) {
  trace::Timeline story;
  story.events = {event("animal.vaccinate/1", "2026-10-09", "inspector", "1")};
  EXPECT_EQ(steps_of(story, "cattle", bundle())[0].vouch, Vouch::confirmed);
}

}  // namespace
}  // namespace nguon::server
