#include "server/pages/icon.hpp"

#include "server/embedded.hpp"

namespace nguon::server {

Markup good_icon() { return embedded_icon_good; }

Markup warn_icon() { return embedded_icon_warn; }

Markup bad_icon() { return embedded_icon_bad; }

Markup question_icon() { return embedded_icon_question; }

Markup crop_icon(std::string_view crop) {
  if (crop == "passion_fruit") return embedded_icon_crop_passion_fruit;
  if (crop == "coffee") return embedded_icon_crop_coffee;
  if (crop == "orange") return embedded_icon_crop_orange;
  if (crop == "cattle") return embedded_icon_crop_cattle;
  return embedded_icon_crop_leaf;
}

Markup vouch_icon(Vouch vouch) {
  switch (vouch) {
    case Vouch::confirmed:
      return embedded_icon_vouch_confirmed;
    case Vouch::evidenced:
      return embedded_icon_vouch_evidenced;
    case Vouch::declared:
      break;
  }
  return embedded_icon_vouch_declared;
}

}  // namespace nguon::server
