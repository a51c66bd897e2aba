#pragma once

#include "ledger/base/result.hpp"
#include "server/demo/cast.hpp"
#include "server/deployment/deployment.hpp"
#include "server/deployment/keyring.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace nguon::server {

/// How many entries the four chains tell, about: for a progress bar.
inline constexpr std::uint64_t demo_entries = 2'900;

/// The keys that a seed names: everybody who knows the seed has them.
Keyring demo_keyring(std::uint64_t seed);

/// Makes the deployment in `places` unless it is there already. Its genesis entry, and with it the
/// deployment id, follow from the seed alone. Error `demo.other` when the directory holds another
/// deployment or seed; those of Deployment.
ledger::Result<std::unique_ptr<Deployment>> open_demo(const Places& places, std::uint64_t seed);

/// Tells the whole season. Told again to the same ledger it changes nothing and names the same
/// samples: every entry is answered "repeated". `progress(entries so far)` runs now and then.
ledger::Result<std::vector<Sample>> tell_demo(Deployment& deployment, std::uint64_t seed,
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
