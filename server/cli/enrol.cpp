#include "labels/crockford.hpp"
#include "labels/link.hpp"
#include "labels/qr.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/maker.hpp"
#include "schemas/bundle.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/http_client.hpp"
#include "server/cli/key_file.hpp"
#include "server/cli/terminal_qr.hpp"
#include "server/enrol/invitation.hpp"
#include "server/session/session_desk.hpp"

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

constexpr const char* enrol_examples = R"(
Enrols a browser or a phone for the holder of a key file: how the first registrar, whom `nguon init`
gave a key file, comes to the office console. It makes an invitation, shows its code as a QR and waits;
open the link, give the code, compare the eight symbols and answer y.

Example:
  nguon enrol --key registrar.pem --deployment ID --to https://nguon.example --name "Nguyễn Thị Mẫu"

Once the browser is enrolled the key file can be put away, or ended by key.revoke.)";

constexpr std::size_t code_octets = 10;  // 16 symbols.
constexpr std::chrono::seconds pause{2};

struct EnrolWishes {
  std::string key, deployment, to, ca, name;
  int minutes = 15;
};

/// The service as this key talks to it.
struct Talk {
  const EnrolWishes& wishes;
  const ledger::PrivateKey& key;

  Result<Answer> ask(const std::string& method, const std::string& path, std::string type = {},
                     std::string body = {}) const {
    NGUON_TRY(auto answer, call({.method = method,
                                 .url = wishes.to + path,
                                 .content_type = std::move(type),
                                 .body = std::move(body),
                                 .ca_file = wishes.ca}));
    if (answer.status >= 500) {
      return Error{Errc::unavailable, "client.server", {}, std::to_string(answer.status)};
    }
    if (answer.status >= 400) {
      std::fprintf(stderr, "%s\n", answer.body.c_str());
      return ledger::invalid("client.refused", {}, std::to_string(answer.status));
    }
    return answer;
  }
  Result<json::object> object(const std::string& method, const std::string& path,
                              std::string type = {}, std::string body = {}) const {
    NGUON_TRY(const auto answer, ask(method, path, std::move(type), std::move(body)));
    auto value = ledger::parse_json(answer.body);
    if (!value || !value->is_object()) return ledger::invalid("client.answer");
    return std::move(value->get_object());
  }
  std::string sign(std::string_view typ, const json::object& said) const {
    return ledger::make_jws(key, typ, json::serialize(said));
  }
};

Result<std::string> text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return ledger::invalid("client.answer");
  return std::string(value->get_string());
}

/// Who the log says the key is: {kid, person, org, roles}, by a read session.
Result<json::object> who_is(const Talk& talk) {
  NGUON_TRY(const auto challenge, talk.object("POST", "/api/session/challenge"));
  NGUON_TRY(const auto nonce, text_of(challenge, "nonce"));
  return talk.object("POST", "/api/session", "application/jwt",
                     talk.sign(session_typ, {{"aud", talk.wishes.deployment}, {"nonce", nonce}}));
}

Result<json::object> wait_for_offer(const Talk& talk, const std::string& id, std::int64_t until) {
  while (std::time(nullptr) < until) {
    std::this_thread::sleep_for(pause);
    NGUON_TRY(const auto standing, talk.object("GET", "/api/enrolments/" + id));
    const auto* offer = standing.if_contains("offer");
    if (offer != nullptr && offer->is_object()) return offer->get_object();
  }
  return Error{Errc::not_found, "enrol.unknown", {}, "nobody came"};
}

bool confirmed(const std::string& kid) {
  std::fprintf(stdout, "Máy kia hiện 8 ký tự này? / Does it show these 8 symbols?  %s %s  [y/N] ",
               kid.substr(0, 4).c_str(), kid.substr(4, 4).c_str());
  std::fflush(stdout);
  std::string said;
  return std::getline(std::cin, said) && (said == "y" || said == "Y");
}

Result<void> log_key(const Talk& talk, const json::object& who, const json::object& offer) {
  NGUON_TRY(const auto person, text_of(who, "person"));
  NGUON_TRY(const auto subject, talk.object("GET", "/api/subjects/" + person));
  const auto* head = subject.if_contains("head");
  if (head == nullptr || !head->is_object()) return ledger::invalid("client.answer");
  ledger::Draft draft;
  draft.sub = person;
  NGUON_TRY(draft.prev, text_of(head->get_object(), "head"));
  draft.iat = std::time(nullptr);
  draft.data = {{"jwk", offer.at("jwk")},
                {"org", who.at("org")},
                {"roles", who.at("roles")},
                {"proof", offer.at("proof")}};
  ledger::EntryMaker maker(talk.wishes.deployment, ledger::system_entropy());
  NGUON_TRY(const auto made,
            maker.make(talk.key, *schemas::Bundle::built_in().find("key.add/1"), draft));
  NGUON_CHECK(talk.ask("PUT", "/api/entries/" + made.id, "application/sd-jwt", made.sd_jwt));
  std::fprintf(stdout, "Đã nhận / enrolled: entry %s\n", made.id.c_str());
  return {};
}

Result<void> enrol(EnrolWishes wishes) {
  while (wishes.to.ends_with('/')) wishes.to.pop_back();
  NGUON_TRY(const auto key, read_key_file(wishes.key));
  const Talk talk{wishes, key};
  NGUON_TRY(const auto who, who_is(talk));
  const std::string code = labels::crockford_encode(ledger::system_entropy()(code_octets));
  const std::int64_t until = std::time(nullptr) + 60 * wishes.minutes;
  const json::object invitation{{"aud", wishes.deployment},
                                {"code", code},
                                {"name", wishes.name},
                                {"org", who.at("org")},
                                {"person", who.at("person")},
                                {"roles", who.at("roles")},
                                {"until", until}};
  NGUON_TRY(const auto kept, talk.object("POST", "/api/enrolments", "application/jwt",
                                         talk.sign(invitation_typ, invitation)));
  NGUON_TRY(const auto id, text_of(kept, "id"));
  const std::string link = wishes.to + "/office#" + code;
  std::fprintf(stdout, "%s\n%s\nMã / code: %s\n", terminal_qr(link).c_str(), link.c_str(),
               code.c_str());
  std::fflush(stdout);
  NGUON_TRY(const auto offer, wait_for_offer(talk, id, until));
  NGUON_TRY(const auto kid, text_of(offer, "kid"));
  if (!confirmed(kid)) {
    NGUON_CHECK(talk.ask("DELETE", "/api/enrolments/" + id));
    return Error{Errc::forbidden, "enrol.not-confirmed", {}, {}};
  }
  return log_key(talk, who, offer);
}

}  // namespace

void add_enrol(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<EnrolWishes>();
  auto* command =
      program.add_subcommand("enrol", "Enrol a browser for the holder of a key file, by QR");
  command->footer(enrol_examples);
  command->add_option("--key", wishes->key, "The holder's key, PKCS #8 PEM")->required();
  command->add_option("--deployment", wishes->deployment, "Deployment id: the entry id of index 0")
      ->required();
  command->add_option("--to", wishes->to, "Base URL of the service")->required();
  command->add_option("--name", wishes->name, "Shown in the browser, never logged")->required();
  command->add_option("--ca", wishes->ca, "PEM of the certificate authority to trust");
  command->add_option("--minutes", wishes->minutes, "How long the code is good")
      ->check(CLI::Range(1, 1440))
      ->capture_default_str();
  command->callback([wishes, &outcome] {
    const auto done = enrol(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
