#pragma once

#include "server/reminders/due.hpp"

#include <map>
#include <span>
#include <string>

namespace nguon::server {

/// Names of organisations by subject. A household's name is a person's: it is never in here.
using OrgNames = std::map<std::string, std::string, std::less<>>;

/// What it is, in one language: "VietGAP số VG-952", without its end.
std::string label_of(const Due& due, const OrgNames& names, bool english);

/// One line for people: what, whose, until when, how many days.
std::string line_of(const Due& due, const OrgNames& names, bool english);

/// Lines to be pasted into a chat: Vietnamese, plain, the nearest end first.
std::string chat_text(std::span<const Due> due, const OrgNames& names);

/// Body of a digest, Vietnamese and then English.
std::string digest_text(std::span<const Due> due, const OrgNames& names);

}  // namespace nguon::server
