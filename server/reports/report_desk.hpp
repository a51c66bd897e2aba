#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/ledger.hpp"
#include "server/deployment/notebook.hpp"
#include "server/reports/report.hpp"
#include "server/session/viewer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What a shopper sends; texts are UTF-8, checked by the caller.
struct NewReport {
  std::string serial;  ///< Canonical; issued or not.
  std::string org;     ///< Subject of the organisation whose label it is; empty: nobody's.
  ReportKind kind = ReportKind::other;
  std::string text;
  std::string photo;  ///< As clean_photo() drew it; empty: none.
};

/// What the status page of a reply code tells: nothing of who sent it, nor what.
struct ReportStatus {
  std::string code;
  ReportKind kind = ReportKind::other;
  ReportState state = ReportState::received;
  std::int64_t received_ms = 0;
  std::string answer_by;  ///< ISO date.
  std::optional<ReportAnswer> answer;
  std::string text;       ///< The office's words.
  bool holds = false;     ///< A text or a photo that can be taken back.
};

/// Reports of shoppers, and what became of each. Not in the log: in a notebook beside it, photos in
/// a notebook each, so that a backup has them and one can go by itself. Thread-safe; may block.
class ReportDesk {
 public:
  static constexpr std::size_t max_photos = 1000;
  static constexpr int answer_days = 5;  ///< Working days.
  /// Words and photos go after it; what was asked and answered stays two years.
  static constexpr std::int64_t words_kept_ms = std::int64_t{180} * 86'400'000;
  static constexpr std::int64_t kept_ms = std::int64_t{730} * 86'400'000;

  /// Reads `reports.notebook` in `folder`. Errors: those of Notebook::open, `report.file`.
  static ledger::Result<std::unique_ptr<ReportDesk>> open(std::string folder,
                                                          const ledger::Ledger& ledger,
                                                          const ledger::Clock& clock);

  /// On the disk once this returns well. The same `seal` again (of ReportGate, today) is the same
  /// report, and nothing is added. A photo too many is left out. Errors: those of
  /// Notebook::append.
  ledger::Result<ReportStatus> take(NewReport report, const std::string& seal);
  std::optional<ReportStatus> find(const std::string& code);
  /// The shopper takes back what he wrote and showed; that he reported stays. Errors:
  /// `report.unknown`, those of Notebook::rewrite.
  ledger::Result<void> take_back(const std::string& code);

  /// What this reader may see, unanswered first, what is due first in front.
  ledger::Result<boost::json::array> list(const Viewer& viewer);
  /// A JPEG. Error: `report.unknown` (Errc::not_found).
  ledger::Result<std::string> photo(const Viewer& viewer, const std::string& code);
  /// A step signed by whoever may answer. Errors: read_report_step()'s; `report.signer`
  /// (Errc::forbidden), `jws.signature`; `report.unknown` (none, or not the signer's); `report.closed`
  /// (Errc::conflict); those of Notebook.
  ledger::Result<boost::json::object> step(std::string_view jws);

 private:
  struct Case {
    NewReport report;  ///< Its photo is on the disk alone.
    bool photo = false;
    std::int64_t received_ms = 0;
    std::vector<ReportStep> steps;
    std::vector<std::string> statements;  ///< As signed.

    ReportState state() const;
    const ReportStep* answer() const;
  };
  using Cases = std::map<std::string, Case, std::less<>>;

  ReportDesk(std::string folder, const ledger::Ledger& ledger, const ledger::Clock& clock)
      : folder_(std::move(folder)), ledger_(ledger), clock_(clock) {}
  ledger::Result<void> recall(const boost::json::object& record);
  ledger::Result<void> rewrite();
  /// Drops words and photo; the file is the caller's to rewrite.
  void clear(const std::string& code, Case& one);
  ledger::Result<void> forget_old();
  ledger::Result<void> add_step(Case& one, ReportStep step, std::string statement);
  std::string photo_path(const std::string& code) const;
  ReportStatus status(const std::string& code, const Case& one) const;
  boost::json::object shown(const std::string& code, const Case& one) const;

  const std::string folder_;
  const ledger::Ledger& ledger_;
  const ledger::Clock& clock_;
  std::unique_ptr<Notebook> notebook_;
  std::mutex mutex_;  // Guards all below.
  Cases cases_;       // By code.
  std::size_t photos_ = 0;
  std::map<std::string, std::string, std::less<>> sent_;  // Seal to code, of today.
  std::int64_t forgot_day_ = -1;
};

}  // namespace nguon::server
