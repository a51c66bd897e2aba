#pragma once

#include "ledger/base/result.hpp"
#include "server/blobs/blob_store.hpp"
#include "server/deployment/deployment.hpp"
#include "server/http/listener.hpp"
#include "server/reminders/outbox.hpp"
#include "server/signals/province_table.hpp"
#include "server/witness/feed.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nguon::server {

/// What is counted of scans (server/signals).
struct SignalWishes {
  bool counted = false;
  bool shown = false;  ///< On pages; else in /metrics alone.
  ProvinceTable table = {};
};

/// What a deployment shows to the world, beside where it listens.
struct FrontOptions {
  bool demo = false;         ///< Every page says that its data is invented.
  std::string label_origin;  ///< `https://HOST` as printed on labels.
  std::vector<std::string> hosts = {};  ///< Lower case: where browsers reach this service.
  unsigned admission_threads = 2;
  std::size_t queue_length = 4096;         ///< Submissions that may wait for those threads.
  BlobStoreOptions blobs = {};
  const WitnessFeed* witnesses = nullptr;  ///< Who cosigns the log; outlives the Front.
  ReminderWays reminders = {};             ///< Where digests of what runs out go.
  SignalWishes signals = {};
};

/// The routes of a deployment behind a listening socket, and the service's own clerk beside them.
/// Answers until stop() or destruction.
class Front {
 public:
  /// `deployment` outlives the Front; labels are granted for requests from index `requests_from`
  /// on, or from where an earlier Front ended. Errors of Listener::open.
  static ledger::Result<std::unique_ptr<Front>> open(Deployment& deployment, const Places& places,
                                                     const FrontOptions& options,
                                                     ListenerOptions listening,
                                                     std::uint64_t requests_from = 0);
  ~Front();

  std::uint16_t port() const;
  /// Lets requests under way end for a moment, then ends.
  void stop();

 private:
  struct Parts;
  explicit Front(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// `ADDR:PORT` or `[V6]:PORT` taken apart; an error `cli.listen` otherwise.
ledger::Result<ListenerOptions> parse_listen(const std::string& text);

}  // namespace nguon::server
