#pragma once

#include "ledger/trace/source.hpp"
#include "ledger/trace/views.hpp"
#include "schemas/bundle.hpp"

namespace nguon::ledger::trace {

/// How far one question may go. A page says so when something was cut.
struct Limits {
  std::size_t max_batches = 256;  ///< Batches walked upstream.
  std::size_t max_events = 200;   ///< Entries of a timeline.
  std::size_t max_sites = 64;
};

/// Answers about the log at one moment. `now_ms` (Unix ms) decides what is valid today in
/// Asia/Ho_Chi_Minh. Source and bundle outlive it. As thread-safe as the source. Errors only when
/// storage fails or holds what apply never wrote.
class Trace {
 public:
  Trace(const Source& source, const schemas::Bundle& bundle, std::int64_t now_ms,
        Limits limits = {})
      : source_(source), bundle_(bundle), now_ms_(now_ms), limits_(limits) {}

  /// The label that a serial decodes to: key epoch, range number, index within it.
  Result<LabelView> label(std::int64_t epoch, std::int64_t number, std::int64_t index) const;
  /// Absent when the log knows no such batch.
  Result<std::optional<BatchView>> batch(const std::string& sub) const;
  /// The animal that wears the number, or last did; absent when none ever was.
  Result<std::optional<AnimalView>> animal(const std::string& number,
                                           const std::string& scheme = "rfid") const;
  Result<std::optional<OrgView>> org(const std::string& sub) const;
  Result<std::optional<ProductView>> product(const std::string& sub) const;
  Result<std::optional<ProductView>> product_of_gtin(const std::string& gtin14) const;
  Result<std::optional<SiteView>> site(const std::string& sub) const;
  /// Decisions that name this product, as they stand today for goods of `holder`; valid ones first.
  Result<std::vector<OcopLine>> ocop(const std::string& product, const std::string& holder) const;

  /// The subject's own entries.
  Result<Timeline> timeline(const std::string& sub) const;
  /// Those of every subject in `subs`, merged: pass BatchView::origin.batches for a whole story.
  Result<Timeline> timeline(const std::vector<std::string>& subs) const;
  /// Batches that consumed this one, each once, in log order; at most `max_batches`.
  Result<std::vector<std::string>> used_in(const std::string& sub) const;

 private:
  struct KeyHolder {
    std::string person;  ///< Subject; empty for the operator's own keys.
    Signer signer;
  };

  Result<Origin> origin_of(const std::string& sub, const BatchRecord& batch,
                           std::vector<RecallView>& recalls,
                           std::vector<std::string>& products) const;
  Result<std::vector<CertificateView>> certificates(const BatchView& view,
                                                    const std::vector<std::string>& products) const;
  /// Who made the last entry of a subject.
  Result<Signer> signer_of(const std::string& sub) const;
  Result<RecallView> recall_view(const std::string& batch, const Recall& recall) const;
  Result<KeyHolder> holder_of(const std::string& kid) const;
  Result<std::optional<LabelWord>> label_word(const LabelView& label, const std::string& entry,
                                              std::int64_t index) const;

  const Source& source_;
  const schemas::Bundle& bundle_;
  std::int64_t now_ms_;
  Limits limits_;
};

}  // namespace nguon::ledger::trace
