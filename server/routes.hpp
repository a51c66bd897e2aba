#pragma once

#include "ledger/log/held_scan.hpp"
#include "server/api/batches.hpp"
#include "server/api/blobs.hpp"
#include "server/api/passkeys.hpp"
#include "server/api/reports.hpp"
#include "server/api/rights.hpp"
#include "server/api/services.hpp"
#include "server/enrol/enrol_desk.hpp"
#include "server/http/router.hpp"
#include "server/office/directory.hpp"
#include "server/office/print_takers.hpp"
#include "server/pages/desk.hpp"
#include "server/reminders/reminder_desk.hpp"
#include "server/resolver/resolver_desk.hpp"
#include "server/session/own_entries.hpp"
#include "server/session/session_desk.hpp"
#include "server/shell/assets.hpp"

#include <vector>

namespace nguon::server {

/// All that the handlers reach. The references outlive the router.
struct RouteParts {
  ApiServices api;
  PageDesk& desk;
  BatchView batch;
  BundleMaker bundle;
  EnrolDesk& enrolments;
  SessionDesk& sessions;
  const Assets& assets;
  Directory& directory;
  OwnEntries& own;
  BlobParts blobs;
  ledger::HeldScan held;
  RightsParts rights;
  ReminderDesk& reminders;
  PasskeyParts passkeys;
  ReportParts reports;
  ResolverDesk& resolver;
  PrintTakers& takers;
  const SignalBook* signals = nullptr;  ///< What counts scans; null: nothing.
  const labels::SerialCodec* serials = nullptr;  ///< Without it no label is drawn.
};

/// The whole table of this service; schemas/openapi.json lists the same, and a test compares the
/// two.
std::vector<Route> make_routes(const RouteParts& parts);

}  // namespace nguon::server
