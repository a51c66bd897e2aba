#pragma once

#include "ledger/base/result.hpp"
#include "ledger/store/frozen_files.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a running service and the commands beside it say to each other over the socket `control`
/// in the data directory, whose owner alone may connect (FORMAT.md "Control socket").
namespace nguon::server {

inline constexpr std::size_t max_control_line = 256;  ///< Of a request, LF included.
inline constexpr std::size_t max_control_answer = 16 << 20;
inline constexpr std::size_t max_frozen_files = 65'000;

enum class ControlRequest {
  freeze,   ///< Hold the store's files until the connection ends; answered with their list.
  release,  ///< Let them go: answered only when they were held all the time.
};
/// A line without its LF; absent for any other.
std::optional<ControlRequest> parse_control_request(std::string_view line);
std::string_view format_control_request(ControlRequest request);  ///< With LF.

/// The answer to `freeze`.
std::string format_frozen(const std::vector<ledger::FrozenFile>& files);
/// The answer to `release`.
inline constexpr std::string_view released_answer = "released\n";
/// Any answer when it went wrong.
std::string format_control_error(const ledger::Error& error);

/// True once `octets` hold a whole answer.
bool is_whole_answer(std::string_view octets);
/// Errors: the one the service told; `control.answer` when it is no answer to `freeze`.
ledger::Result<std::vector<ledger::FrozenFile>> parse_frozen(std::string_view octets);
/// The same for `release`.
ledger::Result<void> parse_released(std::string_view octets);

}  // namespace nguon::server
