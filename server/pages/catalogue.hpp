#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace nguon::server {

enum class Lang : std::uint8_t { vi, en };

/// `vi` or `en`: the BCP 47 tag and the value of `?lang=`.
std::string_view tag(Lang lang);
Lang other(Lang lang);
/// The language a `?lang=` asks for; Vietnamese for anything that is not exactly `en`.
Lang lang_of(std::string_view query_value);

/// All sentences of one language, from server/pages/catalogue/<tag>.json embedded at build.
/// Immutable; any thread.
class Catalogue {
 public:
  explicit Catalogue(std::string_view json);

  /// Throws std::logic_error on an unknown key: a missing sentence is a bug, found by any test that
  /// renders the page.
  const std::string& operator[](std::string_view key) const;
  bool has(std::string_view key) const { return texts_.find(key) != texts_.end(); }
  /// The sentence with each `{name}` replaced by its value.
  std::string fill(
      std::string_view key,
      std::initializer_list<std::pair<std::string_view, std::string_view>> values) const;
  const std::map<std::string, std::string, std::less<>>& all() const { return texts_; }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

/// The embedded catalogue of a language.
const Catalogue& catalogue(Lang lang);

/// `2026-11-14` as `14/11/2026` or `14 Nov 2026`, `2026-11` as `11/2026` or `Nov 2026`; anything
/// else comes back unchanged.
std::string show_date(std::string_view iso_date, Lang lang);
/// From one day to another, as short as it stays clear: `17–18/11/2026`, `28/10–02/11/2026`.
std::string show_range(std::string_view from, std::string_view to, Lang lang);
/// Unix milliseconds as date and minute in Asia/Ho_Chi_Minh (UTC+7, no daylight saving since 1975).
std::string show_time(std::int64_t unix_ms, Lang lang);
/// Calendar date in Asia/Ho_Chi_Minh, `2026-11-14`.
std::string vietnam_date(std::int64_t unix_ms);

}  // namespace nguon::server
