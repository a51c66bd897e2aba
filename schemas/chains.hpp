#pragma once

#include "schemas/result.hpp"

#include <boost/json/value.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::schemas {

/// A name in both languages.
struct Label {
  std::string vi, en;
};

/// One allowed way from a product stage to another, with the yield that checks judge by.
struct ChainStep {
  Label label;
  std::vector<std::string> from;  ///< Stage ids of the inputs.
  std::string to;                 ///< Stage id of the output.
  /// Output mass per input mass in thousandths: outside [least, most] cannot be; absent where
  /// unknown.
  std::optional<int> least_permille, most_permille;
};

/// A crop as data: what it may be along the way and how it gets there.
struct Chain {
  Label label;
  std::map<std::string, Label, std::less<>> stages;
  std::map<std::string, ChainStep, std::less<>> steps;
  std::map<std::string, Label, std::less<>> varieties;  ///< Breeds for animals.
  /// Harvest in kg per hectare and year: above `warn` is flagged, above `most` cannot be. 0 = no
  /// cap.
  int yield_warn_kg_ha = 0, yield_most_kg_ha = 0;
};

/// Every chain by crop id. Immutable and thread-safe.
class Chains {
 public:
  /// Reads schemas/chains.json. Errors: `bundle.chains`.
  static Result<Chains> parse(const boost::json::value& document);

  const Chain* find(std::string_view crop) const;
  const std::map<std::string, Chain, std::less<>>& all() const { return chains_; }

 private:
  std::map<std::string, Chain, std::less<>> chains_;
};

}  // namespace nguon::schemas
