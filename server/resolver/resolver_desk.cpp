#include "server/resolver/resolver_desk.hpp"

#include "labels/ai_table.hpp"
#include "labels/digital_link.hpp"
#include "labels/percent.hpp"
#include "server/pages/answer_page.hpp"
#include "server/pages/negotiation.hpp"
#include "server/pages/product_ld.hpp"
#include "server/pages/product_page.hpp"
#include "server/resolver/choices_page.hpp"
#include "server/resolver/item_path.hpp"
#include "server/resolver/label_item.hpp"
#include "server/resolver/linkset.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace nguon::server {
namespace {

constexpr std::string_view linkset_context =
    "<https://ref.gs1.org/standards/resolver/linkset-context>; "
    "rel=\"http://www.w3.org/ns/json-ld#context\"; type=\"application/ld+json\"";

std::string_view header_of(const Request& request, std::string_view name) {
  return request.headers.find(name).value_or("");
}

/// Path and query: what may stand before them in a target is no part of the name.
std::string name_asked(const Request& request) {
  return request.query.empty() ? request.path : request.path + '?' + request.query;
}

bool asks_linkset(const Request& request, const std::string& type) {
  if (!type.empty()) return type == "linkset" || type == "all";
  const auto accept = header_of(request, "Accept");
  // Spares the hot path the weighing.
  return accept.find("linkset") != std::string_view::npos &&
         preferred(accept, {"text/html", linkset_json}) == linkset_json;
}

std::string asked_type(const Request& request) {
  if (request.query.empty()) return {};
  return link_type(request.query_value("linkType").value_or(""));
}

/// `query` behind the address, before its fragment.
std::string with_query(const std::string& href, std::string_view query) {
  if (query.empty()) return href;
  const auto hash = std::min(href.find('#'), href.size());
  std::string to = href.substr(0, hash);
  to += to.find('?') == std::string::npos ? '?' : '&';
  return to.append(query).append(href, hash);
}

void add_vary(Response& response) {
  response.headers.emplace_back("Vary", "Accept, Accept-Language");
}

LinkWishes wishes_of(const Request& request) {
  return {header_of(request, "Accept-Language"), header_of(request, "Accept"), {}};
}

/// Levels of our own scheme with those that name the same after a GTIN or another key was obtained, so
/// that what was printed before answers as what is printed now: each level is followed by its twin.
ItemLevels with_same(const LinkTable& table, const ItemLevels& levels) {
  constexpr std::string_view batch = "/batch/";
  const auto same_as = [&table](const std::string& level) {
    const LinkItem* item = table.find(level);
    return item == nullptr ? std::string() : item->same_as;
  };
  const std::string& whole = levels.back();
  const std::string same = same_as(whole);
  ItemLevels all{levels.front()};
  if (levels.size() > 1) {
    std::string lot = same_as(levels.front());
    // Unless the file says otherwise a lot keeps its number.
    if (lot.empty() && same.starts_with("/01/")) {
      lot = same + "/10/" + levels.front().substr(whole.size() + batch.size());
    }
    if (!lot.empty()) all.push_back(lot);
    all.push_back(whole);
  }
  if (const auto twins = gs1_levels(same)) all.insert(all.end(), twins->begin(), twins->end());
  return all;
}

/// Our own pages are there in two languages and in two forms: who does not say gets what a shopper
/// gets.
LinkWishes for_shoppers(LinkWishes wishes) {
  if (wishes.languages.empty()) wishes.languages = "vi";
  if (wishes.media.empty() || wishes.media == "*/*") wishes.media = "text/html";
  return wishes;
}

struct GtinAndLot {
  std::string gtin, lot;  ///< As a person reads them; empty: none.
};

/// What the finest level that is GS1's names, if that is a GTIN or a lot of one and nothing else.
GtinAndLot gtin_and_lot(const ItemLevels& levels) {
  constexpr std::string_view key = "/01/", lot = "/10/";
  constexpr std::size_t end = key.size() + 14;
  const auto finest = std::find_if(levels.begin(), levels.end(),
                                   [&](const auto& level) { return level.starts_with(key); });
  if (finest == levels.end()) return {};
  const std::string_view rest = std::string_view(*finest).substr(end);
  if (!rest.empty() && (!rest.starts_with(lot) || rest.find('/', lot.size()) != rest.npos)) return {};
  GtinAndLot named{finest->substr(key.size(), 14), {}};
  if (!rest.empty()) named.lot = labels::percent_decode(rest.substr(lot.size())).value_or("");
  return named;
}

Response in_place(Page page, Lang lang) {
  Response response = reply(page.status, "text/html; charset=utf-8", std::move(page.html));
  response.content_security_policy = page_policy();
  response.headers.emplace_back("Content-Language", std::string(tag(lang)));
  return response;
}

bool likes_pages(const Request& request) {
  return header_of(request, "Accept").find("text/html") != std::string_view::npos;
}

bool only_for_programs(const Request& request) {
  const auto accept = header_of(request, "Accept");
  return accept.find("json") != std::string_view::npos &&
         !likes_pages(request);
}

}  // namespace

std::string ResolverDesk::root() const {
  const auto table = links_.table();
  return table->root().empty() ? pages_.site().label_origin : table->root();
}

ResolverDesk::Items ResolverDesk::known(const LinkTable& table, const ItemLevels& levels) {
  Items items;
  for (const std::string& level : levels) {
    const LinkItem* item = table.find(level);
    if (item == nullptr || item->links.empty()) continue;
    if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
  }
  return items;
}

Response ResolverDesk::gs1(const Request& request) {
  const labels::Link read = labels::read_target(request.path);
  const auto* malformed = std::get_if<labels::MalformedLink>(&read);
  if (const auto* product = std::get_if<labels::ProductLink>(&read)) {
    const std::string path = "/01/" + product->gtin +
                             (product->lot ? "/10/" + *product->lot : "") + "/21/" +
                             product->serial;
    // The page reads the path alone; what stands behind it has to hold all the same.
    if (!request.query.empty()) {
      const auto whole = gs1_levels(path + '?' + request.query);
      if (!whole) return bad_link(request, whole.error(), false);
    }
    return our_label(request, product->serial, product, path);
  }
  // Fourteen symbols that are one letter off one of ours are one of ours, mistyped.
  if (malformed != nullptr && malformed->reason == labels::Fault::mistyped) {
    return pages_.code(request);
  }
  const auto levels = gs1_levels(name_asked(request));
  if (!levels) return bad_link(request, levels.error(), malformed != nullptr);
  return name(request, *levels);
}

Response ResolverDesk::own(const Request& request) {
  const auto levels = own_levels(request.path);
  if (!levels) return bad_link(request, {labels::Gs1Rule::segment, {}}, false);
  return name(request, with_same(*links_.table(), *levels));
}

Response ResolverDesk::name(const Request& request, const ItemLevels& levels) {
  const auto table = links_.table();
  Items items = known(*table, levels);
  const std::string type = asked_type(request);
  const auto view = product_named(*table, levels);
  if (items.empty()) {
    // What the file says is said whether the store answers or not.
    if (!view) return unavailable(request, view.error());
    if (!*view) return unknown(request, gtin_and_lot(levels).gtin);
  }
  LinkItem ours;
  LinkWishes wishes = wishes_of(request);
  if (view && *view) {
    const bool page = (type.empty() || type == default_link) && !asks_linkset(request, type);
    if (page && items.empty()) return product(request, **view, levels.front());
    if (items.empty()) wishes = for_shoppers(wishes);
    ours = product_item(**view, pages_.site().label_origin);
    items.push_back(&ours);
  }
  return resolve(request, items, root() + levels.front(), type, wishes);
}

ledger::Result<std::optional<ProductView>> ResolverDesk::product_named(
    const LinkTable& table, const ItemLevels& levels) const {
  const std::optional<ProductView> none;
  const GtinAndLot named = gtin_and_lot(levels);
  const LinkItem* told = table.find("/01/" + named.gtin);
  const bool in_file = told != nullptr && !told->links.empty();
  if (named.gtin.empty() || in_file || is_restricted("/01/" + named.gtin)) return none;
  NGUON_TRY(auto view, product_(named.gtin, clock_.now_ms()));
  if (view) view->lot = named.lot;
  return view;
}

Response ResolverDesk::product(const Request& request, const ProductView& view,
                               const std::string& path) const {
  // The link to the other language is written from a path without escapes.
  const bool plain = path.find('%') == std::string::npos;
  const PageContext context = this->context(request, plain ? path : "/01/" + view.gtin);
  const bool machine =
      preferred(header_of(request, "Accept"), {"text/html", ld_json}) == ld_json;
  Response response = machine ? reply(200, std::string(ld_json), product_ld(view, context))
                              : in_place(product_page(view, context), context.lang);
  // A decision may be withdrawn, so browsers may keep a page but have to ask.
  response.cache_control = "no-cache";
  response.headers.emplace_back("Link", linkset_field(root() + path));
  add_vary(response);
  return response;
}

Response ResolverDesk::label(const Request& request) {
  const labels::Link read = labels::read_target(request.path);
  const auto* ours = std::get_if<labels::SerialLink>(&read);
  if (ours == nullptr) return pages_.code(request);
  return our_label(request, ours->serial, nullptr, "/Q/" + ours->serial);
}

Response ResolverDesk::our_label(const Request& request, const std::string& serial,
                                 const labels::ProductLink* product, const std::string& path) {
  const std::string type = asked_type(request);
  const bool page = type.empty() || type == default_link;
  if (page && !asks_linkset(request, type)) {
    Response response = pages_.scan(request, serial, product);
    if (response.status == 200) {
      response.headers.emplace_back("Link", linkset_field(pages_.site().label_origin + path));
    }
    return response;
  }
  const auto view = scan_(serial, product, clock_.now_ms());
  if (!view) return problems_.response(view.error());
  if (!*view) return nothing(request);
  const LinkItem item = label_item(**view, pages_.site().label_origin, path);
  Items items{&item};
  LinkItem ours;
  const auto table = links_.table();
  if (!(*view)->gtin.empty()) {
    std::vector<std::string> levels{"/01/" + (*view)->gtin};
    if (!(*view)->lot.empty()) levels.insert(levels.begin(), levels[0] + "/10/" + (*view)->lot);
    for (const LinkItem* other : known(*table, levels)) items.push_back(other);
    const auto goods = product_named(*table, levels);
    if (goods && *goods) {
      ours = product_item(**goods, pages_.site().label_origin);
      items.push_back(&ours);
    }
  }
  return resolve(request, items, item.path, type, for_shoppers(wishes_of(request)));
}

Response ResolverDesk::resolve(const Request& request, const Items& items,
                               const std::string& address,
                               const std::string& type, const LinkWishes& asked) const {
  if (items.empty()) return nothing(request);
  if (asks_linkset(request, type)) return linkset(items);
  LinkWishes wishes = asked;
  const std::string context =
      request.query.empty() ? std::string() : request.query_value("context").value_or("");
  wishes.context = context;
  if (type.empty() || type == default_link) {
    const ItemLink* link = choose_default(*items.front(), wishes);
    return link != nullptr ? redirect(request, *link, address) : nothing(request);
  }
  for (const LinkItem* item : items) {
    const auto links = choose(*item, type, wishes);
    if (links.size() == 1) return redirect(request, *links.front(), address);
    if (!links.empty()) return choices(request, *item, links);
  }
  return nothing(request);
}

Response ResolverDesk::redirect(const Request& request, const ItemLink& link,
                                const std::string& address) {
  Response response;
  response.status = 307;
  response.cache_control = "no-cache";
  response.headers.emplace_back("Location",
                                link.forwards_query ? with_query(link.href, request.query)
                                                    : link.href);
  response.headers.emplace_back("Link", linkset_field(address));
  add_vary(response);
  return response;
}

Response ResolverDesk::linkset(const Items& items) const {
  Response response = reply(200, std::string(linkset_json), write_linkset(root(), items));
  response.cache_control = "no-cache";
  response.headers.emplace_back("Link", std::string(linkset_context));
  add_vary(response);
  return response;
}

Response ResolverDesk::choices(const Request& request, const LinkItem& item,
                               const std::vector<const ItemLink*>& links) const {
  LinkItem few{item.path, item.description, {}, {}};
  for (const ItemLink* link : links) few.links.push_back(*link);
  Response response = linkset({&few});
  if (preferred(header_of(request, "Accept"), {linkset_json, "text/html"}) == "text/html") {
    const PageContext context = this->context(request, "/");
    response = in_place(choices_page(context, few), context.lang);
    add_vary(response);
  }
  response.status = 300;
  return response;
}

PageContext ResolverDesk::context(const Request& request, std::string path) const {
  const Lang lang = lang_of(request.query_value("lang").value_or(""));
  std::string address = pages_.site().label_origin + (path == "/" ? "" : path);
  return {pages_.site(), lang, std::move(path), std::move(address), clock_.now_ms()};
}

Response ResolverDesk::bad_link(const Request& request, const labels::Gs1Fault& fault,
                                bool has_page) {
  if (has_page && !only_for_programs(request)) return pages_.code(request);
  return pages_.refuse(request, 400, ledger::invalid("resolver.link", {}, describe(fault)));
}

Response ResolverDesk::nothing(const Request& request) const {
  return pages_.refuse(request, 404, {ledger::Errc::not_found, "resolver.nothing", {}, {}});
}

Response ResolverDesk::unknown(const Request& request, const std::string& gtin) const {
  if (gtin.empty() || !likes_pages(request)) return nothing(request);
  const PageContext context = this->context(request, "/01/" + gtin);
  Response response = in_place(unknown_product_page(context, gtin), context.lang);
  response.cache_control = "no-store";
  add_vary(response);
  return response;
}

Response ResolverDesk::unavailable(const Request& request, const ledger::Error& error) const {
  if (!likes_pages(request)) return problems_.response(error);
  const PageContext context = this->context(request, "/");
  Response response = in_place(unavailable_page(context), context.lang);
  response.cache_control = "no-store";
  response.headers.emplace_back("Retry-After", "60");
  return response;
}

Response ResolverDesk::description() const {
  namespace json = boost::json;
  json::array keys;
  for (const auto& key : labels::primary_keys()) keys.push_back(json::string(key));
  const json::object object{
      {"name", "Nguon"},
      {"resolverRoot", root()},
      {"supportedPrimaryKeys", std::move(keys)},
      {"supportedLinkType",
       json::array{json::object{{"namespace", "https://gs1.org/voc/"}, {"prefix", "gs1"}}}},
      {"linkTypeDefaultCanBeLinkset", false}};
  Response response = reply(200, "application/json", json::serialize(object));
  response.cache_control = "no-cache";
  return response;
}

}  // namespace nguon::server
