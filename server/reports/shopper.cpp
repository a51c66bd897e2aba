#include "server/reports/shopper.hpp"

#include "labels/serial.hpp"
#include "schemas/places.hpp"
#include "server/pages/answer_page.hpp"
#include "server/reports/form_body.hpp"
#include "server/reports/pages.hpp"
#include "server/reports/photo.hpp"
#include "server/sheets/cell_text.hpp"

#include <algorithm>
#include <utility>

namespace nguon::server {
namespace {

using Standing = ReportGate::Standing;

Response page_response(Page page, Lang lang) {
  Response response = reply(page.status, "text/html; charset=utf-8", std::move(page.html));
  response.content_security_policy = page_policy();
  response.headers.emplace_back("Content-Language", std::string(tag(lang)));
  if (page.status == 429) response.headers.emplace_back("Retry-After", "3600");
  if (page.status == 503) response.headers.emplace_back("Retry-After", "60");
  return response;
}

Response see_other(std::string path, Lang lang) {
  Response response;
  response.status = 303;
  if (lang == Lang::en) path += "?lang=en";
  response.headers.emplace_back("Location", std::move(path));
  return response;
}

PageContext context_of(const ReportParts& parts, Lang lang, std::string path) {
  std::string address = parts.site.label_origin + path;
  return {parts.site, lang, std::move(path), std::move(address), parts.clock.now_ms()};
}

Lang asked_lang(const Request& request) {
  return lang_of(request.query_value("lang").value_or(""));
}

Response mistyped(const ReportParts& parts, Lang lang, std::string_view typed) {
  return page_response(mistyped_page(context_of(parts, lang, "/"), typed), lang);
}

/// A form that another site made this browser send. There is no cookie here that it could use, but
/// a report is a person's word.
bool from_elsewhere(const Request& request) {
  return request.headers.find("Sec-Fetch-Site").value_or("") == "cross-site";
}

struct Sent {
  std::vector<FormPart> parts;
  Lang lang = Lang::vi;
  std::string seal;
};

/// Errors: `report.form`, also for whoever filled in what nobody sees.
ledger::Result<Sent> sent_form(const Request& request) {
  if (from_elsewhere(request)) return ledger::invalid("report.form", {}, "from another site");
  Sent sent;
  NGUON_TRY(sent.parts,
            read_form(request.headers.find("Content-Type").value_or(""), request.body));
  if (!field_of(sent.parts, "web").empty()) return ledger::invalid("report.form", {}, "the trap");
  sent.lang = lang_of(field_of(sent.parts, "lang"));
  sent.seal = field_of(sent.parts, "seal");
  return sent;
}

/// What is typed, as far as it can be kept; browsers end lines with CR LF.
std::optional<std::string> words_of(std::string_view typed) {
  if (!is_utf8(typed)) return std::nullopt;
  std::string text;
  for (const char c : typed) {
    if (c == '\r') continue;
    text += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
  }
  const std::size_t last = text.find_last_not_of(" \n");
  text.resize(last == std::string::npos ? 0 : last + 1);
  if (text.size() > max_report_text) return std::nullopt;
  return text;
}

std::string_view rule_of(Standing standing) {
  return standing == Standing::too_soon ? "report.too-soon" : "report.stale";
}

}  // namespace

Response answer_kinds_or_form(const ReportParts& parts, const Request& request,
                              std::string_view typed) {
  const Lang lang = asked_lang(request);
  const auto serial = labels::read_serial(typed);
  if (!serial) return mistyped(parts, lang, typed);
  const PageContext context = context_of(parts, lang, "/R/" + *serial);
  const auto kind = report_kind_of(request.query_value("k").value_or(""));
  if (!kind) return page_response(report_kinds_page(context, *serial), lang);
  const ReportForm form{*kind, parts.gate.seal(*serial), {}, {}};
  return page_response(report_form_page(context, *serial, form, 200), lang);
}

Response take_report(const ReportParts& parts, const Request& request, std::string_view typed) {
  const auto serial = labels::read_serial(typed);
  const auto sent = sent_form(request);
  const Lang lang = sent ? sent->lang : Lang::vi;
  if (!serial) return mistyped(parts, lang, typed);
  const PageContext context = context_of(parts, lang, "/R/" + *serial);
  const auto refused = [&](std::string_view rule, int status) {
    return page_response(report_refused_page(context, *serial, rule, status), lang);
  };
  if (!sent) return refused(sent.error().rule, 400);
  const auto kind = report_kind_of(field_of(sent->parts, "kind"));
  if (!kind) return refused("report.form", 400);
  const auto words = words_of(field_of(sent->parts, "text"));
  const auto mend = [&](std::string_view rule) {
    const ReportForm form{*kind, parts.gate.seal(*serial), words.value_or(""), std::string(rule)};
    return page_response(report_form_page(context, *serial, form, 400), lang);
  };
  if (!words) return mend("report.text");
  const Standing standing = parts.gate.check(sent->seal, *serial);
  if (standing != Standing::good) return mend(rule_of(standing));
  const auto owner = parts.owner(*serial);
  if (!owner) return page_response(unavailable_page(context), lang);
  const auto entered = parts.gate.enter(request.peer, *serial);
  if (!entered) return refused(entered.error().rule, 429);
  NewReport report{*serial, *owner, *kind, *words, {}};
  if (const std::string_view photo = field_of(sent->parts, "photo"); !photo.empty()) {
    auto clean = clean_photo(photo);
    if (!clean) return mend(clean.error().rule);
    report.photo = std::move(*clean);
  }
  const auto taken = parts.desk.take(std::move(report), sent->seal);
  if (!taken) return refused("report.not-kept", 503);
  return see_other("/R/status/" + taken->code, lang);
}

Response answer_status(const ReportParts& parts, const Request& request, std::string_view typed) {
  const Lang lang = asked_lang(request);
  const auto code = read_report_code(typed);
  const auto report = code ? parts.desk.find(*code) : std::nullopt;
  const PageContext context =
      context_of(parts, lang, report ? "/R/status/" + *code : std::string("/"));
  if (!report) return page_response(report_unknown_page(context), lang);
  return page_response(report_status_page(context, *report, parts.gate.seal(*code)), lang);
}

Response take_back_report(const ReportParts& parts, const Request& request,
                          std::string_view typed) {
  const auto sent = sent_form(request);
  const Lang lang = sent ? sent->lang : Lang::vi;
  const auto code = read_report_code(typed);
  const PageContext context = context_of(parts, lang, "/");
  if (!code || !sent || !parts.desk.find(*code)) {
    return page_response(report_unknown_page(context), lang);
  }
  if (parts.gate.check(sent->seal, *code) != Standing::stale && !parts.desk.take_back(*code)) {
    return page_response(unavailable_page(context), lang);
  }
  // After a seal that was too old the page has a new one, and the button again.
  return see_other("/R/status/" + *code, lang);
}

Response answer_place(const ReportParts& parts, const Request& request, std::string_view typed) {
  const Lang lang = asked_lang(request);
  const auto serial = labels::read_serial(typed);
  if (!serial) return mistyped(parts, lang, typed);
  const PageContext context = context_of(parts, lang, "/R/" + *serial + "/place");
  if (parts.signals == nullptr) return page_response(not_found_page(context), lang);
  return page_response(place_page(context, *serial, parts.gate.seal(*serial)), lang);
}

Response take_place(const ReportParts& parts, const Request& request, std::string_view typed) {
  const auto sent = sent_form(request);
  const Lang lang = sent ? sent->lang : Lang::vi;
  const auto serial = labels::read_serial(typed);
  if (!serial) return mistyped(parts, lang, typed);
  const PageContext context = context_of(parts, lang, "/R/" + *serial + "/place");
  if (parts.signals == nullptr) return page_response(not_found_page(context), lang);
  const auto again = [&] {
    Page page = place_page(context, *serial, parts.gate.seal(*serial));
    page.status = 400;
    return page_response(std::move(page), lang);
  };
  if (!sent || parts.gate.check(sent->seal, *serial) == Standing::stale) return again();
  const std::string_view code = field_of(sent->parts, "province");
  if (!schemas::find_province(code)) return again();
  const auto owner = parts.owner(*serial);
  if (!owner) return page_response(unavailable_page(context), lang);
  Visit visit{request.peer, request.headers.find("User-Agent").value_or("")};
  visit.stated = static_cast<Province>((code[0] - '0') * 10 + (code[1] - '0'));
  visit.bought = field_of(sent->parts, "bought") == "1";
  visit.again = true;
  // What was never issued is not counted: guesses must not fill the store.
  if (!owner->empty()) parts.signals->count(*serial, visit);
  return see_other("/Q/" + *serial, lang);
}

}  // namespace nguon::server
