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

/// By `signer`, null when no earlier entry enrolled it.
Result<void> check_signature(const LinkedEntry& linked, const PublicKey* signer) {
  if (linked.index == 0) {
    NGUON_CHECK(check_genesis(linked.entry.jws));
    return {};
  }
  if (signer == nullptr) return invalid("key.unknown", "/kid", "no earlier entry enrols it");
  // Its grammar was checked when it was read; decoding all of it again costs a twentieth of an
  // audit.
  const Entry& entry = linked.entry;
  const std::string_view text = entry.jws;
  const std::size_t end = text.rfind('.');
  auto signature = base64url_decode(text.substr(end + 1));
  if (!signature) return invalid("jws.base64url");
  return verify_jws({text.substr(0, end), entry.alg, entry.kid, {}, std::move(*signature)},
                    *signer);
}

/// The entries, or the first of the errors.
Result<std::vector<LinkedEntry>> outcome_of(EntryAudit::Chunk chunk) {
  for (std::size_t i = 0; i < chunk.errors.size(); ++i) {
    if (chunk.errors[i]) return *chunk.errors[i];
  }
  return std::move(chunk.entries);
}

}  // namespace

Result<std::vector<LinkedEntry>> EntryAudit::check(const std::vector<RawLeaf>& leaves) {
  Chunk chunk = parse(leaves);
  enrol(chunk);
  return verify(std::move(chunk));
}

Result<std::vector<LinkedEntry>> EntryAudit::recall(const std::vector<RawLeaf>& leaves) {
  Chunk chunk = parse(leaves);
  enrol(chunk);
  return outcome_of(std::move(chunk));
}

EntryAudit::Chunk EntryAudit::parse(const std::vector<RawLeaf>& leaves) const {
  Chunk chunk;
  chunk.entries.resize(leaves.size());
  chunk.errors.resize(leaves.size());
  chunk.signers.resize(leaves.size());
  in_parallel(threads_, leaves.size(), [&](std::size_t i) {
    const RawLeaf& raw = leaves[i];
    const auto read = [&]() -> Result<LinkedEntry> {
      NGUON_TRY(const Leaf leaf, decode_leaf(raw.index, raw.text));
      return read_linked(leaf.index, leaf.recorded, leaf.jws);
    };
    if (auto linked = read(); linked) {
      chunk.entries[i] = std::move(*linked);
    } else {
      chunk.errors[i] = bad_entry(raw.index, linked.error());
    }
  });
  return chunk;
}

void EntryAudit::enrol(Chunk& chunk) {
  for (std::size_t i = 0; i < chunk.entries.size(); ++i) {
    if (chunk.errors[i]) continue;
    const LinkedEntry& linked = chunk.entries[i];
    if (const auto known = keys_.find(linked.entry.kid); known != keys_.end()) {
      chunk.signers[i] = &known->second;  // Of an earlier index: its own come after this.
    }
    if (auto enrolled = enrol(linked); !enrolled) {
      chunk.errors[i] = bad_entry(linked.index, enrolled.error());
    }
  }
}

Result<std::vector<LinkedEntry>> EntryAudit::verify(Chunk chunk) const {
  in_parallel(threads_, chunk.entries.size(), [&](std::size_t i) {
    if (chunk.errors[i]) return;
    const LinkedEntry& linked = chunk.entries[i];
    if (auto good = check_signature(linked, chunk.signers[i]); !good) {
      chunk.errors[i] = bad_entry(linked.index, good.error());
    }
  });
  return outcome_of(std::move(chunk));
}

const PublicKey* EntryAudit::key_of(const std::string& kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

Result<void> EntryAudit::enrol(const LinkedEntry& linked) {
  for (const auto& jwk : enrolled_jwks(linked.effective())) {
    NGUON_TRY(auto key, PublicKey::from_jwk(jwk));
    const std::string kid = key.kid();
    keys_.emplace(kid, std::move(key));
  }
  return {};
}

}  // namespace nguon::ledger
