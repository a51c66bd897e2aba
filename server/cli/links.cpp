#include "server/cli/links.hpp"

#include "server/cli/exit_code.hpp"
#include "server/deployment/deployment.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/marks.hpp"
#include "server/deployment/notebook.hpp"
#include "server/resolver/link_file.hpp"
#include "server/resolver/link_table.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>

namespace nguon::server {
namespace {

constexpr const char* links_examples = R"(
Puts the links of FILE in the place of those that are there: where a GTIN, a lot, a place leads, in which
language, for whom (server/resolver/README.md explains the file). The whole file is read first; anything
wrong is told with its line, and nothing is changed. A running service follows within two seconds. Run it
as the user that the service runs as.

Example:
  nguon import links lien-ket.json --data /var/lib/nguon)";

struct LinksWishes {
  std::string file, data;
};

ledger::Result<void> run_import_links(const LinksWishes& wishes) {
  const Places places{wishes.data};
  if (!file_exists(places.database())) {
    return ledger::Error{ledger::Errc::not_found, "start.not-initialised", {}, wishes.data};
  }
  NGUON_CHECK(check_is_whole(places));
  NGUON_TRY(const auto text, read_links(wishes.file));
  if (!text) return ledger::Error{ledger::Errc::not_found, "file.read", {}, wishes.file};
  NGUON_TRY(const LinkTable fresh, LinkTable::parse(*text));
  const std::string path = links_file(wishes.data);
  LinkTable before;
  // What cannot be read any more is replaced, not mended.
  if (const auto old = read_links(path); old && *old) {
    if (auto table = LinkTable::parse(**old)) before = *std::move(table);
  }
  std::size_t added = 0;
  std::size_t changed = 0;
  std::size_t kept = 0;
  for (const auto& [anchor, item] : fresh.items()) {
    const LinkItem* old = before.find(anchor);
    ++(old == nullptr ? added : *old == item ? kept : changed);
  }
  NGUON_CHECK(make_directory(notes_folder(wishes.data), 0700));
  NGUON_CHECK(write_links(path, *text));
  std::printf("links of %zu items: %zu new, %zu changed, %zu as before, %zu gone\n", fresh.size(),
              added, changed, kept, before.size() - changed - kept);
  return {};
}

}  // namespace

void add_import_links(CLI::App& import, ExitCode& outcome) {
  auto wishes = std::make_shared<LinksWishes>();
  auto* command = import.add_subcommand("links", "Put a file of links in force");
  command->footer(links_examples);
  command->add_option("FILE", wishes->file, "JSON")->required();
  command->add_option("--data", wishes->data, "Data directory")
      ->required()
      ->check(CLI::ExistingDirectory);
  command->callback([wishes, &outcome] {
    const auto done = run_import_links(*wishes);
    outcome = done ? ExitCode::good : report(done.error());
  });
}

}  // namespace nguon::server
