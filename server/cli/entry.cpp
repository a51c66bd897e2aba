#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "ledger/entry/claims.hpp"
#include "ledger/entry/jws.hpp"
#include "ledger/entry/maker.hpp"
#include "ledger/entry/sd_jwt.hpp"
#include "schemas/bundle.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/draft_file.hpp"
#include "server/cli/http_client.hpp"
#include "server/cli/key_file.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/genesis.hpp"

#include <CLI/CLI.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdio>
#include <ctime>
#include <memory>
#include <string>

namespace nguon::server {
namespace {

constexpr const char* entry_examples = R"(
An entry is what a person signs: a harvest, a new product, a recall. By hand it takes three steps:

  nguon entry make batch.harvest/1 > harvest.json     # a draft with the members its schema asks for
  $EDITOR harvest.json                                # private values stand plain in their places
  nguon entry sign harvest.json --key clerk.pem --deployment ID > harvest.sdjwt
  nguon entry submit harvest.sdjwt --to http://127.0.0.1:8080

To enrol somebody's key, its holder first proves to have it:

  nguon entry prove --key new.pem --deployment ID --person SUB --org ORG   # "jwk" and "proof" of a key.add

sign prints the entry's id and subject on stderr. To go on with a subject, put its id into "sub" and
its newest entry into "prev"; to begin one, leave the bare kind ("batch") in "sub".)";

struct EntryWishes {
  std::string type, file, key, deployment, to, ca, person, org;
  std::string code = "cli";
};

ledger::Result<void> make(const EntryWishes& wishes) {
  const auto* type = schemas::Bundle::built_in().find(wishes.type);
  if (type == nullptr) return ledger::invalid("entry.type", "/type", wishes.type);
  std::fputs(draft_skeleton(*type).c_str(), stdout);
  return {};
}

ledger::Result<void> sign(const EntryWishes& wishes) {
  NGUON_TRY(const std::string text, read_file(wishes.file));
  NGUON_TRY(const auto draft, parse_draft(text, std::time(nullptr)));
  const auto* type = schemas::Bundle::built_in().find(draft.type);
  if (type == nullptr) return ledger::invalid("entry.type", "/type", draft.type);
  NGUON_TRY(const auto key, read_key_file(wishes.key));
  ledger::EntryMaker maker(wishes.deployment, ledger::system_entropy());
  NGUON_TRY(const auto made, maker.make(key, *type, draft.draft));
  std::fprintf(stderr, "entry %s\nsubject %s\nsigned by %s\n", made.id.c_str(), made.sub.c_str(),
               key.kid().c_str());
  std::fprintf(stdout, "%s\n", made.sd_jwt.c_str());
  return {};
}

ledger::Result<void> prove(const EntryWishes& wishes) {
  NGUON_TRY(const auto key, read_key_file(wishes.key));
  const boost::json::object fields{
      {"jwk", boost::json::parse(key.public_key().jwk())},
      {"proof", enrolment_proof(key, wishes.deployment, wishes.person, wishes.org, wishes.code)}};
  std::fprintf(stdout, "%s\n", boost::json::serialize(fields).c_str());
  return {};
}

ledger::Result<void> submit(const EntryWishes& wishes) {
  NGUON_TRY(std::string body, read_file(wishes.file));
  while (!body.empty() && (body.back() == '\n' || body.back() == '\r')) body.pop_back();
  NGUON_TRY(const auto parts, ledger::split_sd_jwt(body));
  NGUON_TRY(const auto jws, ledger::parse_jws(parts.jws, ledger::entry_typ));
  const std::string id = ledger::entry_id(jws.signing_input);
  std::string base = wishes.to;
  while (base.ends_with('/')) base.pop_back();
  NGUON_TRY(const Answer answer, call({.method = "PUT",
                                       .url = base + "/api/entries/" + id,
                                       .content_type = "application/sd-jwt",
                                       .body = std::move(body),
                                       .ca_file = wishes.ca}));
  std::fprintf(stderr, "%d\n", answer.status);
  std::fprintf(stdout, "%s\n", answer.body.c_str());
  if (answer.status >= 200 && answer.status < 300) return {};
  if (answer.status >= 500) {
    return ledger::Error{
        ledger::Errc::unavailable, "client.server", {}, std::to_string(answer.status)};
  }
  return ledger::invalid("client.refused", {}, std::to_string(answer.status));
}

}  // namespace

void add_entry(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<EntryWishes>();
  auto* command = program.add_subcommand("entry", "Make, sign and submit one entry from JSON");
  command->footer(entry_examples);
  command->require_subcommand(1);
  const auto finish = [&outcome](const ledger::Result<void>& done) {
    outcome = done ? ExitCode::good : report(done.error());
  };

  auto* making = command->add_subcommand("make", "Print a draft of a type, to be filled in");
  making->add_option("type", wishes->type, "Type and major, such as batch.harvest/1")->required();
  making->callback([wishes, finish] { finish(make(*wishes)); });

  auto* signing = command->add_subcommand("sign", "Sign a draft: prints the SD-JWT");
  signing->add_option("draft", wishes->file, "Draft, JSON")->required()->check(CLI::ExistingFile);
  signing->add_option("--key", wishes->key, "Signing key, PKCS #8 PEM")->required();
  signing->add_option("--deployment", wishes->deployment, "Deployment id: the entry id of index 0")
      ->required();
  signing->callback([wishes, finish] { finish(sign(*wishes)); });

  auto* proving = command->add_subcommand("prove", "Prove to hold a new key, for its key.add");
  proving->add_option("--key", wishes->key, "The new key, PKCS #8 PEM")->required();
  proving->add_option("--deployment", wishes->deployment, "Deployment id")->required();
  proving->add_option("--person", wishes->person, "Subject id of its holder")->required();
  proving->add_option("--org", wishes->org, "Organisation it will speak for")->required();
  proving->add_option("--code", wishes->code, "One-time code from the office")
      ->capture_default_str();
  proving->callback([wishes, finish] { finish(prove(*wishes)); });

  auto* submitting = command->add_subcommand("submit", "Send a signed entry: prints the receipt");
  submitting->add_option("file", wishes->file, "SD-JWT")->required()->check(CLI::ExistingFile);
  submitting->add_option("--to", wishes->to, "Base URL of the service")->required();
  submitting->add_option("--ca", wishes->ca, "PEM of the certificate authority to trust");
  submitting->callback([wishes, finish] { finish(submit(*wishes)); });
}

}  // namespace nguon::server
