#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace nguon::schemas {

/// What a unit of either level is called. `city` is of provinces; `commune`, `ward` and
/// `special_zone` of the level below; there are no districts since 2025-07-01.
enum class PlaceKind { province, city, commune, ward, special_zone };

/// One of the 34 provincial units or 3,321 commune-level units. Views live for the whole process.
struct Place {
  std::string_view code;      ///< 2 digits for a province, 5 for a commune.
  std::string_view name;      ///< Vietnamese with its kind in front: "Xã Chiềng Mai".
  std::string_view province;  ///< Code of the province it lies in; its own for a province.
  PlaceKind kind = PlaceKind::commune;
};

/// The date of this list. Province codes and 1,789 commune codes were re-used in 2025 for other
/// places, so a stored code is only looked up here when its `vintage` is on or after places_since.
inline constexpr std::string_view places_vintage = "2026-09-25";
inline constexpr std::string_view places_since = "2025-07-01";

/// Ascending by code. Thread-safe.
std::span<const Place> provinces();
std::span<const Place> communes();

/// Absent when the list has no such code.
std::optional<Place> find_province(std::string_view code);
std::optional<Place> find_commune(std::string_view code);
/// The commune a stored {code, vintage} names: absent for an unknown code and for a vintage before
/// places_since, whose code may mean another place.
std::optional<Place> find_commune(std::string_view code, std::string_view vintage);

/// A commune-level unit of before places_since, or a part of it, and where it lies now. What was
/// split has one row for each part: only somebody who knows the place can say which. Views live for
/// the whole process.
struct FormerPlace {
  std::string_view
      code;  ///< 5 digits, re-used since for other places; empty of six island districts.
  std::string_view name;      ///< "Xã Chiềng Ban".
  std::string_view district;  ///< "Huyện Mai Sơn".
  std::string_view province;  ///< Name: "Tỉnh Sơn La".
  bool part = false;          ///< Of a unit that was split.
  std::string_view now;       ///< Code among communes().
};

/// Ascending by code. Thread-safe.
std::span<const FormerPlace> former_communes();

}  // namespace nguon::schemas
