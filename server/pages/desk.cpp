#include "server/pages/desk.hpp"

#include "labels/animal_tag.hpp"
#include "labels/serial.hpp"
#include "schemas/problems.hpp"
#include "server/http/target.hpp"
#include "server/pages/answer_page.hpp"
#include "server/pages/scan_page.hpp"
#include "server/signals/note.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

namespace nguon::server {
namespace {

template <class... Fs>
struct Overload : Fs... {
  using Fs::operator()...;
};

Response page_reply(int status, std::shared_ptr<const std::string> body, Lang lang,
                    bool personal = false) {
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(body);
  // A recall must reach whoever reloads, so browsers may keep a page but have to ask. One that
  // names persons is kept by nobody: their consent may end.
  response.cache_control = status == 200 && !personal ? "no-cache" : "no-store";
  response.content_security_policy = page_policy();
  response.headers.emplace_back("Content-Language", std::string(tag(lang)));
  if (status == 503) response.headers.emplace_back("Retry-After", "60");
  return response;
}

Response page_reply(Page page, Lang lang) {
  const int status = page.status;
  return page_reply(status, std::make_shared<const std::string>(std::move(page.html)), lang);
}

/// A page's own path for its language link; codes we could not read lead home instead of into a
/// maze of encodings.
std::string path_of_typed(std::string_view typed) {
  const bool plain = !typed.empty() && std::all_of(typed.begin(), typed.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
  return plain ? "/Q/" + std::string(typed) : "/";
}

char letter_of(labels::LinkKind kind) {
  if (kind == labels::LinkKind::note) return 'N';
  return kind == labels::LinkKind::enrol ? 'E' : 'C';
}

}  // namespace

PageDesk::PageDesk(Site site, PageSources sources, const ledger::Clock& clock,
                   const Problems& problems, std::size_t kept_pages)
    : site_(std::move(site)),
      sources_(std::move(sources)),
      clock_(clock),
      problems_(problems),
      kept_(kept_pages) {}

PageContext PageDesk::context(const Request& request, std::string path) const {
  const Lang lang = lang_of(request.query_value("lang").value_or(""));
  std::string address = site_.label_origin + path;
  return {site_, lang, std::move(path), std::move(address), clock_.now_ms()};
}

Response PageDesk::kept_or(const PageContext& context,
                           const std::function<ledger::Result<std::optional<Rendered>>()>& render,
                           const std::function<Page()>& otherwise) {
  const std::string key = context.path + std::string(tag(context.lang));
  const std::string day = vietnam_date(context.now_ms);
  // Before rendering: a page made while an entry is added may be too old, never marked too new.
  const std::uint64_t generation = sources_.generation();
  const std::shared_ptr<const KeptPage> known = kept_.find(key);
  if (known && known->generation == generation && known->day == day) {
    return page_reply(known->page.status, known->body, context.lang, known->personal);
  }
  ledger::Result<std::optional<Rendered>> rendered = render();
  if (!rendered) {
    if (!known) return page_reply(unavailable_page(context), context.lang);
    return page_reply(with_stale_notice(known->page, context.lang, known->rendered_ms),
                      context.lang);
  }
  if (!*rendered) return page_reply(otherwise(), context.lang);
  Rendered& shown = **rendered;
  auto body = std::make_shared<const std::string>(shown.page.html);
  const int status = shown.page.status;
  const bool personal = shown.nameless.has_value();
  KeptPage kept{personal ? std::move(*shown.nameless) : std::move(shown.page),
                body,
                personal,
                generation,
                day,
                context.now_ms};
  kept_.keep(key, std::make_shared<const KeptPage>(std::move(kept)));
  return page_reply(status, std::move(body), context.lang, personal);
}

Response PageDesk::scan(const Request& request, const std::string& serial,
                        const labels::ProductLink* product) {
  std::string path = "/Q/" + serial;
  if (product != nullptr) {
    path = "/01/" + product->gtin + (product->lot ? "/10/" + *product->lot : "") + "/21/" + serial;
  }
  const PageContext context = this->context(request, std::move(path));
  Response response = kept_or(
      context,
      [&]() -> ledger::Result<std::optional<Rendered>> {
        NGUON_TRY(std::optional<ScanView> view, sources_.scan(serial, product, context.now_ms));
        if (!view) return std::optional<Rendered>();
        Rendered rendered{scan_page(*view, context), {}};
        if (!view->growers.empty()) {
          view->growers.clear();
          rendered.nameless = scan_page(*view, context);
        }
        return std::optional<Rendered>(std::move(rendered));
      },
      [&] {
        return never_issued_page(context, serial, sources_.never_issued(serial, context.now_ms));
      });
  // What is kept is the same for all; what was counted is filled in after.
  if (response.status == 200 && sources_.signals && request.method == Method::get) {
    if (const auto view = sources_.signals(request, serial)) {
      response.body = with_signals(response.body_view(), *view, serial, context.lang);
    }
  }
  return response;
}

Response PageDesk::animal(const Request& request, const std::string& tag) {
  const PageContext context = this->context(request, "/T/" + tag);
  return kept_or(
      context,
      [&]() -> ledger::Result<std::optional<Rendered>> {
        NGUON_TRY(const std::optional<AnimalView> view, sources_.animal(tag, context.now_ms));
        if (!view) return std::optional<Rendered>();
        return std::optional<Rendered>(Rendered{animal_page(*view, context), {}});
      },
      [&] { return unknown_animal_page(context, tag); });
}

Response PageDesk::code(const Request& request) {
  const std::string typed = request.segments.empty() ? std::string() : request.segments.back();
  const auto not_in_use = [&](labels::LinkKind kind) {
    const PageContext context = this->context(request, "/");
    return page_reply(not_in_use_page(context, letter_of(kind)), context.lang);
  };
  const auto malformed = [&](const labels::MalformedLink& link) {
    const PageContext context = this->context(request, path_of_typed(typed));
    using Kind = labels::LinkKind;
    if (link.kind == Kind::note || link.kind == Kind::enrol || link.kind == Kind::carton) {
      return not_in_use(link.kind);
    }
    if (link.kind == Kind::tag) return page_reply(malformed_tag_page(context, typed), context.lang);
    if (link.kind == Kind::product && link.reason == labels::Fault::wrong_check_digit) {
      return page_reply(broken_link_page(context), context.lang);
    }
    return page_reply(mistyped_page(context, typed), context.lang);
  };
  return std::visit(
      Overload{
          [&](const labels::SerialLink& link) { return scan(request, link.serial, nullptr); },
          [&](const labels::ProductLink& link) { return scan(request, link.serial, &link); },
          [&](const labels::TagLink& link) { return animal(request, link.tag); },
          [&](const labels::NoteLink&) { return not_in_use(labels::LinkKind::note); },
          [&](const labels::EnrolLink&) { return not_in_use(labels::LinkKind::enrol); },
          [&](const labels::CartonLink&) { return not_in_use(labels::LinkKind::carton); },
          malformed,
          [&](const labels::NotOurs&) { return refuse(request, 404, {}); },
      },
      labels::read_target(request.path));
}

Response PageDesk::home(const Request& request) const {
  const PageContext context = this->context(request, "/");
  return page_reply(home_page(context), context.lang);
}

Response PageDesk::look_up(const Request& request) const {
  const std::string typed = request.query_value("s").value_or("");
  std::string to;
  if (const auto serial = labels::read_serial(typed)) {
    to = "/Q/" + *serial;
  } else if (const auto tag = labels::read_animal_tag(typed)) {
    to = "/T/" + *tag;
  }
  const PageContext context = this->context(request, path_of_typed(typed));
  if (to.empty()) return page_reply(mistyped_page(context, typed), context.lang);
  Response response;
  response.status = 303;
  if (context.lang == Lang::en) to += "?lang=en";
  response.headers.emplace_back("Location", std::move(to));
  return response;
}

Response PageDesk::problem(const Request& request, std::string_view rule) const {
  const PageContext context = this->context(request, "/problems/" + std::string(rule));
  const schemas::Problem* known = schemas::find_problem(rule);
  std::string_view sentence;
  if (known != nullptr) sentence = context.lang == Lang::en ? known->en : known->vi;
  return page_reply(problem_page(context, rule, sentence), context.lang);
}

Response PageDesk::refuse(const Request& request, int status, const ledger::Error& error) const {
  const auto accept = request.headers.find("Accept");
  const bool person = accept && accept->find("text/html") != std::string_view::npos;
  const ledger::Error shown =
      error.rule.empty() ? ledger::Error{ledger::Errc::not_found, "http.not-found", {}, {}} : error;
  if (!person || (status != 404 && status != 400)) return problems_.response(status, shown);
  const PageContext context = this->context(request, "/");
  Page page = status == 404 ? not_found_page(context) : mistyped_page(context, {});
  return page_reply(std::move(page), context.lang);
}

}  // namespace nguon::server
