#pragma once

#include "server/api/services.hpp"
#include "server/http/router.hpp"

namespace nguon::server {

/// Entries of one page of a history: 32 of at most 40 KiB stay below 2 MiB.
inline constexpr std::size_t history_page = 32;

/// GET /api/subjects/{sub}[?after=<n>]: `{sub, record, head, history, next}`.
/// `record` is the public state of that subject, `head` what its next entry must name (`count`,
/// `head`), `history` its entries oldest first from the n-th (0-based) on as `{index, recorded,
/// entry}`, ≤ 32; `next` the `after` of the following page, absent on the last one. 404
/// `subject.unknown`.
InlineHandler get_subject(const ApiServices& services);

}  // namespace nguon::server
