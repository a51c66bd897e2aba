#include "server/api/receipts.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/log/checkpoint.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/merkle.hpp"
#include "server/api/json_reply.hpp"

#include <boost/json/array.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nguon::server {
namespace {

namespace json = boost::json;

struct Promised {
  std::uint64_t index = 0;
  std::string entry;
};
struct Question {
  std::uint64_t size = 0;
  ledger::Hash root;
  std::vector<Promised> receipts;
};

std::optional<std::uint64_t> natural(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || value->if_int64() == nullptr || value->get_int64() < 0) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(value->get_int64());
}
std::optional<ledger::Hash> hash_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return ledger::base64url_hash(value->get_string());
}

ledger::Result<Question> read_question(std::string_view body) {
  NGUON_TRY(const json::value value, ledger::parse_json(body));
  const auto* object = value.if_object();
  const auto wrong = [](std::string field) {
    return ledger::invalid("receipts.body", std::move(field));
  };
  if (object == nullptr || object->size() != 3) return wrong({});
  const auto size = natural(*object, "size");
  const auto root = hash_of(*object, "root");
  const auto* list = object->if_contains("receipts");
  if (!size || *size == 0) return wrong("/size");
  if (!root) return wrong("/root");
  if (list == nullptr || !list->is_array() || list->get_array().size() > max_rechecked_receipts) {
    return wrong("/receipts");
  }
  Question question{*size, *root, {}};
  for (const auto& one : list->get_array()) {
    const auto* receipt = one.if_object();
    if (receipt == nullptr || receipt->size() != 2) return wrong("/receipts");
    const auto index = natural(*receipt, "index");
    const auto entry = hash_of(*receipt, "entry");
    if (!index || !entry) return wrong("/receipts");
    question.receipts.push_back({*index, ledger::base64url_encode(*entry)});
  }
  return question;
}

json::array path_of(const std::vector<ledger::Hash>& path) {
  json::array list;
  for (const ledger::Hash& hash : path) list.emplace_back(ledger::base64url_encode(hash));
  return list;
}

ledger::Result<json::object> find_promised(const ledger::Ledger& log, std::uint64_t size,
                                           const Promised& promised) {
  json::object told{{"index", promised.index}, {"entry", promised.entry}};
  if (promised.index >= size) {
    told["fault"] = "receipts.beyond";
    return told;
  }
  NGUON_TRY(const ledger::Leaf leaf, log.leaf(promised.index));
  if (ledger::base64url_encode(ledger::id_of(leaf)) != promised.entry) {
    told["fault"] = "receipts.other-entry";
    return told;
  }
  NGUON_TRY(const auto path, log.inclusion_path(promised.index, size));
  told["leaf"] = ledger::encode_leaf(leaf.recorded, leaf.jws);
  told["path"] = path_of(path);
  return told;
}

ledger::Result<Response> answer_question(const ledger::Ledger& log, const std::string& body) {
  NGUON_TRY(const Question question, read_question(body));
  // The newest checkpoint that was signed: what a receipt of this very moment stands on.
  NGUON_TRY(const ledger::InclusionProof newest, log.inclusion(0));
  const auto key = ledger::NoteVerifier::parse(log.log_vkey());
  NGUON_TRY(const auto head, ledger::open_checkpoint(newest.checkpoint, *key));
  if (question.size > head.size) {
    return ledger::Error{ledger::Errc::conflict, "receipts.newer", "/size",
                         "this log has " + std::to_string(head.size)};
  }
  NGUON_TRY(const auto path, log.consistency(question.size, head.size));
  if (!ledger::verify_consistency(question.size, head.size, question.root, head.root, path)) {
    return ledger::Error{ledger::Errc::conflict, "receipts.other-log", "/root", {}};
  }
  json::array receipts;
  for (const Promised& promised : question.receipts) {
    NGUON_TRY(auto told, find_promised(log, head.size, promised));
    receipts.push_back(std::move(told));
  }
  return json_reply({{"checkpoint", newest.checkpoint},
                     {"consistency", path_of(path)},
                     {"receipts", std::move(receipts)}});
}

}  // namespace

DeferredHandler post_receipts_check(const ApiServices& services) {
  return [services](Request& request, const PathParams&, Respond respond) {
    auto task = [services, respond, body = std::move(request.body)] {
      auto response = answer_question(services.ledger, body);
      respond(response ? std::move(*response) : services.problems.response(response.error()));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {ledger::Errc::too_busy, "log.queue-full", {}, "queue is full"}));
    }
  };
}

}  // namespace nguon::server
