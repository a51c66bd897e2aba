#include "ledger/log/witness_policy.hpp"

#include "ledger/base/decimal.hpp"
#include "ledger/log/cosignature.hpp"

#include <algorithm>

namespace nguon::ledger {
namespace {

bool is_policy_octet(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return c == '\t' || octet >= 0x80 || (octet >= 0x20 && octet < 0x7f);
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; (at = line.find_first_not_of(" \t", at)) != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

}  // namespace

/// Reads one line after the other; the policy is whole after finish().
class PolicyReader {
 public:
  Result<void> read(std::string_view line) {
    ++line_;
    if (!std::all_of(line.begin(), line.end(), is_policy_octet)) return syntax("control character");
    const auto words = words_of(line);
    if (words.empty() || words[0].starts_with('#')) return {};
    if (words[0] == "log") return read_log(words);
    if (words[0] == "witness") return read_witness(words);
    if (words[0] == "group") return read_group(words);
    if (words[0] == "quorum") return read_quorum(words);
    return syntax("log, witness, group or quorum expected");
  }
  Result<WitnessPolicy> finish() {
    if (!has_quorum_) return syntax("no quorum line");
    return std::move(policy_);
  }
  Error syntax(std::string what) const { return fault("policy.syntax", std::move(what)); }

 private:
  using Words = std::vector<std::string_view>;

  Error fault(std::string rule, std::string what) const {
    return {Errc::invalid, std::move(rule), {}, "line " + std::to_string(line_) + ": " + what};
  }

  template <class Items>
  Result<void> make_room(const Items& items) const {
    if (items.size() < max_policy_items) return {};
    return Error{Errc::too_large, "policy.too-large", {}, "line " + std::to_string(line_)};
  }

  /// Two keys are the same when their octets are, whatever they are called.
  template <class Items>
  bool has_key(const Items& items, const NoteVerifier& key) const {
    return std::any_of(items.begin(), items.end(), [&](const auto& item) {
      return item.key.key().ed25519_raw() == key.key().ed25519_raw();
    });
  }

  std::optional<std::size_t> find(std::string_view name) const {
    const auto& members = policy_.members_;
    const auto found = std::find_if(members.begin(), members.end(),
                                    [&](const auto& member) { return member.name == name; });
    if (found == members.end()) return std::nullopt;
    return static_cast<std::size_t>(found - members.begin());
  }

  Result<void> define(WitnessPolicy::Member member) {
    if (member.name == "none" || find(member.name)) {
      return fault("policy.name", member.name + " is taken");
    }
    policy_.members_.push_back(std::move(member));
    used_.push_back(false);
    return {};
  }

  Result<void> read_log(const Words& words) {
    if (words.size() < 2 || words.size() > 3) return syntax("log <vkey> [<url>]");
    NGUON_CHECK(make_room(policy_.logs_));
    auto key = NoteVerifier::parse(words[1]);
    if (!key) return fault("policy.key", "not a log's Ed25519 vkey");
    if (has_key(policy_.logs_, *key)) return fault("policy.key", "this log key is listed already");
    policy_.logs_.push_back({std::move(*key), std::string(words.size() == 3 ? words[2] : "")});
    return {};
  }

  Result<void> read_witness(const Words& words) {
    if (words.size() < 3 || words.size() > 4) return syntax("witness <name> <vkey> [<url>]");
    NGUON_CHECK(make_room(policy_.witnesses_));
    auto key = NoteVerifier::parse_witness(words[2]);
    if (!key) return fault("policy.key", "not a witness's Ed25519 vkey");
    if (has_key(policy_.witnesses_, *key)) return fault("policy.key", "this key is listed already");
    NGUON_CHECK(define({std::string(words[1]), policy_.witnesses_.size(), 0, {}}));
    policy_.witnesses_.push_back(
        {std::string(words[1]), std::move(*key), std::string(words.size() == 4 ? words[3] : "")});
    return {};
  }

  Result<void> read_group(const Words& words) {
    if (words.size() < 4) return syntax("group <name> all|any|<k> <name>...");
    if (groups_++ == max_policy_items) {
      return Error{Errc::too_large, "policy.too-large", {}, "line " + std::to_string(line_)};
    }
    WitnessPolicy::Member group{std::string(words[1]), std::nullopt, 0, {}};
    for (std::size_t i = 3; i < words.size(); ++i) {
      const auto member = find(words[i]);
      if (!member) return fault("policy.name", std::string(words[i]) + " is not defined above");
      // So that no witness counts in two ways.
      if (used_[*member]) return fault("policy.name", std::string(words[i]) + " is in a group");
      used_[*member] = true;
      group.members.push_back(*member);
    }
    const auto number = parse_decimal(words[2], group.members.size());
    if (words[2] == "all") {
      group.least = group.members.size();
    } else if (words[2] == "any") {
      group.least = 1;
    } else if (number && *number > 0) {
      group.least = *number;
    } else {
      return syntax("all, any or 1.." + std::to_string(group.members.size()) + " expected");
    }
    return define(std::move(group));
  }

  Result<void> read_quorum(const Words& words) {
    if (words.size() != 2) return syntax("quorum <name>");
    if (has_quorum_) return syntax("a second quorum line");
    has_quorum_ = true;
    if (words[1] == "none") return {};
    policy_.quorum_ = find(words[1]);
    if (!policy_.quorum_) {
      return fault("policy.name", std::string(words[1]) + " is not defined above");
    }
    return {};
  }

  WitnessPolicy policy_;
  std::vector<bool> used_;  // beside policy_.members_: is in a group
  std::size_t groups_ = 0;
  std::size_t line_ = 0;
  bool has_quorum_ = false;
};

Result<WitnessPolicy> WitnessPolicy::parse(std::string_view text) {
  if (text.size() > max_policy_size) return Error{Errc::too_large, "policy.too-large", {}, {}};
  PolicyReader reader;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    NGUON_CHECK(reader.read(text.substr(0, end)));
    if (end == std::string_view::npos) return reader.syntax("the line is not ended");
    text.remove_prefix(end + 1);
  }
  return reader.finish();
}

std::size_t WitnessPolicy::Standing::cosigned() const {
  return static_cast<std::size_t>(
      std::count_if(times.begin(), times.end(), [](const auto& time) { return time.has_value(); }));
}

std::vector<NoteVerifier> WitnessPolicy::log_keys() const {
  std::vector<NoteVerifier> keys;
  for (const Log& log : logs_) keys.push_back(log.key);
  return keys;
}

Result<WitnessPolicy::Standing> WitnessPolicy::judge(std::string_view note,
                                                     std::span<const NoteVerifier> logs) const {
  std::vector<NoteVerifier> known(logs.begin(), logs.end());
  for (const Witness& witness : witnesses_) known.push_back(witness.key);
  NGUON_TRY(const Note opened, open_note(note, known));
  Standing standing;
  NGUON_TRY(standing.checkpoint, parse_checkpoint_text(opened.text));
  standing.times.resize(witnesses_.size());
  bool by_log = false;
  for (const NoteSignature& signature : opened.signatures) {
    const auto made_by = [&](const NoteVerifier& key) {
      return key.name() == signature.name && key.id() == signature.key_id;
    };
    by_log = by_log || (signature.name == standing.checkpoint.origin &&
                        std::any_of(logs.begin(), logs.end(), made_by));
    for (std::size_t i = 0; i < witnesses_.size(); ++i) {
      if (made_by(witnesses_[i].key)) standing.times[i] = cosignature_time(signature.octets);
    }
  }
  if (!by_log) return invalid("note.unknown-keys");
  standing.quorum = quorum(standing.times);
  return standing;
}

bool WitnessPolicy::quorum(const std::vector<std::optional<std::uint64_t>>& times) const {
  std::vector<bool> holds;  // beside members_, whose members all come earlier
  for (const Member& member : members_) {
    const auto count = std::count_if(member.members.begin(), member.members.end(),
                                     [&](std::size_t earlier) { return holds[earlier]; });
    holds.push_back(member.witness ? times[*member.witness].has_value()
                                   : static_cast<std::size_t>(count) >= member.least);
  }
  return !quorum_ || holds[*quorum_];
}

}  // namespace nguon::ledger
