#include "server/resolver/label_item.hpp"

#include "server/pages/catalogue.hpp"
#include "server/pages/product_ld.hpp"

namespace nguon::server {

LinkItem label_item(const ScanView& view, std::string_view origin, const std::string& path) {
  const std::string page = std::string(origin) + path;
  const std::string& vi = catalogue(Lang::vi)["resolver.page"];
  const std::string& en = catalogue(Lang::en)["resolver.page"];
  LinkItem item;
  item.path = page;
  item.description = view.product.empty() ? vi : view.product;
  if (!view.lot.empty()) item.description += " · " + view.lot;
  // Each leads to the page itself, so the question that led there is not handed on: it would lead
  // there again.
  const auto add = [&item](std::string type, std::string href, const std::string& title,
                           std::string media, std::vector<std::string> languages) {
    item.links.push_back({std::move(type), std::move(href), title, std::move(media),
                          std::move(languages), {}, false});
  };
  add(std::string(default_link), page, vi, {}, {});
  add(link_type("gs1:pip"), page, vi, "text/html", {"vi"});
  add(link_type("gs1:pip"), page + "?lang=en", en, "text/html", {"en"});
  add(link_type("gs1:pip"), page, vi, std::string(ld_json), {});
  add(link_type("gs1:recallStatus"), page, vi, "text/html", {"vi"});
  if (view.proof) {
    add(link_type("gs1:traceability"),
        std::string(origin) + "/api/batches/" + view.proof->subject,
        catalogue(Lang::vi)["resolver.chain"], "application/json", {});
  }
  return item;
}

}  // namespace nguon::server
