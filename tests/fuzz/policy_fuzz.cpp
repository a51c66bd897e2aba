// Witness policies from strangers.

#include "ledger/log/witness_policy.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  static const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'l'));
  static const NoteVerifier log = *NoteVerifier::make("so.example/log/0", key.public_key());
  static const std::string note = sign_checkpoint({log.name(), 0, Hash{}}, log, key);

  const auto policy = WitnessPolicy::parse(octets);
  if (!policy) return 0;
  if (policy->logs().size() > max_policy_items || policy->witnesses().size() > max_policy_items) {
    std::abort();
  }
  // Nobody has cosigned: the count is 0 of n, and only a policy that asks for nobody is met.
  const auto standing = policy->judge(note, {&log, 1});
  if (!standing || standing->cosigned() != 0) std::abort();
  const bool asks_nobody = octets.find("none") != std::string_view::npos;
  if (standing->quorum && !asks_nobody) std::abort();
  return 0;
}
