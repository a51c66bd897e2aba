#pragma once

#include "ledger/base/result.hpp"
#include "server/demo/cast.hpp"
#include "server/demo/season_clock.hpp"
#include "server/deployment/deployment.hpp"
#include "server/deployment/keyring.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nguon::server {

/// How many entries the four chains tell, about: for a progress bar.
inline constexpr std::uint64_t demo_entries = 2'900;

/// The keys that a seed names: everybody who knows the seed has them.
Keyring demo_keyring(std::uint64_t seed);
ledger::PrivateKey demo_registrar_key(std::uint64_t seed);

/// A sample deployment and the clock its ledger reads.
struct Demo {
  std::shared_ptr<SeasonClock> clock;
  std::unique_ptr<Deployment> deployment;
};

/// Makes the deployment in `places` unless it is there already. Its genesis entry, and with it the
/// deployment id, follow from the seed alone. Error `demo.other` when the directory holds another
/// deployment or seed; those of Deployment.
ledger::Result<Demo> open_demo(const Places& places, std::uint64_t seed);

/// Tells the whole season. Told again to the same ledger it changes nothing and names the same
/// samples: every entry is answered "repeated". Then the demo's clock is the machine's.
/// `progress(entries so far)` runs now and then.
ledger::Result<std::vector<Sample>> tell_demo(Demo& demo, std::uint64_t seed,
                                              const std::function<void(std::uint64_t)>& progress);

/// A sample as the demo prints it.
struct DemoLabel {
  std::string what;
  std::string url;
  std::string png;  ///< Absolute path.
};

/// Draws every sample, and two codes that were never issued or are mistyped, into `directory`.
/// `origin` is `https://HOST`. Errors: `file.*`, `demo.label`.
ledger::Result<std::vector<DemoLabel>> draw_samples(const std::vector<Sample>& samples,
                                                    const labels::SerialCodec& serials,
                                                    const std::string& origin,
                                                    const std::string& directory);

}  // namespace nguon::server
