#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/witness/store.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::ledger {

struct AddCheckpoint;

/// C2SP tlog-witness: cosigns the checkpoints of the logs it was given, each only when it extends
/// the one cosigned before, and only after remembering it for good. Thread-safe.
class Witness {
 public:
  /// What became of an add-checkpoint request; FORMAT.md "Witnesses" gives each its HTTP status.
  enum class Verdict : std::uint8_t {
    cosigned,
    malformed,     ///< No such request, or its old size is over the checkpoint's.
    unknown_log,   ///< Nobody asked this witness to watch that origin.
    not_signed,    ///< By no watched key of that origin, or wrongly.
    conflict,      ///< Another size or root was cosigned last.
    inconsistent,  ///< The path does not prove an extension.
    failed,        ///< Storage or clock: try another day.
  };
  struct Answer {
    Verdict verdict = Verdict::failed;
    std::string lines;       ///< The cosignature line, when cosigned.
    std::uint64_t size = 0;  ///< What was cosigned last, on a conflict.
    Error error;             ///< Otherwise.
  };
  /// One log as the witness sees it now.
  struct Watched {
    std::string origin;
    std::vector<std::string> vkeys;
    std::optional<Checkpoint> last;  ///< Absent: nothing cosigned yet, and the two below are 0.
    std::uint64_t since = 0;         ///< Unix seconds of the first cosignature.
    std::uint64_t at = 0;            ///< Unix seconds of the last one.
    /// The log has signed two trees of one size: it lies. See fork().
    bool forked = false;
  };

  /// `folder` is the state folder, `key` the private half of `name` (made by make_witness()),
  /// `logs` every key to trust, several for an origin while it changes keys. `clock` outlives the
  /// witness. Errors: `witness.logs` when there is none, `witness.key`, `witness.state`,
  /// `witness.storage`.
  static Result<std::unique_ptr<Witness>> open(const std::string& folder, NoteVerifier name,
                                               PrivateKey key, std::vector<NoteVerifier> logs,
                                               const Clock& clock);
  ~Witness();

  /// Checks, stores and cosigns as one step: of two requests for one log, the second sees what the
  /// first left. Blocks for the disk.
  Answer add(std::string_view request);

  const NoteVerifier& name() const { return name_; }
  std::vector<Watched> watched() const;
  /// The last checkpoint cosigned of the log whose SHA-256(origin) this is in lower-case hex, with
  /// the log's lines and the cosignature.
  std::optional<std::string> checkpoint(std::string_view origin_hash) const;
  /// Of the same log, two checkpoints of one size and different roots with its lines, an empty line
  /// between them; absent while none was seen.
  std::optional<std::string> fork(std::string_view origin_hash) const;
  /// False once the disk has failed: nothing is cosigned any more.
  bool healthy() const { return healthy_; }

 private:
  struct Log;
  Witness(NoteVerifier name, PrivateKey key, const Clock& clock,
          std::unique_ptr<WitnessStore> store);
  Result<void> load(Log& log) const;
  /// Under log.mutex.
  Answer advance(Log& log, const Note& note, const AddCheckpoint& request);
  Answer refuse_conflict(Log& log, const Checkpoint& next, const Note& note);
  Log* find(std::string_view origin) const;
  Log* find_hash(std::string_view origin_hash) const;

  const NoteVerifier name_;
  const PrivateKey key_;
  const Clock& clock_;
  const std::unique_ptr<WitnessStore> store_;
  std::vector<std::unique_ptr<Log>> logs_;  // fixed once opened
  std::atomic<bool> healthy_{true};
};

}  // namespace nguon::ledger
