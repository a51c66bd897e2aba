#pragma once

#include "ledger/apply/engine.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/apply/typed.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace nguon::ledger {

/// DESIGN §4: what one entry may touch, reads of absent keys not counted.
inline constexpr std::size_t max_touched_keys = 256;

/// One entry being applied: what it says, who says it, and the state as it would be after it. Rules
/// read and write through this; nothing is changed until the engine takes the changes of an
/// accepted entry. An Error of Errc::corrupt or Errc::unavailable means storage failed; any other
/// refuses the entry.
class Work {
 public:
  Work(std::uint64_t index, std::int64_t recorded, const Entry& logged, const StateReader& state,
       const schemas::Bundle& bundle)
      : index_(index),
        recorded_(recorded),
        logged_(&logged),
        effective_(&logged),
        state_(&state),
        bundle_(&bundle) {}

  std::int64_t index() const { return static_cast<std::int64_t>(index_); }
  std::int64_t recorded_ms() const { return recorded_; }
  /// The entry whose claims take effect: the adopted one inside an `entry.adopt`, else the logged
  /// one.
  const Entry& entry() const { return *effective_; }
  /// The entry that is logged and becomes the subject's head.
  const Entry& logged() const { return *logged_; }
  const schemas::Bundle& bundle() const { return *bundle_; }

  /// The key that speaks with authority: the logged entry's.
  const KeyRecord& signer() const { return signer_; }
  /// The key whose holder made the effective entry: differs from signer() in an adoption.
  const KeyRecord& maker() const { return maker_; }
  void set_signer(KeyRecord key) {
    maker_ = key;
    signer_ = std::move(key);
  }
  void adopt(const Entry& inner, KeyRecord maker) {
    effective_ = &inner;
    maker_ = std::move(maker);
  }

  /// Whoever signed and whoever made it act for `org` from here on, as `roles` alone.
  void speak_for(const std::string& org, std::vector<std::string> roles) {
    signer_.org = maker_.org = org;
    signer_.roles = std::move(roles);
  }
  /// The maker acted for `org`; the signer, who is of that organisation, brings it in.
  void made_for(const std::string& org) { maker_.org = org; }

  /// The record as of all writes so far.
  template <codec::Record T>
  Result<std::optional<T>> find(const std::string& key) {
    if (const auto written = changes_.find(key); written != changes_.end()) {
      if (!written->second) return std::optional<T>();
      NGUON_TRY(auto record, decode<T>(*written->second));
      return std::optional<T>(std::move(record));
    }
    return read_record<T>(*state_, key);
  }
  /// The record, or `missing`.
  template <codec::Record T>
  Result<T> need(const std::string& key, Error missing) {
    NGUON_TRY(auto record, find<T>(key));
    if (!record) return missing;
    return std::move(*record);
  }
  template <codec::Record T>
  void put(const std::string& key, const T& record) {
    changes_.insert_or_assign(key, encode(record));
  }

  /// Accepted but remarkable: a rule id that begins with `flag.`.
  void flag(std::string rule) { flags_.insert(std::move(rule)); }

  /// A new subject belongs to this organisation; the signer's unless a rule says otherwise.
  void set_owner(std::string org) { owner_ = std::move(org); }
  const std::string& owner() const { return owner_.empty() ? maker_.org : owner_; }

  /// The quantity this entry credited to its batch, kept with the entry for a later correction.
  void note_credit(const Amount& amount) { credit_ = amount; }
  const std::optional<Amount>& credit() const { return credit_; }

  /// How many entries the subject has, this one included.
  void set_count(std::uint64_t count) { count_ = count; }
  std::uint64_t count() const { return count_; }

  const std::map<std::string, std::optional<std::string>>& changes() const { return changes_; }
  const std::set<std::string>& flags() const { return flags_; }

 private:
  std::uint64_t index_;
  std::int64_t recorded_;
  const Entry* logged_;
  const Entry* effective_;
  const StateReader* state_;
  const schemas::Bundle* bundle_;
  KeyRecord signer_;
  KeyRecord maker_;
  std::string owner_;
  std::optional<Amount> credit_;
  std::map<std::string, std::optional<std::string>> changes_;
  std::set<std::string> flags_;
  std::uint64_t count_ = 0;
};

}  // namespace nguon::ledger
