#pragma once

#include "ledger/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// What a person may ask of who holds data about him (Law 91/2025/QH15, art. 4).
enum class RightsKind : std::uint8_t { see, correct, erase, withdraw, complain };
/// Where a request stands: the last step taken.
enum class RightsState : std::uint8_t {
  received,
  acknowledged,  ///< The office has said that it has it.
  extended,      ///< Told once that it takes longer, and why.
  done,
  refused,     ///< With the reason, and the rule that demands keeping where one does.
  taken_back,  ///< By the person.
};

std::string_view name_of(RightsKind kind);
std::string_view name_of(RightsState state);
/// No further step follows.
bool is_closed(RightsState state);

/// A request as somebody signed it (ledger/FORMAT.md "Requests about personal data").
struct RightsRequest {
  std::string id;   ///< SHA-256 of the signing input, base64url.
  std::string kid;  ///< Who signed: the person, or the office that was asked by word or on paper.
  std::string person;
  std::string org;  ///< Whose office is asked.
  RightsKind kind = RightsKind::see;
  std::int64_t at = 0;  ///< Unix seconds by the device.
  std::string text;     ///< Personal: what exactly is asked; may be empty.
};

/// One step of an answer.
struct RightsAnswer {
  std::string id;
  std::string kid;
  std::string request;
  RightsState state = RightsState::acknowledged;
  std::int64_t at = 0;
  std::string text;  ///< Personal.
};

inline constexpr std::string_view rights_request_typ = "nguon-rights+jwt";
inline constexpr std::string_view rights_answer_typ = "nguon-rights-answer+jwt";
inline constexpr std::size_t max_rights_octets = 12 * 1024;
inline constexpr std::size_t max_rights_text = 4000;  // Octets: 1,000 letters with their marks.

/// Grammar alone; who may sign is RightsDesk's to say. `aud` is the deployment's id. Errors:
/// `jws.*`, `rights.aud`, `rights.request` or `rights.answer` naming the member.
ledger::Result<RightsRequest> read_rights_request(std::string_view text, std::string_view aud);
ledger::Result<RightsAnswer> read_rights_answer(std::string_view text, std::string_view aud);

std::optional<RightsKind> rights_kind_of(std::string_view name);
std::optional<RightsState> rights_state_of(std::string_view name);

}  // namespace nguon::server
