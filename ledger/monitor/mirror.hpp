#pragma once

#include "ledger/log/checkpoint.hpp"
#include "ledger/log/ledger.hpp"
#include "ledger/log/tile_builder.hpp"
#include "ledger/log/witness_policy.hpp"
#include "ledger/monitor/log_reader.hpp"
#include "ledger/monitor/mirror_folder.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nguon::ledger {

/// Asks a URL and gives the body of a 200. Blocks. Errors: Errc::not_found for a 404, and
/// Errc::unavailable when nothing or nothing usable came, which may be otherwise a moment later.
using Fetch = std::function<Result<std::string>(const std::string& url)>;

struct MirrorOptions {
  std::string url;  ///< `https://host/log/<n>`, no slash at the end.
  Fetch fetch;
  /// Whose words on newer checkpoints are asked for and counted; absent: nobody's.
  std::optional<WitnessPolicy> policy;
  unsigned threads = 0;  ///< For signatures; 0: one per core.
  /// Waits. A smaller checkpoint may be a cache's, for two seconds (DESIGN §4).
  std::function<void(std::chrono::milliseconds)> pause;
  std::function<std::int64_t()> now_ms;  ///< Names the folders of evidence.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress = [](auto, auto) {};
};

/// What one look at the log came to.
struct Look {
  TreeHead before, after;
  std::size_t cosigned = 0;         ///< Witnesses that cosigned the checkpoint held now.
  std::size_t witnesses = 0;        ///< Of the policy.
  bool quorum = false;              ///< The policy is met; false without one.
  std::uint64_t cosigned_at = 0;    ///< Unix seconds of the newest cosignature; 0 for none.
  std::vector<std::string> silent;  ///< Witnesses with a URL that did not answer.
};

/// A copy of a C2SP tlog-tiles log that is believed only as far as it was re-checked: the
/// checkpoint's signature, by the key that is trusted or one it leads to; that each tree begins
/// with the one before, by the root over the leaves themselves and no served proof; grammar,
/// deployment, key and signature of every entry; what the witnesses were shown. Tiles are computed,
/// not asked for, so the folder can be served as it is.
///
/// Whatever contradicts what is held is an Error of Errc::corrupt, and both sides are put into
/// `evidence/<time>-<rule>/` of the folder, which is otherwise left as it was:
/// `monitor.rollback` (a smaller tree), `monitor.split-view` (two trees of one size),
/// `monitor.fork` (a longer tree that does not begin with this one), `monitor.entry` (an entry that
/// no reader accepts), `monitor.leaves` (the files served do not give the signed root),
/// `monitor.frozen` (witnesses were shown more than is shown here).
///
/// Other errors: `monitor.folder` (the copy itself is damaged or cannot be written: Errc::corrupt
/// or unavailable), those of open_checkpoint() and KeyChain::open(), those of the fetch. Not
/// thread-safe.
class Mirror {
 public:
  /// Reads the whole copy once, so that a damaged one is noticed.
  static Result<std::unique_ptr<Mirror>> open(const std::string& folder, NoteVerifier log,
                                              MirrorOptions options);

  /// Looks at the log once and takes what is new. May be called again after an error that is not
  /// Errc::corrupt.
  Result<Look> look();

  const TreeHead& head() const { return head_; }
  /// The signed note that is held; empty before the first look.
  const std::string& checkpoint() const { return note_; }
  const LogReader& reader() const { return reader_; }
  LogFolder files() const { return folder_->files(); }
  /// Root over the first `size` leaves held; size ≤ head().size.
  Result<Hash> root_at(std::uint64_t size) const;
  /// Puts both sides of a contradiction aside and gives the Error that names them. Each part is a
  /// file name and its content.
  Error accuse(std::string rule, std::string detail,
               const std::vector<std::pair<std::string, std::string>>& evidence);

 private:
  struct Growth;  // What a look would take.

  Mirror(std::unique_ptr<MirrorFolder> folder, NoteVerifier log, MirrorOptions options);
  Result<void> read_copy();
  Result<std::string> fetch(const std::string& name) const;
  Result<Checkpoint> read_shown(const std::string& note) const;
  Result<void> vouch(const LogReader& reader, const std::string& note) const;
  std::vector<NoteVerifier> known_logs() const;
  Result<void> follow();
  Result<void> take(const std::string& note, const Checkpoint& shown);
  Result<void> take_leaves(std::uint64_t size, bool from_disk, Growth& growth);
  Result<std::string> bundle(std::uint64_t number, unsigned width, bool from_disk, bool& used_disk);
  Result<void> read_waiting(Growth& growth);
  Result<void> bring_rules(const Entry& entry);
  Result<void> commit(const std::string& note, const Checkpoint& shown, Growth growth);
  Error explain(const std::string& note, const Checkpoint& shown);
  Result<void> ask_witnesses(Look& look);
  Result<void> compare(const std::string& note, const Checkpoint& shown, const std::string& who);

  const std::unique_ptr<MirrorFolder> folder_;
  const NoteVerifier log_;
  const MirrorOptions options_;
  LogReader reader_;
  TileBuilder tiles_;
  TreeHead head_;
  std::string note_;
};

}  // namespace nguon::ledger
