#pragma once

#include "labels/gs1_fault.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// What a request or an anchor names, as paths from the finest level up to the key: for
/// `/01/G/10/L/21/S` that path itself, `/01/G/10/L`, `/01/G`. Never empty.
using ItemLevels = std::vector<std::string>;

/// A GS1 Digital Link in origin form, `/01/…?…` (labels/FORMAT.md §11); values percent-encoded in one
/// way only, so that equal names are equal paths.
labels::Gs1Result<ItemLevels> gs1_levels(std::string_view target);

/// A path of our own scheme (README "Own names"), from either letter case; absent when it is none.
std::optional<ItemLevels> own_levels(std::string_view path);

/// A GTIN, or a GLN, in a range that is meaningful inside one company only (02, 04, 20–29): never
/// resolved in public, for it is not one thing's alone.
bool is_restricted(std::string_view gs1_path);

}  // namespace nguon::server
