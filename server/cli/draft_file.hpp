#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/maker.hpp"
#include "schemas/type_schema.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace nguon::server {

/// A draft as a person writes it:
/// `{"type":…,"sub":…,"prev":…,"from":[{"sub","head","qty":{"amount","unit"}}],"for":…,"iat":…,"data":{…}}`,
/// the claims of FORMAT.md "Entry" with private values plain; prev, from, for and iat may be
/// missing.
struct TypedDraft {
  std::string type;
  ledger::Draft draft;
};

/// `now` is the iat where none is given. Errors: `json.*`; `draft.member` with the field.
ledger::Result<TypedDraft> parse_draft(std::string_view text, std::int64_t now);

/// A draft of this type to fill in: every member its schema requires, the value saying what belongs
/// there, indented, with a final newline.
std::string draft_skeleton(const schemas::TypeSchema& type);

}  // namespace nguon::server
