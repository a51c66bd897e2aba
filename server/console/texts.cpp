#include "server/console/texts.hpp"

#include "server/console_embedded.hpp"

namespace nguon::server {

const Catalogue& console_texts(Lang lang) {
  static const Catalogue vietnamese{console_texts_vi};
  static const Catalogue english{console_texts_en};
  return lang == Lang::en ? english : vietnamese;
}

}  // namespace nguon::server
