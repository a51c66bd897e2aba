#pragma once

#include <map>
#include <string>
#include <string_view>

namespace nguon::schemas {

/// What a person is told when a rule fails, one sentence in each language.
struct Problem {
  std::string vi, en;
};

/// The sentences of one rule id; null when schemas/problems.json has none. Thread-safe; lives for
/// ever.
const Problem* find_problem(std::string_view rule);

/// Every rule id with its sentences, ascending. Thread-safe; lives for ever.
const std::map<std::string, Problem, std::less<>>& problems();

}  // namespace nguon::schemas
