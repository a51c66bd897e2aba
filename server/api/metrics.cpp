#include "server/api/metrics.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::string_view exposition = "text/plain; version=0.0.4; charset=utf-8";

/// Asked from this machine, and by nobody who speaks for another.
bool is_local(const Request& request) {
  const std::string_view peer = request.peer;
  const bool loopback =
      peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
  return loopback && !request.headers.find("X-Forwarded-For") && !request.headers.find("Forwarded");
}

class Exposition {
 public:
  void add(std::string_view name, std::string_view kind, std::string_view help,
           std::uint64_t value) {
    const std::string full = "nguon_" + std::string(name);
    text_ += "# HELP " + full + " " + std::string(help) + "\n# TYPE " + full + " " +
             std::string(kind) + "\n" + full + " " + std::to_string(value) + "\n";
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string metrics_text(const ledger::Ledger& ledger, const SignalBook* signals) {
  const ledger::LedgerStatistics told = ledger.statistics();
  const ledger::StoreStatistics& store = told.store;
  Exposition text;
  text.add("ready", "gauge", "1 while entries are signed.", ledger.ready() ? 1 : 0);
  text.add("log_entries", "counter", "Entries in the log.", ledger.head().size);
  text.add("queue_entries", "gauge", "Admitted entries that wait to be logged.", told.waiting);
  text.add("free_bytes", "gauge", "Left on the disk of the data directory.", told.free_space);
  text.add("store_memtable_bytes", "gauge", "Written and not yet in tables.", store.memtables);
  text.add("store_block_cache_bytes", "gauge", "Block cache in use.", store.block_cache);
  text.add("store_table_bytes", "gauge", "In table files.", store.tables);
  text.add("store_wal_bytes", "gauge", "In write-ahead logs.", store.write_ahead);
  text.add("store_pending_compaction_bytes", "gauge", "Estimate of what waits to be rewritten.",
           store.pending_compaction);
  text.add("store_stalled", "gauge", "1 while writes are held back.", store.stalled ? 1 : 0);
  text.add("store_stalls_total", "counter", "Times that writes were held back since the start.",
           store.stalls);
  if (signals == nullptr) return text.take();
  const SignalTotals seen = signals->totals();
  text.add("signals_scans_total", "counter", "Pages of labels opened since the start.", seen.scans);
  text.add("signals_sessions_total", "counter", "Sessions that opened them, by label and day.",
           seen.sessions);
  text.add("signals_placed_total", "counter", "Of them, those whose province is known.",
           seen.placed);
  text.add("signals_ambers_total", "counter", "Labels that turned amber, shown or not.",
           seen.ambers);
  text.add("signals_dropped_total", "counter", "Scans not counted for want of room.", seen.dropped);
  text.add("signals_labels", "gauge", "Labels whose counts are in memory.", seen.labels);
  return text.take();
}

}  // namespace

InlineHandler get_metrics(const ledger::Ledger& ledger, const Problems& problems,
                          const SignalBook* signals) {
  return [&ledger, &problems, signals](const Request& request, const PathParams&) {
    if (!is_local(request)) {
      return problems.response({ledger::Errc::not_found, "http.not-found", {}, {}});
    }
    return reply(200, std::string(exposition), metrics_text(ledger, signals));
  };
}

}  // namespace nguon::server
