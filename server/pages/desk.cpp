#include "server/pages/desk.hpp"

#include "labels/animal_tag.hpp"
#include "labels/serial.hpp"
#include "schemas/problems.hpp"
#include "server/api/conditional.hpp"
#include "server/api/encoded.hpp"
#include "server/http/target.hpp"
#include "server/pages/answer_page.hpp"
#include "server/pages/negotiation.hpp"
#include "server/pages/product_ld.hpp"
#include "server/pages/scan_page.hpp"

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

template <class Body>
Response page_response(int status, Body body, Lang lang, bool personal) {
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(body);
  // A recall must reach whoever reloads, so browsers may keep a page but have to ask. One that
  // names persons is kept by nobody: their consent may end.
  response.cache_control = status == 200 && !personal ? "no-cache" : "no-store";
  response.content_security_policy = page_policy();
  response.headers.reserve(4);  // A label's: language, coding, Vary, Link.
  response.headers.emplace_back("Content-Language", std::string(tag(lang)));
  if (status == 503) response.headers.emplace_back("Retry-After", "60");
  return response;
}

Response page_reply(const Request& request, Page page, Lang lang) {
  return encoded(accept_encoding(request),
                 page_response(page.status, std::move(page.html), lang, false));
}

/// As kept, in the coding that this client takes.
Response kept_reply(const Request& request, const KeptPage& kept, Lang lang) {
  const bool packed = kept.gzip && takes_gzip(accept_encoding(request));
  Response response = page_response(kept.status, packed ? kept.gzip : kept.body, lang, false);
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  return response;
}

/// The same of a label, with its serial and what was counted of it.
Response label_reply(const Request& request, const KeptLabelPage& kept, std::string_view serial,
                     const SignalView* seen, Lang lang) {
  const bool packed = takes_gzip(accept_encoding(request));
  Response response = page_response(200, kept.page->fill(serial, seen, packed), lang, kept.personal);
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  response.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  return response;
}

Response answer(const Request& request, const PageDesk::Kept& kept, Lang lang) {
  return std::visit(Overload{
                        [&](const std::shared_ptr<const KeptPage>& page) {
                          return kept_reply(request, *page, lang);
                        },
                        [&](const Page& page) { return page_reply(request, page, lang); },
                    },
                    kept);
}

bool wants_ld(const Request& request) {
  return preferred(request.headers.find("Accept").value_or(""), {"text/html", ld_json}) == ld_json;
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
      kept_(kept_pages),
      labels_(sources_, kept_pages) {}

PageContext PageDesk::context(const Request& request, std::string path) const {
  const Lang lang = lang_of(request.query_value("lang").value_or(""));
  std::string address = site_.label_origin + path;
  return {site_, lang, std::move(path), std::move(address), clock_.now_ms()};
}

PageDesk::Kept PageDesk::kept_or(
    const PageContext& context,
    const std::function<ledger::Result<std::optional<Rendered>>()>& render,
    const std::function<Page()>& otherwise) {
  const std::string key = context.path + std::string(tag(context.lang));
  const std::string day = vietnam_date(context.now_ms);
  // Before rendering: a page made while an entry is added may be too old, never marked too new.
  const std::uint64_t generation = sources_.generation();
  const std::shared_ptr<const KeptPage> known = kept_.find(key);
  if (known && known->generation == generation && known->day == day) {
    return known;
  }
  ledger::Result<std::optional<Rendered>> rendered = render();
  if (!rendered) {
    if (!known) return unavailable_page(context);
    return with_stale_notice(known->again(context), context.lang, known->rendered_ms);
  }
  if (!*rendered) return otherwise();
  Rendered& shown = **rendered;
  KeptPage kept;
  if (auto packed = gzip(shown.page.html)) {
    kept.gzip = std::make_shared<const std::string>(std::move(*packed));
  }
  kept.body = std::make_shared<const std::string>(std::move(shown.page.html));
  kept.status = shown.page.status;
  kept.again = std::move(shown.again);
  kept.generation = generation;
  kept.day = day;
  kept.rendered_ms = context.now_ms;
  const auto page = std::make_shared<const KeptPage>(std::move(kept));
  kept_.keep(key, page);
  return page;
}

Response PageDesk::scan(const Request& request, const std::string& serial,
                        const labels::ProductLink* product) {
  std::string path = "/Q/" + serial;
  if (product != nullptr) {
    path = "/01/" + product->gtin + (product->lot ? "/10/" + *product->lot : "") + "/21/" + serial;
  }
  const PageContext context = this->context(request, std::move(path));
  if (wants_ld(request)) return scan_ld(context, serial, product);
  const LabelPages::Found found = labels_.find(context, serial, product);
  if (const auto* page = std::get_if<Page>(&found)) {
    return page_reply(request, *page, context.lang);
  }
  std::optional<SignalView> seen;
  if (sources_.signals && request.method == Method::get) seen = sources_.signals(request, serial);
  return label_reply(request, *std::get<0>(found), serial, seen ? &*seen : nullptr, context.lang);
}

Response PageDesk::scan_ld(const PageContext& context, const std::string& serial,
                           const labels::ProductLink* product) const {
  const auto view = sources_.scan(serial, product, context.now_ms);
  if (!view) return problems_.response(view.error());
  if (!*view) {
    return problems_.response({ledger::Errc::not_found, "http.not-found", {}, {}});
  }
  Response response = reply(200, std::string(ld_json), product_ld(**view, context));
  response.cache_control = "no-cache";
  response.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  return response;
}

Response PageDesk::animal(const Request& request, const std::string& tag) {
  const PageContext context = this->context(request, "/T/" + tag);
  const Kept kept = kept_or(
      context,
      [&]() -> ledger::Result<std::optional<Rendered>> {
        NGUON_TRY(std::optional<AnimalView> view, sources_.animal(tag, context.now_ms));
        if (!view) return std::optional<Rendered>();
        Rendered rendered{animal_page(*view, context), {}};
        view->map.cells.clear();
        rendered.again = [known = std::move(*view)](const PageContext& later) {
          return animal_page(known, later);
        };
        return std::optional<Rendered>(std::move(rendered));
      },
      [&] { return unknown_animal_page(context, tag); });
  return answer(request, kept, context.lang);
}

Response PageDesk::code(const Request& request) {
  const std::string typed = request.segments.empty() ? std::string() : request.segments.back();
  const auto not_in_use = [&](labels::LinkKind kind) {
    const PageContext context = this->context(request, "/");
    return page_reply(request, not_in_use_page(context, letter_of(kind)), context.lang);
  };
  const auto malformed = [&](const labels::MalformedLink& link) {
    const PageContext context = this->context(request, path_of_typed(typed));
    using Kind = labels::LinkKind;
    if (link.kind == Kind::note || link.kind == Kind::enrol || link.kind == Kind::carton) {
      return not_in_use(link.kind);
    }
    if (link.kind == Kind::tag)
      return page_reply(request, malformed_tag_page(context, typed), context.lang);
    if (link.kind == Kind::product && link.reason == labels::Fault::wrong_check_digit) {
      return page_reply(request, broken_link_page(context), context.lang);
    }
    return page_reply(request, mistyped_page(context, typed), context.lang);
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
  return page_reply(request, home_page(context), context.lang);
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
  if (to.empty()) return page_reply(request, mistyped_page(context, typed), context.lang);
  Response response;
  response.status = 303;
  if (context.lang == Lang::en) to += "?lang=en";
  response.headers.emplace_back("Location", std::move(to));
  return response;
}

Response PageDesk::preview(const Request& request, std::string_view product) {
  auto text = sources_.preview(std::string(product));
  if (!text) return problems_.response(text.error());
  if (!*text) return problems_.response({ledger::Errc::not_found, "http.not-found", {}, {}});
  const Catalogue& texts = catalogue(Lang::vi);
  labels::PreviewText& words = **text;
  words.lead = texts["preview.lead"];
  if (site_.demo) words.note = texts["site.demo"];
  const auto picture = pictures_.draw(words);
  if (!picture) return problems_.response({ledger::Errc::not_found, "http.not-found", {}, {}});
  Response response;
  response.content_type = "image/png";
  response.body = picture;
  response.cache_control = "public, max-age=86400";
  return conditional(if_none_match(request), std::move(response));
}

Response PageDesk::problem(const Request& request, std::string_view rule) const {
  const PageContext context = this->context(request, "/problems/" + std::string(rule));
  const schemas::Problem* known = schemas::find_problem(rule);
  std::string_view sentence;
  if (known != nullptr) sentence = context.lang == Lang::en ? known->en : known->vi;
  return page_reply(request, problem_page(context, rule, sentence), context.lang);
}

Response PageDesk::refuse(const Request& request, int status, const ledger::Error& error) const {
  const auto accept = request.headers.find("Accept");
  const bool person = accept && accept->find("text/html") != std::string_view::npos;
  const ledger::Error shown =
      error.rule.empty() ? ledger::Error{ledger::Errc::not_found, "http.not-found", {}, {}} : error;
  if (!person || (status != 404 && status != 400)) return problems_.response(status, shown);
  const PageContext context = this->context(request, "/");
  Page page = status == 404 ? not_found_page(context) : mistyped_page(context, {});
  return page_reply(request, std::move(page), context.lang);
}

}  // namespace nguon::server
