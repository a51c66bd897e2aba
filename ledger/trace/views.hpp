#pragma once

#include "ledger/apply/records_core.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/apply/records_master.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What a reader of the log is told, put together at view time and never stored. Everything is
// public.
namespace nguon::ledger::trace {

/// Names of a commune and its province ("Xã Chiềng Mai", "Sơn La"); both empty when the stored code
/// is of a list this program does not hold.
struct PlaceName {
  std::string commune;
  std::string province;
};

struct OrgView {
  std::string sub;
  OrgRecord record;
  PlaceName place;
};

struct ProductView {
  std::string sub;
  ProductRecord record;
};

struct SiteView {
  std::string sub;
  SiteRecord record;
  PlaceName place;
};

/// Whose key entered something: what it says of others is this one's word.
struct Signer {
  std::string org;   ///< Subject of the organisation.
  std::string name;  ///< Its name; both empty when the key is unknown.
  std::vector<std::string> roles;
};

/// One council decision that names the product, as it stands on the day asked.
struct OcopLine {
  enum class Standing {
    valid,         ///< Stars may be shown.
    not_yet,       ///< Issued on a later day.
    lapsed,        ///< After `last_day`.
    withdrawn,     ///< From `record.withdrawn` on.
    other_holder,  ///< The goods are not of the organisation it names.
  };
  std::string sub;
  OcopRecord record;
  std::string last_day;  ///< In force through this day (inclusive), YYYY-MM-DD.
  Standing standing = Standing::lapsed;
  Signer by = {};
};

/// A certificate that covers the goods on the day they were last worked on.
struct CertificateView {
  std::string sub;
  CertificateRecord record;
  Signer by = {};
};

/// A recall of the batch or of something it was made from.
struct RecallView {
  std::string batch;  ///< The batch it names.
  Recall recall;
  std::string notice_vi;
  std::string notice_en;
};

/// How a batch came to be, as far as the walk went.
struct Origin {
  std::vector<std::string> batches;  ///< Subjects walked: the asked one, then nearest first.
  std::vector<SiteView> sites;       ///< Each once; where it was harvested stands first.
  std::string harvest_first;  ///< First and last day of the harvests upstream (of an intake lot
  std::string harvest_last;   ///< without inputs: its tickets); empty when none is known.
  std::int64_t harvests = 0;  ///< Harvest entries upstream.
  std::int64_t tickets = 0;   ///< Weigh tickets of intake lots upstream.
  std::int64_t people = 0;    ///< Persons whose goods are in it; one in two lots counts twice.
  bool cut = false;           ///< The graph goes on beyond what was walked: say so.
};

struct BatchView {
  std::string sub;
  BatchRecord record;
  HeadRecord head;
  ProductView product;
  OrgView maker;   ///< Whose goods they are.
  OrgView holder;  ///< In whose hands.
  Origin origin;
  std::optional<std::string> packed;          ///< YYYY-MM-DD, for a pack batch.
  std::vector<OcopLine> ocop;                 ///< Decisions on the product, valid ones first.
  std::vector<CertificateView> certificates;  ///< That hold on record.last.
  std::vector<RecallView> recalls;            ///< That stand, own ones first.

  /// The decision whose stars may be shown today; null when there is none.
  const OcopLine* stars() const {
    return !ocop.empty() && ocop.front().standing == OcopLine::Standing::valid ? &ocop.front()
                                                                               : nullptr;
  }
};

/// Who took a label out of use, when and why.
struct LabelWord {
  std::string entry;  ///< The label.void, label.lose or label.return.
  std::string on;     ///< Day it says; that of recording where it says none. YYYY-MM-DD.
  std::string reason; ///< As the schema of its type lists them.
  std::int64_t recorded = 0;  ///< The operator's clock, Unix ms.
};

/// One label, by what its serial decodes to. A recall or an altered lot is the batch's to say.
struct LabelView {
  enum class Status {
    never_issued,  ///< No such range, or the index lies outside it.
    issued,        ///< Granted: on a roll or not printed at all, on no goods yet.
    applied,       ///< On goods.
    voided,        ///< Worth nothing, whatever it was on.
    printed,       ///< Said to be printed, on no goods yet.
    lost,          ///< Reported lost: the roll it was on, or the goods (`batch`).
    returned,      ///< Given back unused, so it belongs on no goods.
  };
  Status status = Status::never_issued;
  std::string range;  ///< Subject of the range it is in now; empty when never issued.
  RangeRecord record;
  std::optional<OrgView> org;      ///< Whose it is: granted to, or handed over to.
  std::optional<BatchView> batch;  ///< What it is, or was, on.
  std::string printed_for;         ///< Batch it was printed for; empty: blank, or nobody said.
  std::optional<LabelWord> word;   ///< Of voided, lost and returned; absent beyond `Limits`.
};

struct AnimalView {
  std::string sub;
  AnimalRecord record;
  HeadRecord head;
  OrgView org;
  SiteView site;
  bool wears = false;  ///< The number asked for is on this animal now.
};

/// One entry as a line of a timeline: what was said, by whom, when.
struct Event {
  std::uint64_t index = 0;
  std::int64_t recorded = 0;  ///< The operator's clock, Unix ms.
  std::string entry;          ///< Logged entry's id.
  std::string sub;
  std::string type;      ///< `batch.harvest/1`; of an adoption, the entry inside.
  std::int64_t iat = 0;  ///< The device's clock, Unix seconds: a claim.
  std::string person;    ///< Subject of who made it; empty for the operator's own keys.
  std::string org;       ///< Subject.
  std::string org_name;
  std::vector<std::string> roles;  ///< Of the key that made it.
  std::optional<std::string> on_behalf_of;
  bool adopted = false;      ///< Made with a revoked key and vouched for later.
  boost::json::object data;  ///< Public form: private slots stand as {"_sd":[…]}.
};

struct Timeline {
  std::vector<Event> events;  ///< In log order.
  bool cut = false;           ///< There are more.
};

}  // namespace nguon::ledger::trace
