#pragma once

#include "tests/bench/deployment.hpp"

#include <cstdint>
#include <string>

namespace nguon::bench {

/// Resident memory of this process, MiB (proc(5): statm's second field, in pages).
double resident_mib();

// What a grown log is asked, each printed as a figure. The deployment is open before and after.

/// Inclusion proofs a second over indexes all over it, one thread, beside verifying one.
void report_proofs(Deployment& deployment);
/// Proof bundles a second of one packed batch, and their octets in gzip.
void report_bundles(Deployment& deployment, const std::string& batch);
/// The database's files beside the octets of all leaves.
void report_disk(Deployment& deployment);
/// `nguon audit` beside checking the signatures alone on all cores.
void report_audit(Deployment& deployment);
/// Median of five starts.
void report_start(Deployment& deployment);

}  // namespace nguon::bench
