#pragma once

#include "server/pages/catalogue.hpp"
#include "server/pages/markup.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What a field asks for; server/app/console/fields.mjs reads each kind back.
enum class FieldKind : std::uint8_t {
  text,
  phone,   ///< Digits, blanks and a plus sign.
  code,    ///< Verbatim: no correction by the keyboard.
  gtin,    ///< 8 to 14 digits, the last of which checks the others.
  number,  ///< Whole, such as a year.
  amount,  ///< `12,5` or `12.5`.
  date,
  place,     ///< A commune, searched while it is typed.
  choice,    ///< One of `choices`, words under `choice.<name>.<value>`.
  crop,      ///< One of the bundle's chains.
  stage,     ///< Crop and stage in one, `coffee/cherry`.
  variety,   ///< `coffee/catimor`.
  person,    ///< A member of this organisation.
  point,     ///< One position, typed or taken from this device.
  ring,      ///< Corners, one a line.
  products,  ///< Any of this organisation's.
  file,      ///< A PDF or a picture, kept by this device until the service holds it.
  list,      ///< Up to `most` items, each with the fields of `parts`.
};

struct ConsoleField {
  std::string_view name;
  FieldKind kind = FieldKind::text;
  bool required = false;
  std::vector<std::string_view> choices;
  std::vector<ConsoleField> parts = {};
  int most = 0;
};

/// A form of one page. Label of a field: `form.<form>.<field>`, with `.hint` behind it where there
/// is more to say; of a part `form.<form>.<list>.<part>`. A list also has `.add`, the words of its
/// button, and `.one`, what one item is called.
struct ConsoleForm {
  std::string_view name;
  std::string_view page;
  std::vector<ConsoleField> fields;
};

const std::vector<ConsoleForm>& console_forms();

/// A whole `<form>`, hidden until its module shows it.
void write_form(Html& html, const Catalogue& texts, Lang lang, const ConsoleForm& form);

}  // namespace nguon::server
