#pragma once

#include "server/demo/day.hpp"
#include "server/demo/label_desk.hpp"
#include "server/demo/story.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// The alliance starts keeping the log in the dry season before the first harvest of the story.
inline Day opening_day() { return day(2025, 9, 1); }

/// Everyone the four chains have in common. All names are invented and say so.
struct Cast {
  Hand registrar;  ///< Of the alliance that runs the deployment.
  Hand service;    ///< The deployment itself: grants label ranges.
  Hand chair;      ///< Of the OCOP council.
  Hand certifier;  ///< Of the certification body.
  Hand authority;  ///< Of the food authority.
};

/// A co-operative and the people of its office.
struct Coop {
  std::string org;
  std::string name;
  Hand director, clerk, packer;
};

/// A code the demo shows, and what a shopper would find behind it.
struct Sample {
  std::string what;  ///< valid, recalled, void, lapsed, withdrawn or other_product.
  std::optional<labels::SerialPlace> place;  ///< A printed label…
  std::string tag;                           ///< …or an animal's 15 digits.
  std::string gtin;                          ///< Empty: the short form of the URL.
  std::string product, coop, lot;
  std::string ocop;  ///< Line on the label, empty when it may claim nothing.
};

/// First act: the organisations that judge, and their keys.
Cast assemble_cast(Story& story, const Hand& registrar, const Hand& service);

/// A co-operative with its office enrolled.
Coop found_coop(Story& story, const Cast& cast, const std::string& key_name,
                const std::string& name, std::string_view commune_code, Day when);

/// Co-operative, crop, product: what product.add says. `item` is the five-digit item of the GTIN.
std::string add_product(Story& story, const Coop& coop, const boost::json::object& words,
                        std::string_view item, Day when);

/// The council's decision that gives these products their stars; returns the decision's subject.
/// One `issued` before the log began is entered on the day `entered`.
std::string give_stars(Story& story, const Cast& cast, const Coop& coop,
                       const std::vector<std::string>& products, int stars,
                       const std::string& number, Day issued, std::optional<Day> entered = {});

// The four chains. Each tells its season and names the samples worth scanning.
std::vector<Sample> tell_passion_fruit(Story& story, const Cast& cast, LabelDesk& desk);
std::vector<Sample> tell_coffee(Story& story, const Cast& cast, LabelDesk& desk);
std::vector<Sample> tell_oranges(Story& story, const Cast& cast, LabelDesk& desk);
std::vector<Sample> tell_herd(Story& story, const Cast& cast);

}  // namespace nguon::server
