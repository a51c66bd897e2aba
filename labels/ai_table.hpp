#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// What the characters of a part may be (GS1 General Specifications §7.11).
enum class AiCharset {
  digits,
  text,       ///< the 82 characters
  component,  ///< the 39 of a component identifier
  token,      ///< base64url
};

/// What else must hold of a part; names as in ai_table.txt.
enum class AiCheck {
  check,
  pair,
  prefix,
  prefix2,
  date,
  date0,
  fulldate,
  time,
  hour,
  minute,
  country,
  country999,
  country2,
  escapes,
  bit,
  hyphen,
  nonzero,
  zero,
  winding,
  piece,
  iban,
  letter,
  importer,
  media,
  sex,
  birth,
  latitude,
  longitude,
  unpadded,
};

struct AiPart {
  AiCharset charset = AiCharset::digits;
  std::size_t shortest = 0;
  std::size_t longest = 0;
  bool optional = false;
  std::vector<AiCheck> checks;
};

/// One application identifier, a line of ai_table.txt.
struct Ai {
  std::string code;        ///< 2..4 digits
  bool fixed = false;      ///< Of predefined length: no FNC1 after it.
  bool attribute = false;  ///< May stand in a Digital Link's query.
  bool key = false;        ///< A primary key of a Digital Link.
  bool alone = false;      ///< Excludes every other AI with the same first three digits.
  std::vector<AiPart> parts;
  std::vector<std::vector<std::string>> qualifiers;  ///< Of a key: alternatives, each in order.
  std::vector<std::string> excludes;                 ///< Patterns.
  std::vector<std::vector<std::string>> partners;    ///< One of these groups is needed, if any.
};

/// The identifier of that code, or nullptr. Lives as long as the program.
const Ai* find_ai(std::string_view code);

/// The identifier whose code `text` begins with, or nullptr: no code begins another one.
const Ai* leading_ai(std::string_view text);

/// Codes of all primary keys, ascending.
std::vector<std::string> primary_keys();

/// `31nn` fits 3103: an `n` stands for any digit.
bool fits_pattern(std::string_view code, std::string_view pattern);

}  // namespace nguon::labels
