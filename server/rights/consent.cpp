#include "server/rights/consent.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/trace/opened.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Result;

// An intake lot may have hundreds of households; those beyond are not named, which harms nobody.
constexpr std::size_t most_growers_asked = 64;
constexpr std::size_t entries_at_once = 256;

Result<std::optional<ledger::PersonRecord>> person_record(const ledger::trace::Source& source,
                                                          const std::string& person) {
  NGUON_TRY(const auto stored, source.get(ledger::state_key::subject(person)));
  if (!stored) return std::optional<ledger::PersonRecord>();
  NGUON_TRY(auto record, ledger::decode<ledger::PersonRecord>(*stored));
  return std::optional<ledger::PersonRecord>(std::move(record));
}

/// Whose goods an entry says these are; empty where it names nobody who grew them. A clerk who
/// weighs or notes for nobody in particular is no grower.
std::string grower_of(const ledger::trace::Event& event) {
  const bool harvest = event.type.starts_with("batch.harvest/");
  if (!harvest && !event.type.starts_with("batch.receive/")) return {};
  if (event.on_behalf_of) return *event.on_behalf_of;
  const bool own = harvest && std::ranges::find(event.roles, "member") != event.roles.end();
  return own ? event.person : std::string();
}

}  // namespace

bool has_consented(const ledger::PersonRecord& person, std::string_view org,
                   std::string_view purpose, std::string_view today) {
  if (person.erased) return false;
  // Apply keeps one word for each organisation and purpose: the last.
  const auto word = std::ranges::find_if(person.consents, [&](const ledger::Consent& consent) {
    return consent.org == org && consent.purpose == purpose;
  });
  return word != person.consents.end() && word->given && (!word->until || today <= *word->until);
}

Result<std::optional<std::string>> public_name(const ledger::Ledger& ledger,
                                               const ledger::trace::Source& source,
                                               const std::string& person, const std::string& org,
                                               std::string_view today) {
  const std::optional<std::string> none;
  NGUON_TRY(const auto record, person_record(source, person));
  if (!record || !has_consented(*record, org, name_on_page, today)) return none;
  std::vector<std::uint64_t> history;
  for (;;) {
    NGUON_TRY(const auto some, source.history(person, history.size(), entries_at_once));
    history.insert(history.end(), some.begin(), some.end());
    if (some.size() < entries_at_once) break;
  }
  // The newest statement of the name counts; where that one's is erased, no older one may speak.
  for (auto index = history.rbegin(); index != history.rend(); ++index) {
    NGUON_TRY(const auto opened, source.opened(*index));
    const ledger::Entry& entry = opened->effective;
    if (!entry.is("member.add") && !entry.is("member.update")) continue;
    const auto* said_to = entry.data.if_contains("org");
    if (said_to == nullptr || *said_to != boost::json::value(org)) continue;
    NGUON_TRY(const auto values, ledger.disclosures(entry.id));
    for (const auto& value : values) {
      if (value.pointer == "/name" && value.value.is_string()) {
        return std::optional<std::string>(std::string(value.value.get_string()));
      }
    }
    return none;
  }
  return none;
}

Result<std::vector<std::string>> named_growers(const ledger::Ledger& ledger,
                                               const ledger::trace::Source& source,
                                               const ledger::trace::Timeline& story,
                                               std::string_view today, std::size_t most) {
  std::vector<std::string> names;
  std::set<std::pair<std::string, std::string>> asked;
  for (const auto& event : story.events) {
    if (names.size() >= most || asked.size() >= most_growers_asked) break;
    const std::string grower = grower_of(event);
    if (grower.empty() || !asked.emplace(grower, event.org).second) continue;
    NGUON_TRY(auto name, public_name(ledger, source, grower, event.org, today));
    if (name && std::ranges::find(names, *name) == names.end()) names.push_back(std::move(*name));
  }
  return names;
}

}  // namespace nguon::server
