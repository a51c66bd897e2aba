#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// One file for browsers, as the build made it (server/app/build).
struct Asset {
  std::string_view name;  ///< What the build calls it: `app.js`, `app.css`, `app.html`, `sw.js`,
                          ///< `reader.js`, `reader.wasm`.
  std::string_view path;  ///< Where it is served, `/app/app-4K7QXE2B.js`.
  std::string_view type;  ///< Media type.
  bool lasting = false;   ///< The path changes with the octets: kept for ever.
  std::shared_ptr<const std::string> octets;
  std::shared_ptr<const std::string> gzip;  ///< RFC 1952, of the build.
};

/// All of them, unpacked once. Immutable, so every thread may share it.
class Assets {
 public:
  /// Throws std::logic_error where what was embedded cannot be unpacked: the build is broken.
  Assets();

  /// Null when there is none of that name, or at that path.
  const Asset* named(std::string_view name) const;
  const Asset* at(std::string_view path) const;
  const std::vector<Asset>& all() const { return all_; }

 private:
  std::vector<Asset> all_;
};

}  // namespace nguon::server
