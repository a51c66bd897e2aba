#pragma once

#include "ledger/base/result.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nguon::server {

/// What a shopper found (server/reports/README.md).
enum class ReportKind : std::uint8_t { opens_wrong, label, differs, spoiled, other };
inline constexpr std::size_t report_kinds = 5;

/// What an office may answer: the sentences are ours, so that nobody is told off or promised more.
enum class ReportAnswer : std::uint8_t {
  genuine,    ///< The label is ours and right.
  corrected,  ///< The page or the label was wrong and has been corrected.
  copied,     ///< Not our goods: the label was copied; told to the authority.
  checked,    ///< The goods were looked into.
  replaced,   ///< The shopper gets other goods or his money back at the place of purchase.
  unclear,    ///< Looked into, and nothing was found.
};
inline constexpr std::size_t report_answers = 6;

enum class ReportState : std::uint8_t { received, seen, answered };

std::string_view name_of(ReportKind kind);
std::string_view name_of(ReportAnswer answer);
std::string_view name_of(ReportState state);
std::optional<ReportKind> report_kind_of(std::string_view name);
std::optional<ReportAnswer> report_answer_of(std::string_view name);

inline constexpr std::size_t max_report_text = 2000;  // Octets: 500 letters with their marks.
inline constexpr std::size_t max_report_statement = 8 * 1024;
inline constexpr std::string_view report_answer_typ = "nguon-report-answer+jwt";

/// One step of an office, as somebody there signed it.
struct ReportStep {
  enum class What : std::uint8_t { seen, answered, cleared };
  std::string id;   ///< SHA-256 of the signing input, base64url.
  std::string kid;  ///< Who signed.
  std::string report;
  What what = What::seen;
  ReportAnswer answer = ReportAnswer::unclear;  ///< Of `answered`.
  std::string text;                             ///< Shown to the shopper; may be empty.
  std::int64_t at = 0;                          ///< Unix seconds by the device.
};

/// Grammar alone; who may sign is ReportDesk's to say. `aud` is the deployment's id. Errors:
/// `jws.*`, `report.answer` naming the member.
ledger::Result<ReportStep> read_report_step(std::string_view jws, std::string_view aud);

/// A reply code: 9 random Crockford symbols and their check symbol, printed `ABCDE-FGHJK`.
std::string new_report_code();
/// As typed; absent unless its check symbol holds.
std::optional<std::string> read_report_code(std::string_view typed);
std::string shown_report_code(std::string_view code);

}  // namespace nguon::server
