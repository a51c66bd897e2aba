#pragma once

#include "ledger/base/result.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/keys/key.hpp"
#include "schemas/bundle.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace nguon::server {

/// What the operator says about a deployment when it begins.
struct Beginning {
  std::string name;           ///< Of the deployment.
  std::string origin;         ///< `<log host>/log/0`, first line of every checkpoint.
  std::string operator_name;  ///< Organisation that runs it.
  std::string operator_kind = "alliance";
  std::string commune;   ///< Five-digit code of the current list; empty for none.
  std::int64_t iat = 0;  ///< Unix seconds.
};

/// Index 0 (DESIGN §3): signed by the root key it carries, with the log and service keys and the
/// root recovery keys (at least one). Its id is the deployment's; its `sub` the operator's
/// organisation.
ledger::Result<ledger::MadeEntry> make_genesis(
    const ledger::PrivateKey& root, const ledger::PublicKey& log, const ledger::PublicKey& service,
    const std::vector<ledger::PublicKey>& recovery, const Beginning& beginning,
    const schemas::Bundle& bundle, const ledger::Entropy& entropy);

/// Makes the new key's proof for a person whose id is known only when the entry is.
using ProofMaker = std::function<std::string(const std::string& person)>;

/// Index 1: the root key enrols the first registrar, a new person of the operator's organisation.
ledger::Result<ledger::MadeEntry> make_first_registrar(const ledger::PrivateKey& root,
                                                       const ledger::MadeEntry& genesis,
                                                       const ledger::PublicKey& registrar,
                                                       const ProofMaker& proof, std::int64_t iat,
                                                       const schemas::Bundle& bundle,
                                                       const ledger::Entropy& entropy);

/// The new key's proof that whoever asks holds it: a JWS over {aud, person, org, code}.
std::string enrolment_proof(const ledger::PrivateKey& device, const std::string& deployment_id,
                            const std::string& person, const std::string& org,
                            const std::string& code);

}  // namespace nguon::server
