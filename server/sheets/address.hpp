#pragma once

#include "schemas/places.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// An address taken apart, as it stands: names with or without their kind in front.
struct AddressParts {
  std::string hamlet, commune, district, province;

  bool operator==(const AddressParts&) const = default;
};

/// "Bản Mòn, xã Cò Nòi, huyện Mai Sơn, Sơn La" into its parts: by the words for kinds, and without
/// them from the end (province, district, commune), as far as names of those kinds are known. Pure.
AddressParts split_address(std::string_view text);

/// What an address means today.
struct FoundPlace {
  enum class How {
    now,      ///< By today's name.
    old,      ///< By its name before July 2025; there is one commune it lies in now.
    split,    ///< Its former commune was split.
    several,  ///< Communes of that name are in several places.
    alike,    ///< Only some that are alike were found.
    unknown,
  };
  How how = How::unknown;
  std::vector<schemas::Place> places;  ///< The likeliest first; one for `now` and `old`.
};

/// Finds communes by their parts; looks up each different address once. `province`: two digits of
/// the one that is meant where nothing else says. Not thread-safe; lives for one plan.
class PlaceFinder {
 public:
  explicit PlaceFinder(std::string province) : province_(std::move(province)) {}

  const FoundPlace& find(const AddressParts& parts);

 private:
  FoundPlace look_up(const AddressParts& parts);

  const std::string province_;
  std::map<std::string, FoundPlace, std::less<>> known_;
  std::size_t searched_ = 0;
};

}  // namespace nguon::server
