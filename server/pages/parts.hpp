#pragma once

#include "server/pages/layout.hpp"
#include "server/pages/view.hpp"

#include <string_view>
#include <vector>

namespace nguon::server {

// Pieces that scan and animal pages share. Each writes whole elements.

/// The story with who vouches for each step, and what the three kinds mean. Steps of `own_org`,
/// named higher up, do not repeat its name; what would make the first response too long is counted,
/// the bundle has it all.
void write_steps(Html& html, const PageContext& context, std::string_view title,
                 std::string_view own_org, const std::vector<Step>& steps);
/// The mark of who stands behind a sentence: "HTX khai", "Có bằng chứng" or "`who` xác nhận".
void write_vouch(Html& html, const PageContext& context, Vouch vouch, std::string_view who);
/// Corrections: what was said, what is said since, why and by whom.
void write_changes(Html& html, const PageContext& context, const std::vector<Change>& changes);
/// The province's outline with a dot for the commune, under what was done there; nothing where no
/// outline is known. No dot without a cell on that outline.
void write_map(Html& html, const PageContext& context, const MapView& map,
               std::string_view commune);
/// "Why believe this?", where it stands in the log, and the bundle to download.
void write_proof(Html& html, const PageContext& context, const ProofRef& proof);
/// What to do about a doubtful pack; `code` is what the shopper should quote.
void write_report(Html& html, const PageContext& context, std::string_view code);
void write_share(Html& html, const PageContext& context);
/// Buttons of the first screen: report, other language, share. `serial`: of the label that can be
/// reported at once; empty: what to do about a doubtful thing stands further down.
void write_actions(Html& html, const PageContext& context, std::string_view serial = {});
/// `<dt>`/`<dd>`; writes nothing when there is no value.
void write_fact(Html& html, std::string_view name, std::string_view value, bool wide);

/// Who made it and where, one fact.
void write_maker(Html& html, const PageContext& context, std::string_view org,
                 std::string_view place);

/// `0PDN-ST6-BT16-Y0S`, the groups that are printed (labels/FORMAT.md §2); other lengths in fours.
std::string serial_in_groups(std::string_view serial);
/// `xã Mai Sơn, tỉnh Sơn La`; either may be missing.
std::string place_line(std::string_view commune, std::string_view province);

}  // namespace nguon::server
