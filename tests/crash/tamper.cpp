// Changes what a running service never changes, beneath every checksum: an operator who cheats, or
// a disk that lies with a straight face. Usage: tamper DATABASE leaf INDEX | state KEY

#include "ledger/store/keys.hpp"
#include "ledger/store/rocks_store.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace nguon::ledger;

int fail(const char* what) {
  std::fprintf(stderr, "tamper: %s\n", what);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return fail("usage: tamper DATABASE leaf INDEX | state KEY");
  const auto store = open_rocks_store(argv[1], {});
  if (!store) return fail(store.error().rule.c_str());
  const bool is_leaf = std::string_view(argv[2]) == "leaf";
  const Family family = is_leaf ? Family::log : Family::state;
  const std::string key =
      is_leaf ? keys::leaf(0, std::strtoull(argv[3], nullptr, 10)) : keys::state(0, argv[3]);
  auto value = (*store)->get(family, key);
  if (!value || !*value) return fail("no such row");
  // The last letter or digit, so that it stays a text of the same length and kind.
  const auto at = (*value)->find_last_of("0123456789abcdefghijklmnopqrstuvwxyz");
  if (at == std::string::npos) return fail("nothing to change in that row");
  char& letter = (**value)[at];
  const bool is_last = letter == '9' || letter == 'z';
  letter = static_cast<char>(is_last ? letter - 1 : letter + 1);
  WriteBatch batch;
  batch.put(family, key, **value);
  const auto head = (*store)->get(Family::log, keys::head(0));
  if (!head || !*head) return fail("no head");
  return (*store)->commit(batch, **head) == Commit::done ? 0 : fail("not written");
}
