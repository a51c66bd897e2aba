#pragma once

#include "labels/serial.hpp"
#include "server/api/services.hpp"
#include "server/http/router.hpp"
#include "server/pages/layout.hpp"
#include "server/reports/gate.hpp"
#include "server/reports/report_desk.hpp"
#include "server/session/session_desk.hpp"
#include "server/signals/signal_book.hpp"

#include <functional>
#include <string>
#include <vector>

namespace nguon::server {

/// Whose label that is: the subject of an organisation; empty where the serial is nobody's. Errors:
/// `store.*`.
using LabelOwner = std::function<ledger::Result<std::string>(const std::string& serial)>;
LabelOwner label_owner(const ledger::Ledger& ledger, const labels::SerialCodec& codec);

/// What the report handlers answer from; all of it outlives the router.
struct ReportParts {
  ReportDesk& desk;
  ReportGate& gate;
  LabelOwner owner;
  const Site& site;
  const ledger::Clock& clock;
  WorkerPool& pool;  ///< Photos are decoded here.
  SignalBook* signals = nullptr;  ///< Where shoppers say where they are; null: nobody asks.
};

/// A shopper's report, in three taps and without scripts (server/reports/README.md), and the queue
/// of those who answer.
///
/// - `GET /R/{serial}`: what is wrong; with `?k=` of those kinds, the form. 400 for what is no serial.
/// - `POST /R/{serial}`: 303 to the status page; 400 the form again with what to mend, 429, 503.
/// - `GET /R/status/{code}`: how it stands; `POST` there takes words and photo back.
/// - `GET`, `POST /R/{serial}/place`: the shopper's own word on where he is.
/// - `GET /api/office/reports?from=&limit=`: {reports, total, open, next?}, all without the two; `…/{code}/photo`: a JPEG; for whom they are.
/// - `POST /api/office/reports/answers`, a signed step (application/jwt): the report as it stands.
std::vector<Route> report_routes(const ApiServices& services, SessionDesk& sessions,
                                 const ReportParts& parts);

}  // namespace nguon::server
