#pragma once

#include "ledger/log/ledger.hpp"
#include "ledger/log/state_scan.hpp"
#include "schemas/bundle.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What runs out.
enum class DueKind : std::uint8_t { certificate, code, ocop, delegation };
std::string_view name_of(DueKind kind);

/// Days before the end at which an office is told.
inline constexpr int first_notice = 180;
inline constexpr int second_notice = 90;
inline constexpr int last_notice = 30;
/// An end stays in the inbox this long after it has passed.
inline constexpr int days_after_end = 30;

/// Something that ends, as of one day. Names and numbers are the public ones of the log; no person
/// is among them.
struct Due {
  std::string id;  ///< Of this notice of this end: another day or notice is another id.
  DueKind kind = DueKind::certificate;
  std::string scheme;             ///< Of a certificate or code: as its schema names it.
  std::string sub;                ///< Certificate, site or decision; of a delegation whom it is to.
  std::string number;             ///< As issued; of a delegation empty.
  std::vector<std::string> orgs;  ///< Whose offices are told: the holder; of a delegation both.
  std::string until;              ///< Last day, YYYY-MM-DD, included.
  std::int64_t days = 0;          ///< From today to that day; below nought once it has passed.
  int notice = first_notice;      ///< Which of the three it is; 0: it has ended.
};

/// The notice for an end that is `days` away; absent where nobody is told yet, or any more.
std::optional<int> notice_at(std::int64_t days);

/// Finds what ends: in the state, and, for codes of planting areas and packing houses, which the
/// state does not hold, in the newest statement of each site. Not thread-safe.
class DueFinder {
 public:
  /// All outlive it.
  DueFinder(const ledger::Ledger& ledger, ledger::StateScan scan, const schemas::Bundle& bundle)
      : ledger_(ledger), scan_(std::move(scan)), bundle_(bundle) {}

  /// What is to be told on `today`, the nearest end first. Reads again only the sites that changed.
  /// Errors: `store.*`.
  ledger::Result<std::vector<Due>> find(std::string_view today);

 private:
  struct Code {
    std::string scheme, number, until;
  };
  struct Site {
    std::string head;
    std::vector<Code> codes;  ///< Active ones that state an end.
  };
  ledger::Result<void> add_certificates(std::vector<Due>& found) const;
  ledger::Result<void> add_decisions(std::vector<Due>& found) const;
  ledger::Result<void> add_delegations(std::vector<Due>& found) const;
  ledger::Result<void> add_codes(std::vector<Due>& found);
  ledger::Result<Site> read_site(const std::string& sub, const std::string& head) const;

  const ledger::Ledger& ledger_;
  const ledger::StateScan scan_;
  const schemas::Bundle& bundle_;
  std::map<std::string, Site> sites_;
};

}  // namespace nguon::server
