// Writes tests/ledger/golden/entry anew: `write_entry_goldens`. Only for a change of the format;
// what the files say is then read by a person before it is committed.
#include "schemas/canonical.hpp"
#include "tests/support/entry_cases.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fstream>
#include <iostream>

namespace {

namespace json = boost::json;
using nguon::tests::golden_directory;

void write_file(const std::string& name, const std::string& text) {
  std::ofstream(golden_directory() + "/" + name) << text;
}

// Few types, and one of them in two majors; everything else of this build's bundle.
void write_bundle() {
  json::value bundle = json::parse(nguon::schemas::Bundle::built_in_text());
  const json::object all = bundle.at("schemas").as_object();
  json::object few;
  for (const auto* type :
       {"genesis/1", "batch.harvest/1", "batch.transform/1", "batch.recall/1", "member.add/1"}) {
    few[type] = all.at(type);
  }
  json::value newer = all.at("batch.harvest/1");
  newer.as_object()["x-major"] = 2;
  newer.at("properties").as_object()["baskets"] = {{"type", "integer"}, {"minimum", 1}};
  few["batch.harvest/2"] = std::move(newer);
  bundle.as_object()["schemas"] = std::move(few);
  write_file("bundle.json", nguon::schemas::canonical_json(bundle));
}

void write_context() {
  auto people = nguon::tests::golden_people();
  json::array keys;
  for (const auto* name :
       {"root", "service", "service-gate", "registrar", "director", "member", "packer"}) {
    keys.push_back(json::parse(people.key(name).public_key().jwk()));
  }
  std::string text = "{\"deployment_id\":\"" + people.deployment_id() + "\",\n \"keys\":[";
  for (const auto& key : keys) text += (&key == &keys[0] ? "\n  " : ",\n  ") + json::serialize(key);
  write_file("context.json", text + "]}\n");
}

void write_case(const nguon::tests::EntryCase& one) {
  auto people = nguon::tests::golden_people();
  const std::string body = one.make(people);
  const auto admission = people.admit(body);
  std::string text = "{\"about\":" + json::serialize(json::string(one.about));
  const auto add = [&](const char* name, const std::string& value) {
    text += std::string(",\n \"") + name + "\":" + json::serialize(json::string(value));
  };
  if (admission) {
    add("verdict", "admitted");
    add("id", admission->entry.id);
  } else {
    const auto& rejection = admission.error();
    if (rejection.error.rule != one.rule) {
      std::cerr << one.name << ": " << rejection.error.rule << ' ' << rejection.error.field
                << ", not " << one.rule << '\n';
    }
    add("verdict", rejection.validly_signed ? "refused, signed" : "refused, unsigned");
    add("rule", rejection.error.rule);
    add("field", rejection.error.field);
    if (!rejection.entry_id.empty()) add("id", rejection.entry_id);
  }
  add("sd_jwt", body);
  write_file(one.name + ".json", text + "}\n");
}

}  // namespace

int main(int count, char**) {
  if (count > 1) {
    write_bundle();  // with any argument: freezes this build's bundle, which changes every id
  }
  write_context();
  for (const auto& one : nguon::tests::entry_cases()) write_case(one);
}
