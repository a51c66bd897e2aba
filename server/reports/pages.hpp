#pragma once

#include "server/pages/layout.hpp"
#include "server/reports/report_desk.hpp"

#include <string>
#include <string_view>

namespace nguon::server {

// Pages of a report: each a whole one, complete without scripts.

/// First tap behind "report": what is wrong.
Page report_kinds_page(const PageContext& context, std::string_view serial);

/// What a form is filled with before it is sent, or sent back to be mended.
struct ReportForm {
  ReportKind kind = ReportKind::other;
  std::string seal;     ///< Of ReportGate.
  std::string text;     ///< As typed.
  std::string problem;  ///< Rule that sent it back; empty at first.
};
Page report_form_page(const PageContext& context, std::string_view serial, const ReportForm& form,
                      int status);
/// `seal`: for the button that takes words and photo back.
Page report_status_page(const PageContext& context, const ReportStatus& report,
                        std::string_view seal);
/// 404.
Page report_unknown_page(const PageContext& context);
/// Not taken, for a reason that no other form would mend.
Page report_refused_page(const PageContext& context, std::string_view serial, std::string_view rule,
                         int status);
/// Where the shopper is, by his own choice.
Page place_page(const PageContext& context, std::string_view serial, std::string_view seal);

}  // namespace nguon::server
