#pragma once

#include "ledger/base/hash.hpp"
#include "ledger/keys/key.hpp"

#include <boost/json/value.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

// Reading vectors of independent origin. Their folder is NGUON_VECTORS, or what configure found.

namespace nguon::ledger::vectors {

/// `<vectors>/tlog/<name>`.
std::filesystem::path tlog_file(const std::string& name);

/// Every file below `<vectors>/epcis` whose name begins with `prefix` and ends in .jsonl, in order.
std::vector<std::filesystem::path> epcis_files(const std::string& prefix);

/// The whole file; fails the running test when it cannot be read.
std::string read(const std::filesystem::path& path);

/// Foreign JSON: fractions, deep nesting and un-normalised text are allowed. Null and a failed test
/// when it is not JSON.
boost::json::value parse(std::string_view text);

/// Calls `visit` for each line of a .jsonl file in tlog/.
void for_each_line(const std::string& name,
                   const std::function<void(const boost::json::object&)>& visit);
/// The same of any file.
void for_each_line_of(const std::filesystem::path& file,
                      const std::function<void(const boost::json::object&)>& visit);

/// The member as text, "" when it is absent.
std::string text(const boost::json::object& object, std::string_view member);
/// A non-negative number; throws when it is none.
std::uint64_t number(const boost::json::object& object, std::string_view member);
/// 32 octets written in base64; absent when they are not 32.
std::optional<Hash> hash(std::string_view base64);
/// A member that is an array of such hashes, or null for none; absent when one is not 32 octets.
std::optional<std::vector<Hash>> hashes(const boost::json::object& object, std::string_view member);

/// Runs every signature case of a Wycheproof file against `key_of(group)`; a wrong verdict, or none
/// at all, fails the test.
void run_wycheproof(const std::string& name,
                    const std::function<Result<PublicKey>(const boost::json::object&)>& key_of);

}  // namespace nguon::ledger::vectors
