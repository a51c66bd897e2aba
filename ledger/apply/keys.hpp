#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Keys of the public state (FORMAT.md "State"): a word, a slash, a name. The store puts the log's
// number in front. Entry ids and kids are base64url and subjects Crockford, so no name holds a
// slash but the pointer of `erased/`, which is last.
namespace nguon::ledger::state_key {

inline std::string join(std::string_view word, std::string_view name) {
  std::string key(word);
  key += '/';
  key += name;
  return key;
}

inline std::string deployment() { return "deployment"; }
inline std::string rules() { return "rules"; }
inline std::string signers() { return "signers"; }
inline std::string origins() { return "origins"; }
inline std::string key(std::string_view kid) { return join("key", kid); }
inline std::string head(std::string_view sub) { return join("head", sub); }
inline std::string entry(std::string_view id) { return join("entry", id); }
inline std::string erased(std::string_view entry, std::string_view slot) {
  return join("erased", std::string(entry) + std::string(slot));
}

/// The record of a subject, whatever its kind: `org:01…` is kept under `org/01…`.
inline std::string subject(std::string_view sub) {
  std::string key(sub);
  if (const auto colon = key.find(':'); colon != std::string::npos) key[colon] = '/';
  return key;
}

inline std::string ocop_of(std::string_view product) { return join("ocop-of", product); }
inline std::string certificates_of(std::string_view org) { return join("certificates-of", org); }
inline std::string wait(std::string_view site) { return join("wait", site); }
inline std::string gtin(std::string_view gtin14) { return join("gtin", gtin14); }
inline std::string tag(std::string_view scheme, std::string_view number) {
  return join(join("tag", scheme), number);
}

/// That `org` lets `to` act for it.
inline std::string delegation(std::string_view org, std::string_view to) {
  return join(join("delegation", org), to);
}

/// That `person` brought goods to the lot, so that each counts once.
inline std::string brought(std::string_view lot, std::string_view person) {
  return join(join("brought", lot), person);
}

inline std::string epoch(std::int64_t epoch) { return join("epoch", std::to_string(epoch)); }
inline std::string range_number(std::int64_t epoch, std::int64_t number) {
  return join(join("range-number", std::to_string(epoch)), std::to_string(number));
}

/// What became of the labels of a range: the directory of the interval pages, and page `page`.
enum class Run { applied, voided };
inline std::string runs(std::string_view range, Run run) {
  return join(run == Run::applied ? "runs-applied" : "runs-void", range);
}
inline std::string runs_page(std::string_view range, Run run, std::int64_t page) {
  return join(runs(range, run), std::to_string(page));
}

}  // namespace nguon::ledger::state_key
