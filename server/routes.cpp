#include "server/routes.hpp"

#include "schemas/bundle.hpp"
#include "server/api/capture.hpp"
#include "server/api/directory.hpp"
#include "server/api/documents.hpp"
#include "server/api/enrolments.hpp"
#include "server/api/entries.hpp"
#include "server/api/export.hpp"
#include "server/api/geo.hpp"
#include "server/api/health.hpp"
#include "server/api/held.hpp"
#include "server/api/import.hpp"
#include "server/api/label_account.hpp"
#include "server/api/label_print.hpp"
#include "server/api/log_files.hpp"
#include "server/api/metrics.hpp"
#include "server/api/mine.hpp"
#include "server/api/places.hpp"
#include "server/api/receipts.hpp"
#include "server/api/reminders.hpp"
#include "server/api/sessions.hpp"
#include "server/api/subject_heads.hpp"
#include "server/api/subjects.hpp"
#include "server/console/handlers.hpp"
#include "server/resolver/routes.hpp"
#include "server/shell/routes.hpp"

namespace nguon::server {
namespace {

/// The log and its API may be read from any site: all of it is public.
constexpr RouteOptions open_to_all{default_body_limit, true, false};
constexpr RouteOptions submission{max_submission_octets, true, false};
constexpr RouteOptions enrolment{max_enrolment_octets, false, false};
constexpr RouteOptions blob_claim{max_blob_claim, false, false};
constexpr RouteOptions blob_piece{max_blob_piece, false, false};
constexpr RouteOptions map_file{max_geo_octets, false, false};
constexpr RouteOptions sheet{max_sheet_octets, false, false};
constexpr RouteOptions recheck{max_recheck_octets, true, false};
/// Scanners and people type paths in either letter case (DESIGN §6).
constexpr RouteOptions printed{default_body_limit, false, true};

}  // namespace

std::vector<Route> make_routes(const RouteParts& parts) {
  const ApiServices& api = parts.api;
  PageDesk* const desk = &parts.desk;
  const InlineHandler code = [desk](const Request& request, const PathParams&) {
    return desk->code(request);
  };
  const auto get = Method::get;
  const LabelAccountParts labels{schemas::Bundle::built_in(), parts.sessions, parts.directory};
  std::vector<Route> routes{
      {get,
       "/",
       [desk](const Request& request, const PathParams&) { return desk->home(request); },
       {}},
      {get,
       "/tra",
       [desk](const Request& request, const PathParams&) { return desk->look_up(request); },
       {}},
      {get, "/T/{code...}", code, printed},
      {get, "/N/{code...}", code, printed},
      {get, "/E/{code...}", get_enrolment_link(), printed},
      {get, "/C/{code...}", code, printed},
      {get, "/app", get_asset(parts.assets, api.problems), {}},
      {get, "/app/{file}", get_asset(parts.assets, api.problems), {}},
      {get,
       "/preview/{product}",
       [desk](const Request& request, const PathParams& params) {
         return desk->preview(request, params["product"]);
       },
       {}},
      {get,
       "/problems/{rule}",
       [desk](const Request& request, const PathParams& params) {
         return desk->problem(request, params["rule"]);
       },
       {}},

      {Method::put, "/api/entries/{id}", put_entry(api), submission},
      {get, "/api/entries/{id}", get_entry(api), open_to_all},
      {get, "/api/subjects/{sub}", get_subject(api), open_to_all},
      {get, "/api/subjects/{sub}/head", get_subject_head(api), open_to_all},
      {get, "/api/subjects/{sub}/entries/{page}", get_subject_entries(api), open_to_all},
      {get, "/api/subjects/{sub}/proofs/{id}", get_subject_proof(api), open_to_all},
      {get, "/api/batches/{sub}", get_batch(api, parts.batch), open_to_all},
      {get, "/api/batches/{sub}/bundle", get_bundle(api, parts.bundle), open_to_all},

      {Method::post, "/api/enrolments", post_invitation(api, parts.enrolments), enrolment},
      {get, "/api/enrolments/{id}", get_enrolment(api, parts.enrolments), enrolment},
      {Method::del, "/api/enrolments/{id}", delete_enrolment(api, parts.enrolments), enrolment},
      {Method::post, "/api/enrolments/open", post_enrolment_open(api, parts.enrolments), enrolment},
      {Method::post, "/api/enrolments/offer", post_enrolment_offer(api, parts.enrolments),
       enrolment},

      {Method::post, "/api/session/challenge", post_challenge(parts.sessions), {}},
      {Method::post, "/api/session", post_session(api, parts.sessions), {}},
      {get, "/api/session", get_session(api, parts.sessions), {}},
      {Method::del, "/api/session", delete_session(parts.sessions), {}},
      {get, "/api/private/{id}", get_private(api, schemas::Bundle::built_in(), parts.sessions), {}},
      {get,
       "/api/mine",
       get_mine(api, schemas::Bundle::built_in(), parts.sessions, parts.own),
       {}},

      {Method::post, "/api/blobs", post_blob(api, parts.blobs), blob_claim},
      {Method::put, "/api/blobs/{sha256}", put_blob(api, parts.blobs), blob_piece},
      {get, "/api/blobs/{sha256}", get_blob(api, parts.blobs), {}},
      {get, "/api/blobs/{sha256}/thumbnail", get_blob_thumbnail(api, parts.blobs), {}},

      {get, "/office", get_console_page(api.problems, desk->site().demo), {}},
      {get, "/office/{page}", get_console_page(api.problems, desk->site().demo), {}},
      {get, "/office/files/{path...}", get_console_file(api.problems), {}},
      {get, "/office/qr/{id}", get_invitation_qr(api.problems, parts.enrolments), {}},
      {get, "/office/card/{person}", get_card_qr(api.problems), {}},
      {get,
       "/api/office/export/{file}",
       get_office_export(api, parts.sessions, parts.directory),
       {}},
      {Method::post,
       "/api/office/import",
       post_office_import(api, parts.sessions, parts.directory),
       sheet},
      {get, "/api/office/search", get_office_search(api, parts.sessions, parts.directory), {}},
      {get,
       "/api/office/held",
       get_office_held(api, schemas::Bundle::built_in(), parts.sessions, parts.held),
       {}},
      {get, "/api/office/labels", get_office_labels(api, labels), {}},
      {get, "/api/office/labels/{file}", get_office_labels_file(api, labels), {}},
      {get, "/api/office/labels/ranges/{range}", get_office_label_runs(api, labels), {}},
      {Method::post, "/api/office/geo", post_office_geo(api, parts.sessions), map_file},
      {get, "/api/office/{kind}", get_office_list(api, parts.sessions, parts.directory), {}},

      {get, "/api/orgs/{org}/capture", get_capture(api), open_to_all},
      {get, "/api/places", get_places(api.problems), open_to_all},
      {Method::post, "/api/receipts/check", post_receipts_check(api), recheck},

      {get, "/log/{log}/checkpoint", get_checkpoint(api), open_to_all},
      {get, "/log/{log}/witnesses", get_witnesses(api), open_to_all},
      {get, "/log/{log}/tile/{path...}", get_tile(api), open_to_all},
      {get, "/log/{log}/proof/{index}", get_proof(api), open_to_all},
      {get, "/log/{log}/consistency/{from}/{to}", get_consistency(api), open_to_all},
      {get, "/log/{log}/keys", get_keys(api), open_to_all},
      {get, "/log/{log}/rules/{sha256}", get_rules(api), open_to_all},

      {get, "/schemas/{name}", get_schema(api.problems), open_to_all},
      {get, "/openapi.json", get_openapi(), open_to_all},
      {get, "/healthz", get_health(), {}},
      {get, "/readyz", get_ready(api.ledger), {}},
      {get, "/metrics", get_metrics(api.ledger, api.problems, parts.signals), {}},
      {get, "/robots.txt", get_robots(), {}},
      {get, "/favicon.svg", get_favicon(), {}},
      {get, "/favicon.ico", get_favicon(), {}},
  };
  for (auto& route :
       rights_routes(api, schemas::Bundle::built_in(), parts.sessions, parts.rights)) {
    routes.push_back(std::move(route));
  }
  for (auto& route : passkey_routes(api, parts.sessions, parts.passkeys)) {
    routes.push_back(std::move(route));
  }
  for (auto& route : reminder_routes(api, parts.sessions, parts.reminders)) {
    routes.push_back(std::move(route));
  }
  for (auto& route :
       label_print_routes(
           api, {labels, parts.serials, desk->site(), parts.reports.clock, parts.takers})) {
    routes.push_back(std::move(route));
  }
  for (auto& route : report_routes(api, parts.sessions, parts.reports)) {
    routes.push_back(std::move(route));
  }
  for (auto& route : resolver_routes(parts.resolver)) {
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace nguon::server
