#pragma once

#include "server/api/reports.hpp"

namespace nguon::server {

// What a shopper's requests about reports get. Plain functions over values; those that take a form
// may block.

Response answer_kinds_or_form(const ReportParts& parts, const Request& request,
                              std::string_view typed);
Response take_report(const ReportParts& parts, const Request& request, std::string_view typed);
Response answer_status(const ReportParts& parts, const Request& request, std::string_view typed);
Response take_back_report(const ReportParts& parts, const Request& request, std::string_view typed);
Response answer_place(const ReportParts& parts, const Request& request, std::string_view typed);
Response take_place(const ReportParts& parts, const Request& request, std::string_view typed);

}  // namespace nguon::server
