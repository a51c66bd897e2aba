#pragma once

#include "server/geo/grid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nguon::server {

/// What the first line of a page says about the code in the shopper's hand.
enum class Verdict : std::uint8_t {
  valid,        ///< Applied to a batch on sale.
  not_applied,  ///< Granted to an organisation, on no batch yet.
  voided,       ///< Taken out of use by the packer.
  lost,         ///< Reported lost before use.
  returned,     ///< Given back unused: it belongs on no goods.
  recalled,     ///< Its batch is recalled.
  altered,      ///< Serial issued, but GTIN or lot of the link contradict it.
};

/// Who stands behind a sentence. The three kinds are never mixed (DESIGN §7).
enum class Vouch : std::uint8_t {
  declared,   ///< The maker says so: "HTX khai".
  evidenced,  ///< The maker says so and something checkable hangs on it: "Có bằng chứng".
  confirmed,  ///< Somebody else with a name says so: "Cơ quan X xác nhận".
};

/// Where an OCOP recognition stands today.
enum class OcopStanding : std::uint8_t { valid, lapsed, withdrawn };

/// The OCOP recognition that names this product and this holder. Dates are ISO 8601, Vietnam's
/// calendar. What is kept and shown again later is judged anew by `last_day` (marks.hpp).
struct OcopLine {
  OcopStanding standing = OcopStanding::valid;
  int stars = 0;          ///< 3..5; shown only while valid.
  std::string decision;   ///< Number of the decision, verbatim.
  std::string authority;  ///< Who decided.
  std::string last_day;   ///< Last day of validity, inclusive.
  std::string ended;      ///< First day without it, when lapsed or withdrawn.
  bool valid_when_packed = false;
  Vouch vouch = Vouch::declared;  ///< By who entered the decision.
  std::string who;                ///< Organisation that entered it.
};

struct CertificateLine {
  std::string scheme;  ///< Kind of batch schema `certificate.add`, or a name to be shown as it is.
  std::string code;    ///< Verbatim.
  std::string issuer;
  std::string last_day;
  std::string ended;              ///< First day without it; empty: no end is known. It held on the
                                  ///< day the goods were last worked on, or there is no line.
  Vouch vouch = Vouch::declared;  ///< By who entered it; what it says of its issuer is a claim.
  std::string who;                ///< Organisation that entered it.
};

/// One line of the batch's story.
struct Step {
  std::string date;     ///< ISO date as declared; of the first, when several are told as one.
  std::string date_to;  ///< Of the last; empty for a single one.
  std::string type;     ///< Entry type without its major: `batch.harvest`.
  std::string name;     ///< What the chain calls it ("Rang"); empty: the type's own name.
  std::string name_en;
  Vouch vouch = Vouch::declared;
  std::string who;        ///< Organisation; never a person.
  std::string place;      ///< Commune and province, or empty.
  std::string quantity;   ///< `1250 kg`, or empty.
  std::size_t count = 1;  ///< Entries told as this one line.
  bool late = false;      ///< Recorded well after its date.
};

/// A correction: what an entry said, and what it says since. The original stays in the log.
struct Change {
  std::string date;      ///< Recorded on, ISO date in Vietnam.
  std::string step;      ///< Entry type that was corrected, without its major; empty: not told.
  std::string field;     ///< First member of the pointer: `qty`, `on`, …
  std::string before;    ///< Both empty where the value is private or would say nothing.
  std::string after;
  std::string reason;    ///< Closed code of the schema.
  std::string who;       ///< Organisation; never a person.
};

struct RecallNotice {
  std::string date;
  std::string who;
  std::string notice;  ///< Public text of the recall, verbatim.
  std::string notice_en;
  std::string action;  ///< do_not_eat, return, destroy or none, as the schema has it.
};

/// Where in the log the answer comes from.
struct ProofRef {
  std::string subject;   ///< Batch or animal; names the bundle to download.
  std::string entry_id;  ///< Newest entry of that subject.
  std::uint64_t index = 0;
  std::int64_t recorded_ms = 0;
  std::uint64_t log_size = 0;
  std::uint64_t after = 0;        ///< Entries its device had seen in this log; 0: it named none.
  std::size_t witnesses = 0;      ///< Whom this log asks to cosign.
  std::size_t cosigned = 0;       ///< Of them, who have signed for that entry;
  std::string first_witness = {};      ///< the first of these,
  std::int64_t first_signed = 0;  ///< and when, Unix seconds.

  bool operator==(const ProofRef&) const = default;
};

/// Where it was made, for a drawing.
struct MapView {
  std::string province;         ///< Code of schemas/places; empty: none is drawn.
  std::string site_kind;        ///< As `site.add` lists them; empty: only the maker's seat is known.
  std::vector<GridCell> cells;  ///< Of the sites there (server/rights/known_cells).
};

/// Everything the scan page of one issued serial says. Texts are as signed, unescaped.
struct ScanView {
  Verdict verdict = Verdict::valid;
  std::string serial;  ///< Canonical, 14 symbols.
  std::string crop;    ///< Picture: `passion_fruit`, `coffee`, `orange`, `cattle`; else a leaf.
  std::string product;
  std::string product_sub;  ///< Its subject in the log.
  std::string gtin;         ///< Of the product, 14 digits, or empty.
  std::string product_en;  ///< Empty: there is only the one name.
  std::string pack;        ///< `500 g`, or empty.
  std::string lot;
  std::string org;
  std::string commune;
  std::string province;
  MapView map;
  std::string harvest_from;  ///< ISO dates; equal when one day.
  std::string harvest_to;
  std::string packed;
  std::string best_before;
  std::vector<std::string> growers;  ///< Names, of those alone who agreed to be named here.
  std::optional<OcopLine> ocop;
  std::vector<CertificateLine> certificates;
  std::optional<RecallNotice> recall;
  std::vector<Step> steps;
  std::vector<Change> changes;
  std::optional<ProofRef> proof;
};

/// The page of one animal under its 15-digit tag.
struct AnimalView {
  std::string tag;      ///< 15 digits.
  std::string species;  ///< `cattle` or `buffalo`.
  std::string breed;    ///< Name in both languages, may be empty.
  std::string breed_en;
  std::string org;
  std::string commune;
  std::string province;
  MapView map;
  std::string born;  ///< ISO date, may be empty.
  std::string arrived;
  bool alive = true;
  std::vector<Step> steps;
  std::optional<ProofRef> proof;
};

}  // namespace nguon::server
