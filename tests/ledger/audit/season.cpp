#include "tests/ledger/audit/season.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/entry/entropy.hpp"

#include <atomic>
#include <latch>
#include <stdexcept>

namespace nguon::tests {

using namespace ledger;

namespace {

/// JSON text written with ' for ".
std::string quoted(std::string text) {
  for (char& c : text) c = c == '\'' ? '"' : c;
  return text;
}

}  // namespace

std::string Season::newest(const std::string& sub) const {
  return decode<HeadRecord>(**small.log->state(state_key::head(sub)))->head;
}

MadeEntry Season::say(std::string_view type, std::string_view by, const std::string& sub,
                      const std::string& data) {
  Saying saying = small.people.make(type);
  saying.by(by).data(quoted(data));
  if (sub.find(':') == std::string::npos) {
    saying.starts(sub);
  } else {
    saying.continues(sub, newest(sub));
  }
  return small.add(saying.sign());
}

MadeEntry Season::make(std::string_view type, std::string_view by, const std::string& data,
                       const std::string& input, const std::string& amount) {
  MadeEntry from;
  from.sub = input;
  from.id = newest(input);
  return small.add(
      small.people.make(type).by(by).starts("batch").from(from, amount).data(quoted(data)).sign());
}

Season::Season(int extra) {
  small.enrol("clerk", "packer", "packer", small.coop);
  const std::string product = "'product':'" + small.product + "'";
  const auto first = small.add(small.harvest("120.5"));
  picked = first.sub;
  sorted =
      make("batch.transform/1", "packer",
           "{" + product + ",'step':'sort','on':'2026-09-11','qty':{'amount':'80','unit':'kg'}}",
           picked, "100")
          .sub;
  packed = make("batch.pack/1", "packer",
                "{" + product +
                    ",'on':'2026-09-12','lot':'CL-1','qty':{'amount':'60','unit':'kg'},"
                    "'pack':{'amount':'1','unit':'kg'},'count':60}",
                sorted, "60")
               .sub;
  correction = say("batch.correct/1", "director", picked,
                   "{'target':'" + first.id +
                       "','pointer':'/qty','value':{'amount':'121','unit':'kg'},"
                       "'reason':'weighing'}");
  // A fact of the field that knew only the first entry: its prev is stale, and it counts.
  small.add(small.people.make("batch.recall/1")
                .by("director")
                .continues(picked, first.id)
                .data(quoted("{'on':'2026-09-13','reason':'precaution','action':'return',"
                             "'notice':{'vi':'Thu hồi mẫu','en':'Sample recall'}}"))
                .sign());
  const auto asked = say("label.request/1", "packer", "request", "{'count':100}");
  range = say("label.range/1", "service", "range",
              "{'org':'" + small.coop + "','request':'" + asked.id +
                  "','number':0,'count':100,'epoch':1,'serial_root':'" + asked.id + "'}")
              .sub;
  for (int i = 0; i < 3; ++i) {
    say("label.apply/1", "packer", range,
        "{'first':" + std::to_string(10 * i) + ",'last':" + std::to_string(10 * i + 9) +
            ",'batch':'" + packed + "','pack':{'amount':'1','unit':'kg'}}");
  }
  say("label.void/1", "packer", range, "{'first':40,'last':41,'reason':'damaged'}");
  ocop = say("ocop.decision/1", "registrar", "ocop",
             "{'products':['" + small.product + "'],'holder':'" + small.coop +
                 "','stars':4,'number':'12/QĐ-MẪU','council':'Hội đồng mẫu','issued':'2026-01-10'}")
             .sub;
  const std::string certified =
      "{'kind':'vietgap','number':'VG-MAU-1','issuer':'Tổ chức mẫu',"
      "'holder':'" +
      small.coop + "','from':'2026-01-01'";
  certificate = say("certificate.add/1", "registrar", "certificate",
                    certified + ",'products':['" + small.product + "']}")
                    .sub;
  const auto other =
      say("product.add/1", "clerk", "product",
          "{'org':'" + small.coop + "','name':'Cam mẫu','crop':'orange','stage':'fresh'}");
  foreign_certificate = say("certificate.add/1", "registrar", "certificate",
                            certified + ",'products':['" + other.sub + "']}")
                            .sub;
  revoked = small.persons.find("member")->second;
  adopted = small.harvest("7");
  small.add(small.revocation("member"));
  Draft draft;
  draft.sub = adopted.sub;
  draft.iat = 1'790'000'000;
  draft.data = {{"entry", adopted.jws}};
  EntryMaker maker(small.people.deployment_id(), seeded_entropy("adoption"));
  adoption = small.add(
      *maker.make(small.people.key("clerk"), *small.people.bundle().find("entry.adopt/1"), draft));
  recall = say("batch.recall/1", "director", packed,
               "{'on':'2026-09-20','reason':'residue','action':'do_not_eat',"
               "'notice':{'vi':'Thu hồi mẫu','en':'Sample recall'}}");
  add_harvests(extra);
}

// All at once, so that they share a few commits.
void Season::add_harvests(int count) {
  std::latch done(count);
  std::atomic<int> logged = 0;
  for (int i = 0; i < count; ++i) {
    const auto made = small.harvest("1", "packer");
    small.log->submit(made.sd_jwt, made.id, [&](const Outcome& outcome) {
      if (outcome.kind == Outcome::Kind::created) ++logged;
      done.count_down();
    });
  }
  done.wait();
  if (logged != count) throw std::logic_error("a harvest was not logged");
}

void Season::erase_member() {
  say("erase/1", "registrar", revoked, "{'scope':'person','reason':'request'}");
}

}  // namespace nguon::tests
