#include "server/resolver/link_item.hpp"

namespace nguon::server {

std::string link_type(std::string_view asked) {
  for (const std::string_view same :
       {"gs1:", "https://gs1.org/voc/", "http://gs1.org/voc/", "https://www.gs1.org/voc/",
        "http://www.gs1.org/voc/", "https://ref.gs1.org/voc/", "http://ref.gs1.org/voc/"}) {
    if (asked.starts_with(same)) {
      return "https://gs1.org/voc/" + std::string(asked.substr(same.size()));
    }
  }
  return std::string(asked);
}

}  // namespace nguon::server
