#include "server/passkeys/passkey_desk.hpp"

#include "ledger/apply/keys.hpp"
#include "ledger/apply/records_core.hpp"
#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/keys/sha256.hpp"
#include "server/session/signer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr std::string_view to_read = "passkey read";
// When it was last used is told to the day, so that most uses write nothing.
constexpr std::int64_t passkey_day_ms = 86'400'000;

std::string to_make(std::string_view kid) { return "passkey make " + std::string(kid); }

const Error challenge_refused{Errc::invalid, "passkey.challenge", "/client_data/challenge", {}};
const Error count_refused{Errc::forbidden, "passkey.count", "/authenticator_data", {}};

Error bad_statement(std::string field) {
  return ledger::invalid("passkey.statement", std::move(field));
}

/// The text members of a statement that has these and no others, and its `aud`.
Result<std::vector<std::string>> read_statement(const ledger::Jws& jws, const std::string& aud,
                                                std::initializer_list<const char*> names) {
  NGUON_TRY(const auto payload, ledger::parse_json(jws.payload));
  const auto* said = payload.if_object();
  if (said == nullptr || said->size() != names.size() + 1) return bad_statement("");
  const auto* to = said->if_contains("aud");
  if (to == nullptr || *to != json::value(aud)) return bad_statement("/aud");
  std::vector<std::string> members;
  for (const char* name : names) {
    const auto* member = said->if_contains(name);
    if (member == nullptr || !member->is_string()) return bad_statement(std::string("/") + name);
    members.emplace_back(member->get_string());
  }
  return members;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= PasskeyDesk::most_name_octets &&
         std::ranges::none_of(text, [](char octet) {
           return static_cast<unsigned char>(octet) < ' ' || octet == '\x7f';
         });
}

}  // namespace

Result<std::unique_ptr<PasskeyDesk>> PasskeyDesk::open(std::string path,
                                                       const ledger::Ledger& ledger,
                                                       const ledger::Clock& clock,
                                                       SessionDesk& sessions) {
  auto desk = std::unique_ptr<PasskeyDesk>(new PasskeyDesk(ledger, clock, sessions));
  NGUON_TRY(desk->book_, PasskeyBook::open(std::move(path)));
  NGUON_CHECK(desk->catch_up());
  return desk;
}

std::string PasskeyDesk::challenge_to_make(std::string_view kid) const {
  return ledger::base64url_encode(challenges_.make(to_make(kid)));
}

std::string PasskeyDesk::challenge_to_read() const {
  return ledger::base64url_encode(challenges_.make(to_read));
}

std::string PasskeyDesk::user_handle(std::string_view person) const {
  return std::string(ledger::sha256("nguon-passkey/", ledger_.deployment_id(), person).view());
}

Result<Passkey> PasskeyDesk::add(std::string_view text, const RelyingParty& party) {
  NGUON_TRY(const auto jws, ledger::parse_jws(text, passkey_typ));
  NGUON_TRY(auto said, read_statement(jws, ledger_.deployment_id(),
                                      {"client_data", "authenticator_data", "name"}));
  auto client_data = ledger::base64url_decode(said[0]);
  auto authenticator_data = ledger::base64url_decode(said[1]);
  if (!client_data) return bad_statement("/client_data");
  if (!authenticator_data) return bad_statement("/authenticator_data");
  if (!is_name(said[2])) return bad_statement("/name");
  NGUON_TRY(const Viewer owner, signer_of(ledger_, jws, "passkey.signer"));
  NGUON_TRY(const auto reader, may_read_by_passkey(ledger_, owner.kid, clock_.now_ms()));
  if (!reader) return Error{Errc::forbidden, "passkey.ended", {}, {}};
  NGUON_TRY(const auto ceremony,
            check_ceremony(CeremonyKind::create, party,
                           {std::move(*client_data), std::move(*authenticator_data)}));
  Passkey made;
  made.id = ledger::base64url_encode(ceremony.authenticator.attested->id);
  made.kid = owner.kid;
  made.person = owner.person;
  made.jwk = ceremony.authenticator.attested->jwk;
  made.host = party.id;
  made.name = std::move(said[2]);
  made.made = clock_.now_ms();
  made.count = ceremony.authenticator.count;
  made.portable = ceremony.authenticator.portable;

  const std::scoped_lock lock(mutex_);
  NGUON_CHECK(forget_ended());
  if (auto known = book_->find(made.id)) {
    if (known->kid == made.kid && known->jwk == made.jwk) return std::move(*known);
    return Error{Errc::conflict, "passkey.known", {}, {}};
  }
  if (!challenges_.is_good(ceremony.challenge, to_make(owner.kid))) return challenge_refused;
  if (book_->of_person(owner.person).size() >= most_of_person) {
    return Error{Errc::conflict, "passkey.full", {}, {}};
  }
  if (!challenges_.spend(ceremony.challenge)) return challenge_refused;
  NGUON_CHECK(book_->keep(made));
  return made;
}

Result<void> PasskeyDesk::remove(std::string_view text) {
  NGUON_TRY(const auto jws, ledger::parse_jws(text, passkey_removal_typ));
  NGUON_TRY(const auto said, read_statement(jws, ledger_.deployment_id(), {"remove"}));
  NGUON_TRY(const Viewer by, signer_of(ledger_, jws, "passkey.signer"));
  const std::scoped_lock lock(mutex_);
  NGUON_TRY(const auto gone, book_->remove_if([&](const Passkey& one) -> Result<bool> {
    return one.id == said.front() && one.person == by.person;
  }));
  for (const auto& id : gone) sessions_.end_of_passkey(id);
  return {};
}

Result<BegunSession> PasskeyDesk::begin(const PasskeyAssertion& assertion,
                                        const RelyingParty& party) {
  const auto find = [&]() -> Result<Passkey> {
    const std::scoped_lock lock(mutex_);
    NGUON_CHECK(forget_ended());
    auto found = book_->find(assertion.id);
    if (!found) return Error{Errc::not_found, "passkey.unknown", "/id", {}};
    return std::move(*found);
  };
  NGUON_TRY(const Passkey claimed, find());
  NGUON_TRY(const auto ceremony, check_ceremony(CeremonyKind::get, party, assertion.answer));
  if (claimed.host != party.id) return ledger::invalid("passkey.rp", "/authenticator_data");
  if (assertion.user_handle != user_handle(claimed.person)) {
    return ledger::invalid("passkey.person", "/user_handle");
  }
  if (!challenges_.is_good(ceremony.challenge, to_read)) return challenge_refused;
  NGUON_CHECK(check_assertion_signature(claimed.jwk, assertion.answer, assertion.signature));
  if (ceremony.authenticator.portable != claimed.portable) {
    return ledger::invalid("passkey.authenticator", "/authenticator_data");
  }
  // To the end: a session must not begin after its passkey was removed.
  const std::scoped_lock lock(mutex_);
  auto passkey = book_->find(assertion.id);
  if (!passkey) return Error{Errc::not_found, "passkey.unknown", "/id", {}};
  // Before counting: whoever repeats what was seen on its way must not cast doubt on it.
  if (!challenges_.spend(ceremony.challenge)) return challenge_refused;
  NGUON_CHECK(count(*passkey, ceremony.authenticator.count));
  return sessions_.begin_by_passkey(passkey->kid, passkey->id);
}

/// §7.2 step 22: two of one that counts are seen by a count that does not grow. Which of the two is
/// its owner's nobody can say, so neither reads any more until the owner makes another.
Result<void> PasskeyDesk::count(Passkey& passkey, std::uint32_t now) {
  if (passkey.doubted) return count_refused;
  if ((now != 0 || passkey.count != 0) && now <= passkey.count) {
    passkey.doubted = true;
    NGUON_CHECK(book_->keep(passkey));
    sessions_.end_of_passkey(passkey.id);
    return count_refused;
  }
  const std::int64_t now_ms = clock_.now_ms();
  if (now == passkey.count && now_ms / passkey_day_ms == passkey.used / passkey_day_ms) return {};
  passkey.count = now;
  passkey.used = now_ms;
  return book_->keep(passkey);
}

Result<std::vector<Passkey>> PasskeyDesk::of_person(const std::string& person) {
  const std::scoped_lock lock(mutex_);
  NGUON_CHECK(forget_ended());
  return book_->of_person(person);
}

Result<void> PasskeyDesk::catch_up() {
  const std::scoped_lock lock(mutex_);
  return forget_ended();
}

Result<void> PasskeyDesk::forget_ended() {
  const std::uint64_t size = ledger_.head().size;
  if (looked_at_ == size) return {};
  NGUON_TRY(const auto gone, book_->remove_if([&](const Passkey& one) -> Result<bool> {
    NGUON_TRY(const auto key, living_key(ledger_, one.kid));
    if (!key) return true;
    NGUON_TRY(const auto stored, ledger_.state(ledger::state_key::subject(one.person)));
    if (!stored) return true;
    NGUON_TRY(const auto person, ledger::decode<ledger::PersonRecord>(*stored));
    return person.erased.has_value();
  }));
  for (const auto& id : gone) sessions_.end_of_passkey(id);
  looked_at_ = size;
  return {};
}

}  // namespace nguon::server
