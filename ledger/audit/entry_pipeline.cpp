#include "ledger/audit/entry_pipeline.hpp"

#include <utility>

namespace nguon::ledger {

void EntryPipeline::push(std::vector<RawLeaf> leaves) {
  std::promise<void> done;
  auto turn = std::exchange(enrolled_, done.get_future().share());
  chunks_.push_back(std::async(
      std::launch::async,
      [this, leaves = std::move(leaves), turn = std::move(turn), done = std::move(done)]() mutable {
        EntryAudit::Chunk chunk = entries_.parse(leaves);
        if (turn.valid()) turn.wait();
        entries_.enrol(chunk);
        done.set_value();
        return entries_.verify(std::move(chunk));
      }));
}

EntryPipeline::Checked EntryPipeline::pop() {
  std::future<Checked> oldest = std::move(chunks_.front());
  chunks_.pop_front();
  return oldest.get();
}

}  // namespace nguon::ledger
