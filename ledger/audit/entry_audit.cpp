#include "ledger/audit/entry_audit.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/entry/admission.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/log/leaf.hpp"

#include <atomic>
#include <functional>
#include <thread>

namespace nguon::ledger {
namespace {

/// Runs work(0) … work(count − 1) on `threads` threads, this one among them, until all have run.
void in_parallel(unsigned threads, std::size_t count,
                 const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < threads && i < count; ++i) helpers.emplace_back(run);
  run();
  for (auto& helper : helpers) helper.join();
}

Error bad_entry(std::uint64_t index, const Error& why) {
  return {Errc::corrupt, "audit.entry", "/leaf/" + std::to_string(index),
          "index " + std::to_string(index) + ": " + why.rule +
              (why.field.empty() ? "" : " at " + why.field) +
              (why.detail.empty() ? "" : ": " + why.detail)};
}

}  // namespace

Result<std::vector<LinkedEntry>> EntryAudit::read(const std::vector<RawLeaf>& leaves,
                                                  bool signatures) {
  std::vector<LinkedEntry> entries(leaves.size());
  std::vector<std::optional<Error>> errors(leaves.size());
  const auto each = [&](const std::function<Result<void>(std::size_t)>& work) {
    in_parallel(threads_, leaves.size(), [&](std::size_t i) {
      if (errors[i]) return;
      if (auto done = work(i); !done) errors[i] = done.error();
    });
  };
  each([&](std::size_t i) -> Result<void> {
    NGUON_TRY(const Leaf leaf, decode_leaf(leaves[i].index, leaves[i].text));
    NGUON_TRY(entries[i], read_linked(leaf.index, leaf.recorded, leaf.jws));
    return {};
  });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (errors[i]) continue;
    if (auto enrolled = enrol(entries[i]); !enrolled) errors[i] = enrolled.error();
  }
  if (signatures) each([&](std::size_t i) { return check_signature(entries[i]); });
  for (std::size_t i = 0; i < errors.size(); ++i) {
    if (errors[i]) return bad_entry(leaves[i].index, *errors[i]);
  }
  return entries;
}

const PublicKey* EntryAudit::key_of(const std::string& kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second.key;
}

Result<void> EntryAudit::enrol(const LinkedEntry& linked) {
  for (const auto& jwk : enrolled_jwks(linked.effective())) {
    NGUON_TRY(auto key, PublicKey::from_jwk(jwk));
    const std::string kid = key.kid();
    keys_.emplace(kid, Enrolled{std::move(key), linked.index});
  }
  return {};
}

Result<void> EntryAudit::check_signature(const LinkedEntry& linked) const {
  if (linked.index == 0) {
    NGUON_CHECK(check_genesis(linked.entry.jws));
    return {};
  }
  const auto signer = keys_.find(linked.entry.kid);
  if (signer == keys_.end() || signer->second.index >= linked.index) {
    return invalid("key.unknown", "/kid", "no earlier entry enrols it");
  }
  // Its grammar was checked when it was read; decoding all of it again costs a twentieth of an
  // audit.
  const Entry& entry = linked.entry;
  const std::string_view text = entry.jws;
  const std::size_t end = text.rfind('.');
  auto signature = base64url_decode(text.substr(end + 1));
  if (!signature) return invalid("jws.base64url");
  return verify_jws({text.substr(0, end), entry.alg, entry.kid, {}, std::move(*signature)},
                    signer->second.key);
}

}  // namespace nguon::ledger
