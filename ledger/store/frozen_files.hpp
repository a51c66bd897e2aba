#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nguon::ledger {

/// One file of a store as it stood when it was frozen.
struct FrozenFile {
  std::string name;        ///< In the store's folder.
  std::uint64_t size = 0;  ///< Octets that count; the file may have grown since.
  /// The same wherever a file has the very same octets; empty when nobody knows.
  std::string identity;
  /// These instead of what the file holds by now; empty: read the file.
  std::string content;

  bool operator==(const FrozenFile&) const = default;
};

/// The files of a store at one moment between two commits. While this lives none of them is
/// deleted, and a purge waits; reading and committing go on. Any thread may destroy it.
class FrozenFiles {
 public:
  virtual ~FrozenFiles() = default;
  const std::vector<FrozenFile>& files() const { return files_; }

 protected:
  std::vector<FrozenFile> files_;
};

}  // namespace nguon::ledger
