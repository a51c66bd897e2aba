#include "server/witness/feed.hpp"

#include "ledger/base/decimal.hpp"
#include "ledger/log/add_checkpoint.hpp"
#include "ledger/log/cosignature.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace nguon::server {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::string_view ahead_rule = "witness.ahead";
constexpr std::string_view split_rule = "witness.inconsistent";

/// What one exchange with a witness came to.
struct Offer {
  std::string line;  ///< Its cosignature of the note, verified; empty when there is none.
  std::uint64_t at = 0;
  std::uint64_t size = 0;  ///< What it holds now, as far as it told.
  std::string fault;
};

}  // namespace

class WitnessFeed::Impl {
 public:
  Impl(OfferedLog offered, ledger::WitnessPolicy asked, WitnessPost way, Timing pace)
      : log(std::move(offered)),
        policy(std::move(asked)),
        post(std::move(way)),
        timing(pace),
        states(policy.witnesses().size()),
        lines(states.size()) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      states[i].name = policy.witnesses()[i].name;
      states[i].vkey = policy.witnesses()[i].key.text();
    }
  }
  ~Impl() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    stop.notify_all();
    for (std::thread& thread : threads) thread.join();
  }

  /// Who has no URL is counted when its line comes another way, and never asked.
  bool is_asked(std::size_t which) const { return !policy.witnesses()[which].url.empty(); }

  void first_contact() {
    std::vector<std::thread> asking;
    const std::string note = log.checkpoint();
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (is_asked(i)) asking.emplace_back([this, i, &note] { settle(i, note, offer(i, note)); });
    }
    for (std::thread& thread : asking) thread.join();
  }
  void begin() {
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (is_asked(i)) threads.emplace_back([this, i] { follow(i); });
    }
  }
  std::vector<Peer> peers() const {
    const std::lock_guard lock(mutex);
    return states;
  }
  std::string served() const {
    std::string note = log.checkpoint();
    const std::lock_guard lock(mutex);
    for (const auto& [of, line] : lines) {
      if (of == note_text(note)) note += line;
    }
    return note;
  }

  const OfferedLog log;
  const ledger::WitnessPolicy policy;

 private:
  static std::string note_text(std::string_view note) {
    return std::string(note.substr(0, note.find("\n\n") + 1));
  }

  /// Offers the note to witness `which`; where it names another size, once more from there.
  Offer offer(std::size_t which, const std::string& note) const {
    Offer made;
    {
      const std::lock_guard lock(mutex);
      made.size = states[which].size;
    }
    const auto text = ledger::parse_checkpoint_text(note_text(note));
    if (!text) return failed(std::move(made), text.error().rule);
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (made.size > text->size) return failed(std::move(made), ahead_rule);
      ledger::AddCheckpoint request{made.size, {}, note};
      if (made.size > 0) {
        auto path = log.consistency(made.size, text->size);
        if (!path) return failed(std::move(made), path.error().rule);
        request.path = std::move(*path);
      }
      const auto reply = post(policy.witnesses()[which].url + "/add-checkpoint",
                              ledger::format_add_checkpoint(request));
      if (!reply) return failed(std::move(made), reply.error().rule);
      if (reply->status != 409) return judge(std::move(made), which, note, text->size, *reply);
      std::string_view size = reply->body;
      if (size.ends_with('\n')) size.remove_suffix(1);
      const auto told = ledger::parse_decimal(size, ledger::max_tree_size);
      if (!told || (*told == 0 && made.size == 0)) return failed(std::move(made), "witness.answer");
      // The size we offered from, and yet a conflict: it holds another tree of that size.
      if (*told == made.size) return failed(std::move(made), split_rule);
      made.size = *told;
    }
    return failed(std::move(made), "witness.conflict");
  }

  Offer judge(Offer made, std::size_t which, const std::string& note, std::uint64_t size,
              const WitnessReply& reply) const {
    if (reply.status == 422) return failed(std::move(made), split_rule);
    if (reply.status != 200) return failed(std::move(made), "witness.refused");
    const auto& key = policy.witnesses()[which].key;
    const auto opened = ledger::open_note(note + reply.body, {&key, 1});
    if (!opened) return failed(std::move(made), "witness.answer");
    made.line = ledger::signature_line(opened->signatures.front());
    made.at = ledger::cosignature_time(opened->signatures.front().octets).value_or(0);
    made.size = size;
    return made;
  }

  static Offer failed(Offer made, std::string_view rule) {
    made.fault = rule;
    return made;
  }

  void settle(std::size_t which, const std::string& note, const Offer& result) {
    // What others say of this log's past is kept before it is shown.
    if (!result.line.empty()) log.keep(note + result.line);
    const std::lock_guard lock(mutex);
    Peer& peer = states[which];
    if (!result.fault.empty() && result.fault != peer.fault) {
      spdlog::warn("witness {}: {}", peer.name, result.fault);
    }
    peer.size = result.size;
    peer.fault = result.fault;
    if (result.line.empty()) return;
    peer.at = result.at;
    lines[which] = {note_text(note), result.line};
  }

  /// The life of one witness's thread.
  void follow(std::size_t which) {
    std::string shown;  // text of the checkpoint it cosigned last
    {
      const std::lock_guard lock(mutex);
      shown = lines[which].first;
    }
    auto shown_at = SteadyClock::now();
    auto pause = timing.look;
    for (;;) {
      {
        std::unique_lock lock(mutex);
        if (stop.wait_for(lock, pause, [this] { return stopping; })) return;
      }
      const std::string note = log.checkpoint();
      if (note_text(note) == shown && SteadyClock::now() - shown_at < timing.renew) continue;
      const Offer result = offer(which, note);
      settle(which, note, result);
      if (result.fault.empty()) {
        shown = note_text(note);
        shown_at = SteadyClock::now();
        pause = timing.look;
      } else {
        pause = std::clamp(pause * 2, timing.retry, timing.retry_most);
      }
    }
  }

  const WitnessPost post;
  const Timing timing;
  mutable std::mutex mutex;  // guards the next four
  std::condition_variable stop;
  bool stopping = false;
  std::vector<Peer> states;  // beside policy.witnesses(), as is the next
  /// Text of the checkpoint each cosigned last, and its line.
  std::vector<std::pair<std::string, std::string>> lines;
  std::vector<std::thread> threads;
};

WitnessFeed::WitnessFeed(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WitnessFeed::~WitnessFeed() = default;

ledger::Result<std::unique_ptr<WitnessFeed>> WitnessFeed::open(OfferedLog log,
                                                               ledger::WitnessPolicy policy,
                                                               WitnessPost post, Timing timing) {
  auto impl = std::make_unique<Impl>(std::move(log), std::move(policy), std::move(post), timing);
  impl->first_contact();
  for (const Peer& peer : impl->peers()) {
    if (is_ahead(peer) || is_apart(peer)) {
      return ledger::Error{ledger::Errc::corrupt,
                           "start.witness-ahead",
                           {},
                           "witness " + peer.name + " has cosigned " + std::to_string(peer.size) +
                               " entries, not a beginning of: " + impl->log.checkpoint()};
    }
  }
  impl->begin();
  return std::unique_ptr<WitnessFeed>(new WitnessFeed(std::move(impl)));
}

std::vector<WitnessFeed::Peer> WitnessFeed::ask(OfferedLog log, ledger::WitnessPolicy policy,
                                                WitnessPost post) {
  Impl impl(std::move(log), std::move(policy), std::move(post), Timing{});
  impl.first_contact();
  return impl.peers();
}

bool WitnessFeed::is_ahead(const Peer& peer) { return peer.fault == ahead_rule; }
bool WitnessFeed::is_apart(const Peer& peer) { return peer.fault == split_rule; }

std::string WitnessFeed::checkpoint() const { return impl_->served(); }

ledger::WitnessPolicy::Standing WitnessFeed::standing() const {
  return impl_->policy.judge(impl_->served(), impl_->log.keys()).value();
}

std::vector<WitnessFeed::Peer> WitnessFeed::peers() const { return impl_->peers(); }

}  // namespace nguon::server
