#include "ledger/log/ledger.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/succession.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/key_list.hpp"
#include "ledger/log/ledger_impl.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/statement.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>

namespace nguon::ledger {
namespace {

/// How far the published checkpoint may lag behind the newest head (DESIGN §4).
constexpr auto publish_interval = std::chrono::seconds(1);

Error beyond() { return {Errc::not_found, "log.index", {}, "beyond the released size"}; }

}  // namespace

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::open(Store& store, Anchor& anchor, const Clock& clock,
                                             LedgerKeys keys, LedgerOptions options) {
  NGUON_TRY(Start start, check_start(store, anchor, options.log_number));
  NGUON_TRY(auto signing, find_signing(start.signers, start.origins.of.back().origin,
                                       start.head.size, *keys.stock));
  auto impl = std::make_unique<Impl>(store, anchor, clock, std::move(keys), std::move(options),
                                     std::move(signing), std::move(start));
  NGUON_CHECK(impl->begin());
  return std::unique_ptr<Ledger>(new Ledger(std::move(impl)));
}

Result<void> Ledger::initialise(Store& store, Anchor& anchor, const Clock& clock,
                                const LedgerKeys& keys, const LedgerOptions& options,
                                const std::string& genesis, std::string_view bundle_text) {
  return write_genesis(store, anchor, clock, keys, options.log_number, genesis, bundle_text);
}

Outcome Ledger::submit_and_wait(std::string_view body, std::string_view expected_id) {
  std::promise<Outcome> promise;
  auto future = promise.get_future();
  submit(body, expected_id, [&](Outcome outcome) { promise.set_value(std::move(outcome)); });
  return future.get();
}

Result<void> Ledger::add_rules(std::string_view bundle_text) {
  const auto parsed = schemas::Bundle::parse(bundle_text);
  if (!parsed) return invalid("rules.bundle", parsed.error().pointer, parsed.error().detail);
  WriteBatch batch;
  RuleBook::put(impl_->options.log_number, bundle_text, batch);
  return impl_->sequencer->write_aside(std::move(batch));
}

const std::string& Ledger::origin() const { return impl_->origins.of.back().origin; }
bool Ledger::bears(std::string_view origin) const {
  const auto& names = impl_->origins.of;
  return std::any_of(names.begin(), names.end(),
                     [origin](const OriginTerm& name) { return name.origin == origin; });
}
const std::string& Ledger::deployment_id() const { return impl_->deployment.id; }
std::string Ledger::log_vkey() const {
  return impl_->releaser->released().signing->log.back().name.text();
}
std::vector<NoteVerifier> Ledger::log_keys() const {
  return impl_->releaser->released().signing->verifiers();
}
Result<std::string> Ledger::keys_text() const {
  return list_keys(impl_->store, impl_->options.log_number, impl_->releaser->head().size);
}
Result<std::optional<Ledger::Predecessor>> Ledger::predecessor(std::string_view number) const {
  const auto& names = impl_->origins.of;
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (!names[i - 1].origin.ends_with("/log/" + std::string(number))) continue;
    const auto index = static_cast<std::uint64_t>(names[i].since);
    NGUON_TRY(const Leaf logged, leaf(index));
    NGUON_TRY(const Jws jws, parse_jws(logged.jws, entry_typ));
    NGUON_TRY(const Claims claims, parse_claims(logged.jws, jws));
    NGUON_TRY(Succession said, read_succession(claims.entry));
    return std::optional(Predecessor{index, std::move(said.last)});
  }
  return std::optional<Predecessor>();
}
std::shared_ptr<const PrivateKey> Ledger::service_key() const {
  return impl_->releaser->released().signing->service;
}
std::string Ledger::never_issued(std::string_view serial, std::int64_t at) const {
  const auto released = impl_->releaser->released();
  return sign_unknown(*released.signing->service, serial, deployment_id(), released.head.size,
                      released.head.root, at);
}
bool Ledger::ready() const { return impl_->sequencer->running() && impl_->releaser->running(); }
LedgerStatistics Ledger::statistics() const {
  std::error_code code;
  const auto space = std::filesystem::space(impl_->options.data_directory, code);
  return {impl_->store.statistics(), impl_->sequencer->waiting(), code ? 0 : space.available};
}
TreeHead Ledger::head() const { return impl_->releaser->head(); }
bool Ledger::purging() const { return impl_->purger->busy(); }

std::string Ledger::checkpoint() {
  const auto now = std::chrono::steady_clock::now();
  const std::scoped_lock lock(impl_->publishing);
  if (impl_->published.empty() || now - impl_->published_at >= publish_interval) {
    impl_->published = impl_->releaser->released().note;
    impl_->published_at = now;
  }
  return impl_->published;
}

Result<std::string> Ledger::tile(unsigned level, std::uint64_t number, unsigned width) const {
  return impl_->tree->tile(level, number, width, head().size);
}

Result<std::string> Ledger::entry_bundle(std::uint64_t number, unsigned width) const {
  const std::uint64_t size = head().size;
  if (width < 1 || width > 256 || number > size / 256 || number * 256 + width > size) {
    return Error{Errc::not_found, "log.tile", {}, "no such entry bundle at this size"};
  }
  std::string bundle;
  unsigned found = 0;
  const auto log = impl_->options.log_number;
  NGUON_CHECK(impl_->store.scan(Family::log, keys::leaf(log, number * 256),
                                keys::leaf(log, number * 256 + width),
                                [&](std::string_view, std::string_view leaf) {
                                  bundle.append(keys::big_endian(leaf.size(), 2)).append(leaf);
                                  ++found;
                                  return true;
                                }));
  if (found != width) return Error{Errc::corrupt, "store.corrupt", {}, "a leaf is missing"};
  return bundle;
}

SignedHead Ledger::signed_head() const {
  auto [head, note, signing] = impl_->releaser->released();
  return {head, std::move(note)};
}

Result<InclusionProof> Ledger::inclusion(std::uint64_t index) const {
  auto [head, note, signing] = impl_->releaser->released();
  if (index >= head.size) return beyond();
  NGUON_TRY(auto path, impl_->tree->inclusion(index, head.size));
  return InclusionProof{index, std::move(path), std::move(note)};
}

Result<std::vector<Hash>> Ledger::inclusion_path(std::uint64_t index, std::uint64_t size) const {
  if (index >= size || size > head().size) return beyond();
  return impl_->tree->inclusion(index, size);
}

Result<std::vector<Hash>> Ledger::joint_path(std::span<const std::uint64_t> indexes,
                                             std::uint64_t size) const {
  if (size > head().size) return beyond();
  return impl_->tree->joint(indexes, size);
}

Result<Hash> Ledger::root(std::uint64_t size) const {
  if (size > head().size) return beyond();
  return impl_->tree->root(size);
}

Result<std::vector<Hash>> Ledger::consistency(std::uint64_t from_size,
                                              std::uint64_t to_size) const {
  if (from_size > to_size || to_size > head().size) return beyond();
  return impl_->tree->consistency(from_size, to_size);
}

Result<Leaf> Ledger::leaf(std::uint64_t index) const {
  if (index >= head().size) return beyond();
  NGUON_TRY(const auto text,
            impl_->store.get(Family::log, keys::leaf(impl_->options.log_number, index)));
  if (!text) return Error{Errc::corrupt, "store.corrupt", {}, "a leaf is missing"};
  return decode_leaf(index, *text);
}

Result<std::optional<Leaf>> Ledger::find(std::string_view entry_id) const {
  NGUON_TRY(const auto stored, state(state_key::entry(entry_id)));
  if (!stored) return std::optional<Leaf>();
  NGUON_TRY(const auto record, decode<EntryRecord>(*stored));
  const auto index = static_cast<std::uint64_t>(record.index);
  if (index >= head().size) return std::optional<Leaf>();
  NGUON_TRY(auto found, leaf(index));
  return std::optional<Leaf>(std::move(found));
}

CosignedBook& Ledger::cosigned() const { return impl_->cosigned; }

Result<std::string> Ledger::receipt(std::uint64_t index) const {
  NGUON_TRY(const Leaf logged, leaf(index));
  Decision created;
  created.index = index;
  created.recorded = logged.recorded;
  created.entry_id = base64url_encode(id_of(logged));
  NGUON_TRY(created.slots, impl_->vault.slots(created.entry_id));
  return impl_->releaser->receipt(created);
}

Result<std::optional<std::string>> Ledger::rules(std::string_view sha256_hex) const {
  const auto octets = hex_decode(sha256_hex);
  if (!octets || octets->size() != 32) return std::optional<std::string>();
  Hash hash;
  octets->copy(reinterpret_cast<char*>(hash.bytes.data()), 32);
  return impl_->rules.text(hash);
}

Result<std::optional<std::string>> Ledger::state(std::string_view key) const {
  return impl_->store.get(Family::state, keys::state(impl_->options.log_number, key));
}

Result<void> Ledger::scan_state(
    std::string_view prefix,
    const std::function<bool(std::string_view, std::string_view)>& visit) const {
  const auto log = impl_->options.log_number;
  const std::string first = keys::state(log, prefix);
  const std::size_t number = first.size() - prefix.size();
  return impl_->store.scan(Family::state, first, keys::after(first),
                           [&](std::string_view key, std::string_view value) {
                             return visit(key.substr(number), value);
                           });
}

Result<std::vector<std::uint64_t>> Ledger::history(std::string_view sub, std::uint64_t first,
                                                   std::size_t limit) const {
  return impl_->indexes(keys::history(impl_->options.log_number, sub), first, limit);
}

Result<HeadStatement> Ledger::subject_head(const std::string& sub) const {
  return impl_->heads->statement(sub);
}

Result<std::vector<SubjectEntry>> Ledger::subject_entries(const std::string& sub,
                                                          std::uint64_t page) const {
  return impl_->heads->entries(sub, page);
}

Result<SubjectProof> Ledger::subject_proof(const std::string& sub,
                                           const std::string& entry_id) const {
  return impl_->heads->proof(sub, entry_id);
}

Result<std::vector<std::uint64_t>> Ledger::consumers(std::string_view sub,
                                                     std::size_t limit) const {
  return impl_->indexes(keys::consumers(impl_->options.log_number, sub), 0, limit);
}

Result<std::vector<Disclosure>> Ledger::disclosures(std::string_view entry_id) const {
  return impl_->vault.open(entry_id);
}

}  // namespace nguon::ledger
