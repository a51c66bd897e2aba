#pragma once

#include "schemas/bundle.hpp"
#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/office/directory.hpp"
#include "server/session/session_desk.hpp"

namespace nguon::server {

/// What the label account is read from; what is referred to outlives the handlers.
struct LabelAccountParts {
  const schemas::Bundle& bundle;
  SessionDesk& sessions;
  Directory& directory;
};

/// `GET /api/office/labels?org=`: {org, ranges, batches, reports, offers, asked, cut} of one organisation's labels
/// (its own without `org`), put together anew (server/office/label_lists.hpp). With
/// `list=ranges|batches|reports`, `q`, `from`, `limit` that list alone in place of the three: {rows,
/// total, next?}. Errors: `http.query` (400), `session.none` (401), `directory.org` (403),
/// `log.queue-full`.
DeferredHandler get_office_labels(const ApiServices& services, LabelAccountParts parts);

/// `GET /api/office/labels/{file}?org=`, file = a name of label_list_names + `.csv`: the same rows
/// as a sheet. Errors besides: `directory.kind` (404).
DeferredHandler get_office_labels_file(const ApiServices& services, LabelAccountParts parts);

/// `GET /api/office/labels/ranges/{range}?from=`: its runs from that label on, a page at a time
/// (server/office/label_pieces.hpp). Errors: `session.none` (401), `subject.unknown` (404),
/// `directory.org` (403), `log.queue-full`.
DeferredHandler get_office_label_runs(const ApiServices& services, LabelAccountParts parts);

}  // namespace nguon::server
