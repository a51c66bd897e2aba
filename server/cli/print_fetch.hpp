#pragma once

#include "ledger/base/result.hpp"
#include "server/print/print_queue.hpp"

#include <string>
#include <vector>

namespace nguon::server {

/// A print that somebody signed, and who asks for its labels.
struct FetchWish {
  std::string entry;  ///< Id of its label.print.
  std::string server, ca_file, key_file, deployment;
  std::string layout = "roll-50x30", language = "zpl";
  int dpi = 203;
  bool over = false;  ///< Taken over from the computer that has it.
};

/// Takes the labels of a signed print from the service into the queue, whose lock is held, a job
/// for each of its parts; their ids. What was fetched before is passed over, so that a broken fetch
/// goes on and no serial comes twice; `print.fetched` when that was all. Errors besides: those of
/// the key file and of call(), `client.refused`, `client.server`, those of PrintQueue::add.
ledger::Result<std::vector<std::string>> fetch_prints(const PrintQueue& queue,
                                                      const FetchWish& wish,
                                                      const PrinterAddress& printer);

}  // namespace nguon::server
