#pragma once

#include "ledger/base/clock.hpp"
#include "ledger/log/ledger.hpp"
#include "server/deployment/notebook.hpp"
#include "server/rights/request.hpp"
#include "server/session/viewer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// Requests of persons about their data, and what became of each. Not in the log, which is public
/// and for ever: in a notebook beside it, as they were signed; the words in them go when their
/// person is erased. Thread-safe.
class RightsDesk {
 public:
  /// How many values of a person are still held that no law demands to keep; asked before a request
  /// for erasure is told done.
  using Removable = std::function<ledger::Result<std::size_t>(const std::string& person)>;

  /// Reads what is in the notebook at `path`. Errors: those of Notebook::open, `rights.file`.
  static ledger::Result<std::unique_ptr<RightsDesk>> open(std::string path,
                                                          const ledger::Ledger& ledger,
                                                          const ledger::Clock& clock);

  /// Takes a request; the same again is the same. Errors: read_rights_request()'s; `rights.signer`
  /// (Errc::forbidden: an ended or unknown key, or neither that person nor an office of it);
  /// `jws.signature`; `rights.person` (the person never was in that organisation); `rights.full`
  /// (Errc::conflict); those of Notebook::append.
  ledger::Result<boost::json::object> request(std::string_view jws);

  /// Takes a step. Errors: read_rights_answer()'s; `rights.signer`, `jws.signature`;
  /// `rights.unknown` (Errc::not_found: none, or not the signer's to answer); `rights.closed`,
  /// `rights.extended`, `rights.order`, `rights.remains` (Errc::conflict).
  ledger::Result<boost::json::object> answer(std::string_view jws, const Removable& removable);

  /// What this reader may see, what is due first in front, the closed last. Errors: `store.*`.
  ledger::Result<boost::json::array> list(const Viewer& viewer);
  /// Those of one person, as this reader may see them.
  ledger::Result<boost::json::array> of_person(const Viewer& viewer, const std::string& person);

 private:
  struct Step {
    RightsAnswer answer;
    std::int64_t received = 0;
  };
  struct Case {
    RightsRequest request;
    std::int64_t received = 0;
    std::vector<Step> steps;
    std::vector<boost::json::object> records;  ///< As they stand in the notebook.

    RightsState state() const;
    bool extended() const;
  };

  RightsDesk(const ledger::Ledger& ledger, const ledger::Clock& clock)
      : ledger_(ledger), clock_(clock) {}
  ledger::Result<void> recall(const boost::json::object& record);
  ledger::Result<Viewer> signer(std::string_view jws, std::string_view typ) const;
  ledger::Result<void> belongs(const std::string& person, const std::string& org) const;
  ledger::Result<void> forget_erased();
  ledger::Result<boost::json::object> shown(const Case& one) const;
  std::string today() const;

  const ledger::Ledger& ledger_;
  const ledger::Clock& clock_;
  std::unique_ptr<Notebook> notebook_;
  std::mutex mutex_;  // Guards all below.
  std::uint64_t looked_at_ = 0;
  std::map<std::string, Case, std::less<>> cases_;  // By id.
};

}  // namespace nguon::server
