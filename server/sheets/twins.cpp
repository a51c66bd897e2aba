#include "schemas/folding.hpp"
#include "server/office/row.hpp"
#include "server/sheets/legacy.hpp"
#include "server/sheets/row_reader.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;

std::string text_said(const Draft& draft, std::string_view name) {
  const auto* value = draft.said.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

bool is_taken(const Draft& draft) { return !draft.said.contains("take"); }

/// Both say where they live, and say the same.
bool live_together(const Draft& one, const Draft& two) {
  const auto* home = one.said.if_contains("place");
  const auto* other = two.said.if_contains("place");
  return home != nullptr && other != nullptr && *home == *other;
}

ProposedAnswer same_as(std::size_t index, const Draft& draft) {
  return {"same-person",
          text_said(draft, "name") + " (" + std::to_string(draft.row) + ")",
          {{"into", index}},
          {}};
}

class Twins {
 public:
  Twins(Plan& plan, const Known& known) : plan_(plan) {
    for (const KnownMember& one : known.members) {
      known_names_.emplace(tone_last(one.name), &one);
      if (!one.phone.empty()) known_phones_.emplace(plain_phone(one.phone), &one);
    }
  }

  void find() {
    for (std::size_t at = 0; at < plan_.members.size(); ++at) {
      if (!is_taken(plan_.members[at])) continue;
      if (in_directory(at) || in_table(at)) continue;
      names_.emplace(tone_last(text_said(plan_.members[at], "name")), at);
      const std::string phone = text_said(plan_.members[at], "phone");
      if (!phone.empty()) phones_.emplace(phone, at);
    }
  }

 private:
  Doubt about(std::string_view kind, std::size_t member, std::string other) const {
    Doubt asked;
    asked.kind = kind;
    asked.rows = {plan_.members[member].row};
    asked.stood = text_said(plan_.members[member],
                            kind == "phone.shared" || kind == "phone.known" ? "phone" : "name");
    asked.about = std::move(other);
    asked.members = {member};
    return asked;
  }

  /// Whether the row was taken for somebody who is there already.
  bool in_directory(std::size_t at) {
    const Draft& member = plan_.members[at];
    const std::string name = text_said(member, "name");
    const std::string phone = text_said(member, "phone");
    const auto by_phone = phone.empty() ? known_phones_.end() : known_phones_.find(phone);
    const auto by_name = known_names_.find(tone_last(name));
    const KnownMember* one = by_phone != known_phones_.end() ? by_phone->second
                             : by_name != known_names_.end() ? by_name->second
                                                             : nullptr;
    if (one == nullptr) return false;
    const ProposedAnswer known{"known", one->name, {{"known", one->sub}}, {}};
    const ProposedAnswer other{"other-person", {}, {}, {}};
    const ProposedAnswer leave{"leave", {}, {{"take", false}}, {}};
    const bool alike = schemas::fold(one->name) == schemas::fold(name);
    if (by_phone != known_phones_.end() && !alike) {
      Doubt asked = about("phone.known", at, one->name);
      asked.answers = {{"keep", {}, {}, {}}, known, {"without", {}, {{"phone", nullptr}}, {}}};
      plan_.ask(std::move(asked));
      return false;
    }
    Doubt asked = about("person.known", at, one->name);
    const bool two_phones =
        by_phone == known_phones_.end() && !phone.empty() && !one->phone.empty();
    asked.answers = two_phones ? std::vector<ProposedAnswer>{other, known, leave}
                               : std::vector<ProposedAnswer>{known, other, leave};
    plan_.ask(std::move(asked));
    return !two_phones;
  }

  /// Whether the row was taken for somebody of an earlier one.
  bool in_table(std::size_t at) {
    const Draft& member = plan_.members[at];
    const std::string name = text_said(member, "name");
    const std::string phone = text_said(member, "phone");
    const auto by_phone = phone.empty() ? phones_.end() : phones_.find(phone);
    const ProposedAnswer other{"other-person", {}, {}, {}};
    if (by_phone != phones_.end()) {
      const Draft& first = plan_.members[by_phone->second];
      const ProposedAnswer same = same_as(by_phone->second, first);
      // The same name but for its marks is one person who was written down twice.
      const bool alike = schemas::fold(text_said(first, "name")) == schemas::fold(name);
      Doubt asked = about(alike ? "person.twin" : "phone.shared", at, same.what);
      if (alike) {
        asked.answers = {same, other};
      } else {
        asked.answers = {{"keep", {}, {}, {}}, {"without", {}, {{"phone", nullptr}}, {}}, same};
      }
      plan_.ask(std::move(asked));
      return alike;
    }
    const auto by_name = names_.find(tone_last(name));
    if (by_name == names_.end()) return false;
    const Draft& first = plan_.members[by_name->second];
    const bool two_phones = !phone.empty() && !text_said(first, "phone").empty();
    const bool together = live_together(first, member);
    // Many bear one name: two numbers, or two homes, are two people.
    if (two_phones && !together) return false;
    const bool same = !two_phones &&
                      (together || !member.said.contains("place") || !first.said.contains("place"));
    Doubt asked = about("person.twin", at, same_as(by_name->second, first).what);
    const ProposedAnswer one = same_as(by_name->second, first);
    asked.answers = same ? std::vector<ProposedAnswer>{one, other} : std::vector<ProposedAnswer>{other, one};
    plan_.ask(std::move(asked));
    return same;
  }

  Plan& plan_;
  std::unordered_map<std::string, std::size_t> names_, phones_;  // First of each, index.
  std::unordered_map<std::string, const KnownMember*> known_names_, known_phones_;
};

}  // namespace

void find_twins(Plan& plan, const Known& known) { Twins(plan, known).find(); }

}  // namespace nguon::server
