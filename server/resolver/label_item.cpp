#include "server/resolver/label_item.hpp"

#include "server/pages/catalogue.hpp"
#include "server/pages/product_ld.hpp"

#include <utility>

namespace nguon::server {

namespace {

void add(LinkItem& item, std::string type, std::string href, const std::string& title,
         std::string media, std::vector<std::string> languages) {
  // Each leads to the page itself, so the question that led there is not handed on: it would lead
  // there again.
  item.links.push_back({std::move(type), std::move(href), title, std::move(media),
                        std::move(languages), {}, false});
}

/// A page of ours, first by default, then by language and for machines.
void add_page(LinkItem& item, const std::string& page) {
  const std::string& vi = catalogue(Lang::vi)["resolver.page"];
  const std::string& en = catalogue(Lang::en)["resolver.page"];
  add(item, std::string(default_link), page, vi, {}, {});
  add(item, link_type("gs1:pip"), page, vi, "text/html", {"vi"});
  add(item, link_type("gs1:pip"), page + "?lang=en", en, "text/html", {"en"});
  add(item, link_type("gs1:pip"), page, vi, std::string(ld_json), {});
}

}  // namespace

LinkItem label_item(const ScanView& view, std::string_view origin, const std::string& path) {
  const std::string page = std::string(origin) + path;
  const std::string& vi = catalogue(Lang::vi)["resolver.page"];
  LinkItem item;
  item.path = page;
  item.description = view.product.empty() ? vi : view.product;
  if (!view.lot.empty()) item.description += " · " + view.lot;
  add_page(item, page);
  add(item, link_type("gs1:recallStatus"), page, vi, "text/html", {"vi"});
  if (view.proof) {
    add(item, link_type("gs1:traceability"),
        std::string(origin) + "/api/batches/" + view.proof->subject,
        catalogue(Lang::vi)["resolver.chain"], "application/json", {});
  }
  return item;
}

LinkItem product_item(const ProductView& view, std::string_view origin) {
  LinkItem item;
  item.path = "/01/" + view.gtin;
  item.description = view.product;
  add_page(item, std::string(origin) + item.path);
  return item;
}

}  // namespace nguon::server
