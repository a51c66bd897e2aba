#include "server/desk/range_desk.hpp"

#include "ledger/apply/codec.hpp"
#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_goods.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/maker.hpp"
#include "schemas/bundle.hpp"
#include "server/deployment/files.hpp"
#include "server/desk/serial_root.hpp"

#include <spdlog/spdlog.h>

#include <charconv>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::chrono::milliseconds between_looks{200};
constexpr std::string_view request_type = "label.request/1";

std::uint64_t read_cursor(const std::string& path, std::uint64_t otherwise) {
  const auto text = read_file(path);
  std::uint64_t cursor = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), cursor);
  return cursor;
}

// Losing it costs a second reading of the log and nothing else, so it is not synced.
void write_cursor(const std::string& path, std::uint64_t cursor) {
  const std::string fresh = path + ".new";
  std::ofstream(fresh, std::ios::trunc) << cursor << '\n';
  std::error_code ignored;
  std::filesystem::rename(fresh, path, ignored);
}

bool is_request(const boost::json::object& payload) {
  const auto* type = payload.if_contains("type");
  return type != nullptr && type->is_string() && type->get_string() == request_type;
}

}  // namespace

RangeDesk::RangeDesk(Deployment& deployment, std::string cursor_file, std::uint64_t from)
    : deployment_(deployment),
      cursor_file_(std::move(cursor_file)),
      next_(read_cursor(cursor_file_, from)),
      thread_([this] { run(); }) {}

RangeDesk::~RangeDesk() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void RangeDesk::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const std::uint64_t before = next_;
    static_cast<void>(read_on());
    if (next_ != before) write_cursor(cursor_file_, next_);
    lock.lock();
    stopped_.wait_for(lock, between_looks, [this] { return stopping_; });
  }
}

ledger::Result<void> RangeDesk::read_on() {
  const std::uint64_t size = deployment_.ledger().head().size;
  for (; next_ < size; ++next_) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return {};
    }
    NGUON_TRY(const auto leaf, deployment_.ledger().leaf(next_));
    NGUON_CHECK(consider(leaf));
  }
  return {};
}

ledger::Result<void> RangeDesk::consider(const ledger::Leaf& leaf) {
  NGUON_TRY(const auto jws, ledger::parse_jws(leaf.jws, ledger::entry_typ));
  NGUON_TRY(const auto payload, ledger::parse_json(jws.payload, {.max_depth = 16}));
  if (!payload.is_object() || !is_request(payload.get_object())) return {};
  const std::string sub(payload.get_object().at("sub").get_string());
  NGUON_TRY(const auto stored, deployment_.ledger().state(ledger::state_key::subject(sub)));
  if (!stored) return {};
  NGUON_TRY(const auto request, ledger::decode<ledger::RequestRecord>(*stored));
  // A request for more labels on one batch is the packer's to use, not ours; a used one is
  // answered.
  if (!request.count || request.used) return {};
  return grant(request.org, ledger::entry_id(jws.signing_input), *request.count);
}

ledger::Result<void> RangeDesk::grant(const std::string& org, const std::string& request,
                                      std::int64_t count) {
  const auto& [epoch, key] = *deployment_.serial_keys().rbegin();
  NGUON_TRY(const auto stored, deployment_.ledger().state(ledger::state_key::epoch(epoch)));
  std::int64_t number = 0;
  if (stored) {
    NGUON_TRY(const auto record, ledger::decode<ledger::EpochRecord>(*stored));
    number = record.last + 1;
  }
  const auto root =
      serial_root(deployment_.serials(), key, {epoch, static_cast<std::uint32_t>(number), 0},
                  static_cast<std::uint32_t>(count));
  if (!root) return ledger::invalid("label.input", {}, std::string(labels::describe(root.error())));
  ledger::Draft draft;
  draft.sub = "range";
  draft.iat = std::time(nullptr);
  draft.data = {{"org", org},     {"request", request}, {"number", number},
                {"count", count}, {"epoch", epoch},     {"serial_root", *root}};
  ledger::EntryMaker maker(deployment_.ledger().deployment_id(), ledger::system_entropy());
  NGUON_TRY(const auto made, maker.make(*deployment_.ledger().service_key(),
                                        *schemas::Bundle::built_in().find("label.range/1"), draft));
  const auto outcome = deployment_.ledger().submit_and_wait(made.sd_jwt, made.id);
  if (outcome.kind == ledger::Outcome::Kind::created) return {};
  // A refusal is final (an organisation suspended meanwhile): asking again would only block the
  // rest.
  if (outcome.kind == ledger::Outcome::Kind::refused) {
    spdlog::warn("label request {} not granted: {}", request, outcome.error.rule);
    return {};
  }
  return outcome.error;
}

}  // namespace nguon::server
