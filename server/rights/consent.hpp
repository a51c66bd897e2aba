#pragma once

#include "ledger/apply/records_core.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/trace/source.hpp"
#include "ledger/trace/views.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What a person agrees to be shown for: the purposes of schemas/types/member.consent.
inline constexpr std::string_view name_on_page = "name_on_page";

/// Whether the person's last word to `org` for this purpose is a yes that still holds on `today`
/// (YYYY-MM-DD, its last day included). Nothing said is no: consent is never assumed (Law
/// 91/2025/QH15, art. 9).
bool has_consented(const ledger::PersonRecord& person, std::string_view org,
                   std::string_view purpose, std::string_view today);

/// The name that `org` may show of a person to everybody today: absent without consent, and once
/// the name was erased. What is public of it is read through `source`, which is `ledger`'s. Errors:
/// `store.*`.
ledger::Result<std::optional<std::string>> public_name(const ledger::Ledger& ledger,
                                                       const ledger::trace::Source& source,
                                                       const std::string& person,
                                                       const std::string& org,
                                                       std::string_view today);

/// Names of those who grew what the story tells of, as far as they let the organisation that told
/// of it show them: at most `most`, each once, in the order of the story. Errors: `store.*`.
ledger::Result<std::vector<std::string>> named_growers(const ledger::Ledger& ledger,
                                                       const ledger::trace::Source& source,
                                                       const ledger::trace::Timeline& story,
                                                       std::string_view today,
                                                       std::size_t most = 3);

}  // namespace nguon::server
