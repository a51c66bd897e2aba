#pragma once

#include "ledger/trace/source.hpp"
#include "tests/ledger/apply/compose.hpp"
#include "tests/ledger/apply/world.hpp"

#include <algorithm>

namespace nguon::ledger::trace {

/// A Source over a World, its indexes found by looking at every entry.
class WorldSource final : public Source {
 public:
  explicit WorldSource(const World& world) : world_(world) {}

  Result<std::optional<std::string>> get(std::string_view key) const override {
    return world_.state.get(key);
  }
  Result<Leaf> leaf(std::uint64_t index) const override {
    return Leaf{index, world_.times[index], compose(world_.log[index], key_of(world_.log[index]))};
  }
  Result<std::optional<Leaf>> find(std::string_view id) const override {
    for (std::uint64_t i = 0; i < world_.log.size(); ++i) {
      if (world_.log[i].id == id) return std::optional<Leaf>(*leaf(i));
    }
    return std::optional<Leaf>();
  }
  Result<std::vector<std::uint64_t>> history(std::string_view sub, std::uint64_t first,
                                             std::size_t limit) const override {
    auto found = where([&](const Entry& entry) { return entry.sub == sub; });
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(
                                                   std::min<std::size_t>(first, found.size())));
    found.resize(std::min(found.size(), limit));
    return found;
  }
  Result<std::vector<std::uint64_t>> consumers(std::string_view sub,
                                               std::size_t limit) const override {
    auto found = where([&](const Entry& entry) {
      return std::any_of(entry.from.begin(), entry.from.end(),
                         [&](const Input& input) { return input.sub == sub; });
    });
    found.resize(std::min(found.size(), limit));
    return found;
  }

 private:
  template <class Wanted>
  std::vector<std::uint64_t> where(Wanted&& wanted) const {
    std::vector<std::uint64_t> found;
    for (std::uint64_t i = 0; i < world_.log.size(); ++i) {
      if (wanted(world_.log[i])) found.push_back(i);
    }
    return found;
  }
  const PrivateKey& key_of(const Entry& entry) const {
    for (const auto* who : {&world_.root, &world_.service, &world_.registrar, &world_.director,
                            &world_.clerk, &world_.member, &world_.packer, &world_.herdsman}) {
      if (who->key && who->key->kid() == entry.kid) return *who->key;
    }
    return *world_.root.key;
  }

  const World& world_;
};

}  // namespace nguon::ledger::trace
