#pragma once

#include "schemas/chains.hpp"
#include "schemas/quantity.hpp"
#include "schemas/result.hpp"
#include "schemas/roles.hpp"
#include "schemas/type_schema.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace nguon::schemas {

/// The numbers of schemas/thresholds.json; see there for what each is drawn from.
struct Thresholds {
  std::int64_t label_allowance_numerator = 0;  ///< Labels allowed = floor(net · n / (pack · d)).
  std::int64_t label_allowance_denominator = 1;
  int ocop_months = 0;                   ///< How long an OCOP recognition lives.
  std::int64_t device_clock_skew_s = 0;  ///< |iat − recorded| above this is flagged.
  int balance_tolerance_permille = 0;    ///< Fresh goods: out may differ from in by this.
};

/// Everything a log's rules refer to besides code: one text, named by its SHA-256 in genesis and
/// rules.activate and published at /log/<n>/rules/<sha256>.
///   {"chains":…,"roles":…,"schemas":{"<type>/<major>":…},"thresholds":…,"units":…}
/// as canonical_json(). Immutable and thread-safe.
class Bundle {
 public:
  /// Compiles a bundle's text, which must be canonical. Errors: `bundle.*`.
  static Result<Bundle> parse(std::string_view text);
  /// This build's own bundle.
  static const std::string& built_in_text();
  static const Bundle& built_in();

  const std::string& text() const { return text_; }
  /// By the `type` claim ("batch.harvest/1"); null when this bundle does not know it.
  const TypeSchema* find(std::string_view type) const;
  const std::map<std::string, TypeSchema, std::less<>>& types() const { return types_; }
  const RoleTable& roles() const { return roles_; }
  const UnitTable& units() const { return units_; }
  const Chains& chains() const { return chains_; }
  const Thresholds& thresholds() const { return thresholds_; }

 private:
  std::string text_;
  std::map<std::string, TypeSchema, std::less<>> types_;
  RoleTable roles_;
  UnitTable units_;
  Chains chains_;
  Thresholds thresholds_;
};

}  // namespace nguon::schemas
