#include "ledger/audit/replay.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/log/subject_page.hpp"
#include "ledger/store/keys.hpp"

namespace nguon::ledger {
namespace {

/// The replayed state as the rules read it.
class RowsReader final : public StateReader {
 public:
  explicit RowsReader(const ExpectedRows& rows) : rows_(rows) {}
  Result<std::optional<std::string>> get(std::string_view key) const override {
    const auto* value = rows_.find('S' + std::string(key));
    return value == nullptr ? std::nullopt : std::optional(*value);
  }

 private:
  const ExpectedRows& rows_;
};

Error at(std::uint64_t index, std::string rule, std::string detail) {
  return {Errc::corrupt, std::move(rule), "/leaf/" + std::to_string(index),
          "index " + std::to_string(index) + ": " + std::move(detail)};
}

/// A key of the store without the log's number, as ExpectedRows keeps it.
std::string without_log(std::string key) { return key.substr(4); }

}  // namespace

Replay::Replay(std::uint32_t log, RuleSource rules)
    : log_(log),
      rules_(std::move(rules)),
      state_(Family::state, log, "audit.state", "/state/"),
      indexes_(Family::index, log, "audit.index", "/index/") {}

Result<void> Replay::add(const LinkedEntry& linked) {
  const Entry& entry = linked.entry;
  if (linked.index == 0) {
    // The genesis is judged by the rules it brings itself.
    const auto* bundle = entry.data.if_contains("bundle");
    const auto* engine = entry.data.if_contains("engine");
    if (bundle == nullptr || !bundle->is_string() || engine == nullptr || !engine->is_int64()) {
      return at(0, "audit.bundle", "the genesis entry names no rules");
    }
    NGUON_CHECK(activate(std::string(bundle->get_string()), engine->get_int64(), 0));
  }
  NGUON_TRY(const Verdict verdict, apply(linked.index, linked.recorded, entry, RowsReader(state_),
                                         {engine_, bundle_.get()}));
  if (verdict.kind != Verdict::Kind::accept) {
    return at(linked.index, "audit.replay",
              verdict.rule + (verdict.field.empty() ? "" : " at " + verdict.field) +
                  (verdict.detail.empty() ? "" : ": " + verdict.detail));
  }
  NGUON_CHECK(add_rows(linked, verdict));
  if (entry.type.starts_with("rules.activate/")) {
    NGUON_TRY(const auto in_force, decode<RulesRecord>(*state_.find('S' + state_key::rules())));
    NGUON_CHECK(activate(in_force.bundle, in_force.engine, linked.index));
  }
  return {};
}

Result<void> Replay::activate(const std::string& bundle, std::int64_t engine, std::uint64_t index) {
  const auto hash = base64url_hash(bundle);
  if (!hash) return at(index, "audit.bundle", "not a SHA-256: " + bundle);
  NGUON_TRY(const auto text, rules_(*hash));
  if (!text) return at(index, "audit.bundle", "the text of " + bundle + " is missing");
  auto parsed = schemas::Bundle::parse(*text);
  if (!parsed) return at(index, "audit.bundle", parsed.error().rule);
  bundle_ = std::make_shared<const schemas::Bundle>(std::move(*parsed));
  engine_ = static_cast<int>(engine);
  return {};
}

Result<void> Replay::add_rows(const LinkedEntry& linked, const Verdict& verdict) {
  const Entry& entry = linked.entry;
  const std::uint64_t index = linked.index;
  for (const Change& change : verdict.changes) {
    std::string key = 'S' + change.key;
    if (change.value) {
      state_.put(std::move(key), *change.value, index);
    } else {
      state_.erase(key);
    }
  }
  const std::string place = keys::big_endian(index);
  const Hash scope = sha256(entry.kid, ".", entry.jti);
  indexes_.put(without_log(keys::by_jti(log_, scope)), entry.id, index);
  indexes_.put(without_log(keys::history(log_, entry.sub)) + place, {}, index);
  for (const Input& input : entry.from) {
    indexes_.put(without_log(keys::consumers(log_, input.sub)) + place, {}, index);
  }
  NGUON_CHECK(add_page(entry, index, verdict.count));
  if (verdict.flags.empty()) return {};
  std::string flags;
  for (const auto& flag : verdict.flags) flags += flag + '\n';
  indexes_.put(without_log(keys::flags(log_, index)), std::move(flags), index);
  ++flagged_;
  return {};
}

Result<void> Replay::add_page(const Entry& entry, std::uint64_t index, std::uint64_t count) {
  const auto id = base64url_hash(entry.id);
  if (!id) return at(index, "audit.replay", "entry.id");
  auto& ids = open_pages_[entry.sub];
  ids.push_back(*id);
  if (count % subject_page_width != 0) return {};
  const auto key = [&](std::uint64_t number) {
    return without_log(keys::subject_page(log_, entry.sub, number));
  };
  const std::uint64_t number = count / subject_page_width - 1;
  NGUON_TRY(const SubjectPage page,
            make_subject_page(number, index, std::move(ids), [&](std::uint64_t earlier) {
              // Derived here before, for the subject's count passed it.
              return decode_subject_page(earlier, *indexes_.find(key(earlier)));
            }));
  ids.clear();
  indexes_.put(key(number), encode_subject_page(page), index);
  return {};
}

}  // namespace nguon::ledger
