#include "server/pages/catalogue.hpp"

#include "server/embedded.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace nguon::server {
namespace {

constexpr std::int64_t vietnam_offset_ms = 7LL * 3600 * 1000;

std::string two(unsigned value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

bool is_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

}  // namespace

std::string_view tag(Lang lang) { return lang == Lang::en ? "en" : "vi"; }
Lang other(Lang lang) { return lang == Lang::en ? Lang::vi : Lang::en; }
Lang lang_of(std::string_view query_value) { return query_value == "en" ? Lang::en : Lang::vi; }

Catalogue::Catalogue(std::string_view json) {
  const boost::json::value parsed = boost::json::parse(json);
  for (const auto& [key, text] : parsed.as_object()) {
    texts_.emplace(std::string(key), std::string(text.as_string()));
  }
}

const std::string& Catalogue::operator[](std::string_view key) const {
  const auto found = texts_.find(key);
  if (found == texts_.end()) throw std::logic_error("no sentence for " + std::string(key));
  return found->second;
}

std::string Catalogue::fill(
    std::string_view key,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values) const {
  const std::string_view sentence = (*this)[key];
  std::string filled;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const std::size_t close = sentence[i] == '{' ? sentence.find('}', i) : std::string_view::npos;
    const std::string_view name = close == std::string_view::npos
                                      ? std::string_view()
                                      : sentence.substr(i + 1, close - i - 1);
    const auto* const value = std::find_if(values.begin(), values.end(),
                                           [&](const auto& item) { return item.first == name; });
    if (name.empty() || value == values.end()) {
      filled += sentence[i];
    } else {
      filled += value->second;
      i = close;
    }
  }
  return filled;
}

const Catalogue& catalogue(Lang lang) {
  static const Catalogue vietnamese{embedded_catalogue_vi};
  static const Catalogue english{embedded_catalogue_en};
  return lang == Lang::en ? english : vietnamese;
}

std::string show_date(std::string_view iso_date, Lang lang) {
  if (iso_date.size() == 7) {
    // A month alone: shown as its first day would be, without that day.
    const std::string whole = show_date(std::string(iso_date) + "-01", lang);
    const std::size_t day_size = lang == Lang::vi ? 3 : 2;
    return is_iso_date(std::string(iso_date) + "-01") ? whole.substr(day_size)
                                                      : std::string(iso_date);
  }
  if (!is_iso_date(iso_date)) return std::string(iso_date);
  const std::string year(iso_date.substr(0, 4));
  const std::string_view month = iso_date.substr(5, 2);
  const std::string_view day = iso_date.substr(8, 2);
  if (lang == Lang::vi) return std::string(day) + "/" + std::string(month) + "/" + year;
  constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto number = static_cast<std::size_t>((month[0] - '0') * 10 + (month[1] - '0'));
  if (number < 1 || number > 12) return std::string(iso_date);
  const std::string_view plain_day = day[0] == '0' ? day.substr(1) : day;
  return std::string(plain_day) + " " + std::string(names.substr(3 * (number - 1), 3)) + " " + year;
}

std::string show_range(std::string_view from, std::string_view to, Lang lang) {
  const std::string end = show_date(to.empty() ? from : to, lang);
  if (to.empty() || from == to) return end;
  std::string begin = show_date(from, lang);
  if (is_iso_date(from) && is_iso_date(to) && from.substr(0, 4) == to.substr(0, 4)) {
    // The year, and the month where it is the same, need saying once: `/2026`, ` Nov 2026`.
    const bool same_month = from.substr(0, 7) == to.substr(0, 7);
    const std::size_t month_size = lang == Lang::vi ? 3 : 4;
    begin.resize(begin.size() - 5 - (same_month ? month_size : 0));
  }
  return begin + "–" + end;
}

std::string vietnam_date(std::int64_t unix_ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> local{milliseconds{unix_ms + vietnam_offset_ms}};
  const year_month_day date{floor<days>(local)};
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  return two(year / 100) + two(year % 100) + "-" + two(static_cast<unsigned>(date.month())) + "-" +
         two(static_cast<unsigned>(date.day()));
}

std::string show_time(std::int64_t unix_ms, Lang lang) {
  using namespace std::chrono;
  const sys_time<milliseconds> local{milliseconds{unix_ms + vietnam_offset_ms}};
  const auto minutes_of_day = duration_cast<minutes>(local - floor<days>(local)).count();
  return two(static_cast<unsigned>(minutes_of_day / 60)) + ":" +
         two(static_cast<unsigned>(minutes_of_day % 60)) + ", " +
         show_date(vietnam_date(unix_ms), lang);
}

}  // namespace nguon::server
