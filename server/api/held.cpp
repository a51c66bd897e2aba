#include "server/api/held.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/audit/links.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/log/vault.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"
#include "server/session/private_view.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Hash;
using ledger::HeldVisit;
using ledger::KeyRecord;
using ledger::Result;

template <ledger::codec::Record T>
Result<std::optional<T>> held_record(const ledger::Ledger& ledger, const std::string& key) {
  NGUON_TRY(const auto stored, ledger.state(key));
  if (!stored) return std::optional<T>();
  NGUON_TRY(auto record, ledger::decode<T>(*stored));
  return std::optional<T>(std::move(record));
}

/// Whether one of the reader's roles may adopt what this key signed.
bool may_adopt(const schemas::Bundle& bundle, const Viewer& reader, const KeyRecord& key) {
  return std::ranges::any_of(reader.roles, [&](const std::string& role) {
    const auto relation = bundle.roles().relation(ledger::adopt_type_name, role);
    if (!relation) return false;
    if (*relation == schemas::Relation::any) return true;
    if (*relation == schemas::Relation::own_org) return key.org == reader.org;
    return !key.person.empty() && key.person == reader.person;
  });
}

Result<json::object> held_values(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                                 const Viewer& reader, const KeyRecord& key,
                                 const ledger::Entry& entry) {
  json::object seen;
  const auto* type = bundle.find(entry.type);
  if (type == nullptr) return seen;
  // A subject that the entry would start has no head yet: it would be the signer's organisation's.
  NGUON_TRY(const auto head,
            held_record<ledger::HeadRecord>(ledger, ledger::state_key::head(entry.sub)));
  const std::string& signer = key.person.empty() ? key.org : key.person;
  const ValueOwner owner{ledger::Vault::person_of(entry, signer), head ? head->org : key.org,
                         key.org};
  NGUON_TRY(const auto values, ledger.disclosures(entry.id));
  for (const auto& disclosure : values) {
    const auto* slot = type->slot(disclosure.pointer);
    if (slot != nullptr && may_read(*slot, owner, reader)) {
      seen[disclosure.pointer] = disclosure.value;
    }
  }
  return seen;
}

/// Reads one page; kept in one place because the scan asks row by row.
class HeldPage {
 public:
  HeldPage(const ledger::Ledger& ledger, const schemas::Bundle& bundle, const Viewer& reader)
      : ledger_(ledger), bundle_(bundle), reader_(reader) {}

  Result<HeldVisit> visit(const Hash& kid, const Hash& id, std::string_view jws) {
    if (rows_.size() == max_held_rows) {
      more_ = true;
      return HeldVisit::stop;
    }
    if (!key_ || kid != kid_) {
      kid_ = kid;
      NGUON_TRY(key_, held_record<KeyRecord>(
                          ledger_, ledger::state_key::key(ledger::base64url_encode(kid))));
    }
    if (!key_ || !may_adopt(bundle_, reader_, *key_)) return HeldVisit::next_key;
    const std::string name = ledger::base64url_encode(id);
    NGUON_TRY(const auto logged, ledger_.state(ledger::state_key::entry(name)));
    if (logged) return HeldVisit::next;  // Adopted meanwhile.
    NGUON_TRY(const auto linked, ledger::read_linked(0, 0, jws));
    NGUON_TRY(auto values, held_values(ledger_, bundle_, reader_, *key_, linked.entry));
    rows_.push_back(json::object{{"id", name},
                                 {"kid", ledger::base64url_encode(kid)},
                                 {"person", key_->person},
                                 {"org", key_->org},
                                 {"entry", jws},
                                 {"values", std::move(values)}});
    last_ = ledger::base64url_encode(kid) + "~" + name;
    return HeldVisit::next;
  }
  json::object take() {
    json::object page{{"rows", std::move(rows_)}};
    if (more_) page["next"] = last_;
    return page;
  }

 private:
  const ledger::Ledger& ledger_;
  const schemas::Bundle& bundle_;
  const Viewer& reader_;
  Hash kid_;
  std::optional<KeyRecord> key_;
  json::array rows_;
  std::string last_;
  bool more_ = false;
};

struct HeldCursor {
  Hash kid, id;
};

Result<HeldCursor> held_cursor(const Request& request) {
  const auto said = request.query_value("after");
  if (!said || said->empty()) return HeldCursor();
  const std::string_view text = *said;
  const auto tilde = std::min(text.find('~'), text.size());
  const auto kid = ledger::base64url_hash(text.substr(0, tilde));
  const auto id = ledger::base64url_hash(text.substr(std::min(tilde + 1, text.size())));
  if (!kid || !id) return ledger::invalid("held.cursor", "/after");
  return HeldCursor{*kid, *id};
}

Result<json::object> held_page(const ledger::Ledger& ledger, const schemas::Bundle& bundle,
                               const ledger::HeldScan& held, const Viewer& reader,
                               const Result<HeldCursor>& after) {
  if (!after) return after.error();
  HeldPage page(ledger, bundle, reader);
  Result<void> read;
  NGUON_CHECK(
      held(after->kid, after->id, [&](const Hash& kid, const Hash& id, std::string_view jws) {
        const auto how = page.visit(kid, id, jws);
        if (how) return *how;
        read = how.error();
        return HeldVisit::stop;
      }));
  NGUON_CHECK(read);
  return page.take();
}

}  // namespace

DeferredHandler get_office_held(const ApiServices& services, const schemas::Bundle& bundle,
                                SessionDesk& sessions, ledger::HeldScan held) {
  return [services, &bundle, &sessions, held = std::move(held)](Request& request, const PathParams&,
                                                                Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    auto task = [services, &bundle, held, respond, after = held_cursor(request),
                 viewer = std::get<Viewer>(std::move(reader))] {
      auto page = held_page(services.ledger, bundle, held, viewer, after);
      respond(page ? unkept_reply(*page) : services.problems.response(page.error()));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {ledger::Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace nguon::server
