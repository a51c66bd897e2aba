#include "ledger/audit/expected_rows.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/store/keys.hpp"

#include <algorithm>
#include <future>

namespace nguon::ledger {
namespace {

constexpr std::size_t before_difference = 24;
constexpr std::size_t shown = 72;

bool is_text(std::string_view octets) {
  return std::all_of(octets.begin(), octets.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// A key for people. Only the index family mixes text, a zero octet and a number.
std::string show_key(std::string_view key) {
  if (is_text(key)) return std::string(key);
  const auto zero = key.find('\0');
  if (key.size() > 9 && zero == key.size() - 9 && is_text(key.substr(0, zero))) {
    return std::string(key.substr(0, zero)) + ' ' +
           std::to_string(keys::read_big_endian(key.substr(zero + 1)));
  }
  if (key.size() == 9) {
    return std::string(1, key[0]) + std::to_string(keys::read_big_endian(key.substr(1)));
  }
  return hex_encode(key);
}

/// Octets for people: what is no visible ASCII as \xNN.
std::string quoted(std::string_view octets) {
  std::string text = "\"";
  for (const char& c : octets) {
    if (is_text({&c, 1})) {
      text += c;
    } else {
      text += "\\x" + hex_encode({&c, 1});
    }
  }
  return text + '"';
}

std::string excerpt(const std::optional<std::string_view>& text, std::size_t from) {
  if (!text) return "nothing";
  const auto part = text->substr(std::min(from, text->size()), shown);
  return (from > 0 ? "…" : "") + quoted(part) + (from + part.size() < text->size() ? "…" : "");
}

}  // namespace

std::string show_difference(const std::optional<std::string_view>& stored,
                            const std::optional<std::string_view>& derived) {
  std::size_t common = 0;
  if (stored && derived) {
    common = static_cast<std::size_t>(
        std::mismatch(stored->begin(), stored->end(), derived->begin(), derived->end()).first -
        stored->begin());
  }
  const std::size_t from = common - std::min(common, before_difference);
  return "stored " + excerpt(stored, from) + ", derived " + excerpt(derived, from);
}

ExpectedRows::ExpectedRows(Family family, std::uint32_t log, std::string rule, std::string place)
    : family_(family), log_(log), rule_(std::move(rule)), place_(std::move(place)) {}

void ExpectedRows::put(std::string key, std::string value, std::uint64_t index) {
  rows_.insert_or_assign(std::move(key), Row{std::move(value), index, false});
}

void ExpectedRows::erase(const std::string& key) { rows_.erase(key); }

const std::string* ExpectedRows::find(std::string_view key) const {
  const auto found = rows_.find(key);
  return found == rows_.end() ? nullptr : &found->second.value;
}

Error ExpectedRows::divergence(std::string_view key, const std::optional<std::string_view>& stored,
                               const Row* derived) const {
  const auto value =
      derived == nullptr ? std::nullopt : std::optional<std::string_view>(derived->value);
  return {Errc::corrupt, rule_, place_ + show_key(key),
          (derived == nullptr ? "no entry writes it: "
                              : "index " + std::to_string(derived->index) + ": ") +
              show_difference(stored, value)};
}

std::vector<std::string> ExpectedRows::cuts(unsigned parts) const {
  // In the table's order keys lie as by chance: its beginning is a fair sample.
  constexpr std::size_t sampled = 4096;
  std::vector<std::string> sample;
  for (auto row = rows_.begin(); row != rows_.end() && sample.size() < sampled; ++row) {
    sample.push_back(row->first);
  }
  std::sort(sample.begin(), sample.end());
  std::vector<std::string> found;
  for (std::size_t part = 1; part < parts; ++part) {
    const std::size_t place = sample.size() * part / parts;
    if (place > 0 && (found.empty() || found.back() < sample[place])) {
      found.push_back(std::move(sample[place]));
    }
  }
  return found;
}

Result<void> ExpectedRows::compare_part(const Store& store, const std::string& first,
                                        const std::string& last) {
  std::optional<Error> found;
  NGUON_CHECK(store.scan(family_, first, last, [&](std::string_view key, std::string_view value) {
    key.remove_prefix(4);
    const auto row = rows_.find(key);
    if (row == rows_.end()) {
      found = divergence(key, value, nullptr);
    } else if (row->second.value != value) {
      found = divergence(key, value, &row->second);
    } else {
      // Each row is one part's: no other thread touches it. Giving millions of values back takes
      // a while, and here all cores do it.
      row->second.seen = true;
      std::string().swap(row->second.value);
    }
    return !found;
  }));
  if (found) return *found;
  return {};
}

Result<void> ExpectedRows::compare(const Store& store, unsigned threads) {
  const std::string prefix = keys::big_endian(log_, 4);
  std::vector<std::string> bounds{prefix};
  for (const auto& cut : cuts(threads)) bounds.push_back(prefix + cut);
  bounds.push_back(keys::after(prefix));
  std::vector<std::future<Result<void>>> parts;
  for (std::size_t i = 1; i < bounds.size(); ++i) {
    parts.push_back(std::async(std::launch::async,
                               [&, i] { return compare_part(store, bounds[i - 1], bounds[i]); }));
  }
  // All of them are waited for, and the first in key order is the one that is told.
  Result<void> outcome;
  for (auto& part : parts) {
    if (auto done = part.get(); !done && outcome) outcome = done.error();
  }
  NGUON_CHECK(outcome);
  const decltype(rows_)::value_type* missing = nullptr;
  for (const auto& row : rows_) {
    if (!row.second.seen && (missing == nullptr || row.first < missing->first)) missing = &row;
  }
  if (missing == nullptr) {
    rows_.clear();
    return {};
  }
  return divergence(missing->first, std::nullopt, &missing->second);
}

}  // namespace nguon::ledger
