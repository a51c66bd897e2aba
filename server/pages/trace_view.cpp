#include "server/pages/trace_view.hpp"

#include "schemas/calendar.hpp"
#include "schemas/places.hpp"

#include <algorithm>
#include <utility>

namespace nguon::server {
namespace {

namespace trace = ledger::trace;

std::string moved(const std::string& date, int days) {
  const auto day = schemas::parse_date(date);
  const auto other = day ? schemas::add_days(*day, days) : std::nullopt;
  return other ? schemas::print_date(*other) : date;
}

std::string next_day(const std::string& date) { return moved(date, 1); }
std::string day_before(const std::string& date) { return moved(date, -1); }

}  // namespace

std::string pack_line(const ledger::Amount& amount, const std::string& dimension,
                      const schemas::Bundle& bundle) {
  constexpr std::int64_t one = 1'000'000;
  const bool small = amount.value() < one && amount.value() % 1000 == 0;
  const auto base = bundle.units().base_unit(dimension);
  if (!base) return {};
  const std::string_view part = dimension == "mass" ? "g" : dimension == "volume" ? "ml" : "";
  if (small && !part.empty()) {
    return schemas::print_integer(amount.value() / 1000) + " " + std::string(part);
  }
  const schemas::Unit* unit = bundle.units().find(*base);
  return schemas::print(amount) + " " + (unit != nullptr ? unit->label_vi : std::string(*base));
}

namespace {

RecallNotice recall_notice(const trace::RecallView& recall, const trace::BatchView& batch,
                           const trace::Timeline& story) {
  RecallNotice notice;
  notice.date = recall.recall.on;
  notice.action = recall.recall.action;
  notice.notice = recall.notice_vi;
  notice.notice_en = recall.notice_en;
  const auto entry = std::find_if(story.events.begin(), story.events.end(), [&](const auto& event) {
    return event.entry == recall.recall.entry;
  });
  notice.who = entry == story.events.end() ? batch.maker.record.name : entry->org_name;
  return notice;
}

ProofRef proof_ref(const std::string& sub, const ledger::HeadRecord& head,
                   const trace::Timeline& story, std::uint64_t log_size) {
  ProofRef proof;
  proof.subject = sub;
  proof.entry_id = head.head;
  proof.log_size = log_size;
  for (const trace::Event& event : story.events) {
    if (event.sub != sub) continue;
    proof.index = event.index;
    proof.recorded_ms = event.recorded;
  }
  return proof;
}

bool contradicts(const labels::ProductLink& link, bool fits_gtin, const trace::BatchView& batch) {
  return !fits_gtin || (link.lot && batch.record.lot != link.lot);
}

/// Who entered a certificate or decision decides what its line is worth, not the issuer it names: an
/// office states its own, somebody else with a name confirms it. An inspector of the holder's own is
/// no outsider.
Vouch worth_of(const trace::Signer& signer, const std::string& holder) {
  const bool outside = speaks_for_others(signer.roles) ||
                       std::find(signer.roles.begin(), signer.roles.end(), "registrar") !=
                           signer.roles.end();
  return outside && signer.org != holder && !signer.name.empty() ? Vouch::confirmed
                                                                  : Vouch::declared;
}

CertificateLine certificate_line(const trace::CertificateView& certificate) {
  const ledger::CertificateRecord& record = certificate.record;
  CertificateLine line;
  line.scheme = record.kind;
  line.code = record.number;
  line.issuer = record.issuer;
  line.last_day = record.until.value_or("");
  if (record.until) line.ended = next_day(*record.until);
  if (record.withdrawn && (line.ended.empty() || *record.withdrawn < line.ended)) {
    line.ended = *record.withdrawn;
  }
  line.who = certificate.by.name;
  line.vouch = worth_of(certificate.by, record.holder);
  return line;
}

/// Cells are left to who may read what is private.
MapView map_of(const ledger::Commune& commune, std::string site_kind) {
  const auto place = schemas::find_commune(commune.code, commune.vintage);
  return {place ? std::string(place->province) : std::string(), std::move(site_kind), {}};
}

void fill_goods(ScanView& view, const trace::BatchView& batch, const trace::Timeline& story,
                const schemas::Bundle& bundle) {
  const ledger::ProductRecord& product = batch.product.record;
  view.crop = product.crop;
  view.product = product.name;
  view.product_sub = batch.product.sub;
  view.gtin = product.gtin.value_or("");
  view.product_en = product.name_en.value_or("");
  if (batch.record.pack) view.pack = pack_line(*batch.record.pack, batch.record.dimension, bundle);
  view.lot = batch.record.lot.value_or("");
  view.org = batch.maker.record.name;
  // Where it grew says more than where its maker has an office.
  const trace::PlaceName& place =
      batch.origin.sites.empty() ? batch.maker.place : batch.origin.sites.front().place;
  view.commune = place.commune;
  view.province = place.province;
  if (!batch.origin.sites.empty()) {
    const ledger::SiteRecord& site = batch.origin.sites.front().record;
    view.map = map_of(site.commune, site.kind);
  } else if (batch.maker.record.commune) {
    view.map = map_of(*batch.maker.record.commune, {});
  }
  view.harvest_from = batch.origin.harvest_first;
  view.harvest_to = batch.origin.harvest_last;
  view.packed = batch.packed.value_or("");
  view.best_before = batch.record.expires.value_or("");
  view.ocop = ocop_line(batch.ocop, view.packed);
  for (const trace::CertificateView& certificate : batch.certificates) {
    view.certificates.push_back(certificate_line(certificate));
  }
  view.steps = steps_of(story, product.crop, bundle);
  view.changes = changes_of(story, bundle);
  if (view.ocop && view.ocop->standing == OcopStanding::valid) {
    Step decided;
    decided.date = batch.stars()->record.issued;
    decided.type = "ocop.decision";
    decided.vouch = view.ocop->vouch;
    decided.who = view.ocop->who;
    const auto later = std::find_if(view.steps.begin(), view.steps.end(),
                                    [&](const Step& step) { return step.date > decided.date; });
    view.steps.insert(later, std::move(decided));
  }
}

}  // namespace

std::optional<OcopLine> ocop_line(const std::vector<trace::OcopLine>& decisions,
                                  const std::string& packed) {
  using Standing = trace::OcopLine::Standing;
  const trace::OcopLine* best = nullptr;
  for (const trace::OcopLine& line : decisions) {
    if (line.standing == Standing::not_yet || line.standing == Standing::other_holder) continue;
    const bool better =
        best == nullptr ||
        (line.standing == Standing::valid) > (best->standing == Standing::valid) ||
        (best->standing != Standing::valid && line.record.issued > best->record.issued);
    if (better) best = &line;
  }
  if (best == nullptr) return std::nullopt;
  const ledger::OcopRecord& record = best->record;
  OcopLine shown;
  shown.decision = record.number;
  shown.authority = record.council;
  shown.last_day = best->last_day;
  shown.who = best->by.name;
  shown.vouch = worth_of(best->by, record.holder);
  shown.ended = next_day(best->last_day);
  if (record.withdrawn && *record.withdrawn < shown.ended) {
    shown.ended = *record.withdrawn;
    // Announced for a later day: what is kept until then must end with it.
    if (best->standing == Standing::valid) shown.last_day = day_before(shown.ended);
  }
  shown.valid_when_packed = !packed.empty() && record.issued <= packed && packed < shown.ended;
  if (best->standing == Standing::valid) {
    shown.stars = static_cast<int>(record.stars);
    shown.ended.clear();
  } else if (best->standing == Standing::withdrawn) {
    shown.standing = OcopStanding::withdrawn;
  } else {
    shown.standing = OcopStanding::lapsed;
  }
  return shown;
}

ScanView scan_view(const trace::LabelView& label, const trace::Timeline& story,
                   const std::string& serial, const labels::ProductLink* product, bool fits_gtin,
                   const schemas::Bundle& bundle, std::uint64_t log_size) {
  ScanView view;
  view.serial = serial;
  if (label.org) view.org = label.org->record.name;
  if (label.batch) {
    fill_goods(view, *label.batch, story, bundle);
    view.proof = proof_ref(label.batch->sub, label.batch->head, story, log_size);
    if (!label.batch->recalls.empty()) {
      view.recall = recall_notice(label.batch->recalls.front(), *label.batch, story);
    }
  }
  // What could hurt somebody is said first: a recall, then a label worth nothing, then a doubt.
  if (view.recall) {
    view.verdict = Verdict::recalled;
  } else if (label.status == trace::LabelView::Status::lost) {
    view.verdict = Verdict::lost;
  } else if (label.status == trace::LabelView::Status::returned) {
    view.verdict = Verdict::returned;
  } else if (label.status == trace::LabelView::Status::voided) {
    view.verdict = Verdict::voided;
  } else if (label.batch && product != nullptr && contradicts(*product, fits_gtin, *label.batch)) {
    view.verdict = Verdict::altered;
  } else if (label.status == trace::LabelView::Status::issued ||
             label.status == trace::LabelView::Status::printed) {
    view.verdict = Verdict::not_applied;
  }
  return view;
}

AnimalView animal_view(const trace::AnimalView& animal, const trace::Timeline& story,
                       const std::string& tag, const schemas::Bundle& bundle,
                       std::uint64_t log_size) {
  AnimalView view;
  view.tag = tag;
  view.species = animal.record.species;
  if (const schemas::Chain* chain = bundle.chains().find(animal.record.species)) {
    if (const auto breed = chain->varieties.find(animal.record.breed);
        breed != chain->varieties.end()) {
      view.breed = breed->second.vi;
      view.breed_en = breed->second.en;
    }
  }
  view.org = animal.org.record.name;
  view.commune = animal.site.place.commune;
  view.province = animal.site.place.province;
  view.map = map_of(animal.site.record.commune, "barn");
  view.born = animal.record.born.value_or("");
  view.arrived = animal.record.arrived;
  view.alive = animal.wears && !animal.record.ended;
  view.steps = steps_of(story, animal.record.species, bundle);
  view.proof = proof_ref(animal.sub, animal.head, story, log_size);
  return view;
}

}  // namespace nguon::server
