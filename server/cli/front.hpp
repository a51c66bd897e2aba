#pragma once

#include "ledger/base/result.hpp"
#include "server/deployment/deployment.hpp"
#include "server/http/listener.hpp"
#include "server/http/router.hpp"

#include <memory>
#include <string>
#include <vector>

namespace nguon::server {

/// What a deployment shows to the world, beside where it listens.
struct FrontOptions {
  bool demo = false;                     ///< Every page says that its data is invented.
  std::vector<std::string> label_hosts;  ///< Hosts printed on labels; the first is the current one.
};

/// The routes of a deployment behind a listening socket. Owns both; answers until destroyed.
class Front {
 public:
  /// `deployment` outlives the Front. Errors of Listener::open.
  static ledger::Result<std::unique_ptr<Front>> open(Deployment& deployment, FrontOptions options,
                                                     ListenerOptions listening);
  ~Front();

  std::uint16_t port() const;
  /// Lets requests under way end for a moment, then ends.
  void stop();

 private:
  Front() = default;
  std::unique_ptr<Router> router_;
  std::unique_ptr<Listener> listener_;
};

/// `ADDR:PORT` or `[V6]:PORT` taken apart; an error `cli.listen` otherwise.
ledger::Result<ListenerOptions> parse_listen(const std::string& text);

}  // namespace nguon::server
