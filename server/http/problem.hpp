#pragma once

#include "ledger/base/error.hpp"
#include "server/http/response.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace nguon::server {

/// One rule's sentence for people.
struct Sentence {
  std::string vi;
  std::string en;
};

/// Finds the sentence of a rule id; both empty when the rule is unknown. Thread-safe.
using SentenceLookup = std::function<Sentence(std::string_view rule)>;

/// The sentences of schemas/problems.json. Thread-safe.
Sentence published_sentence(std::string_view rule);

/// The only map from a ledger failure to an HTTP status.
int status_of(ledger::Errc code);

/// The reason phrase of RFC 9110 §15 (and RFC 6585, 8470): the title of problems and of the status
/// line.
std::string_view reason_of(int status);

/// RFC 9457 answers: {type, title, status, rule, field, vi, en, detail}; `type` is
/// `/problems/<rule>`, to be resolved against the deployment, so it stays the same wherever one
/// looks it up.
class Problems {
 public:
  explicit Problems(SentenceLookup sentences = published_sentence);

  /// Status by status_of(); 503 and 425 carry Retry-After.
  Response response(const ledger::Error& error) const;
  /// For failures of HTTP itself (405, 408, 413, 431 …), which no Errc names.
  /// `statement` is the service's signed word on it (a compact JWS), as member of that name; empty: none.
  Response response(int status, const ledger::Error& error, std::string_view statement = {}) const;

 private:
  SentenceLookup sentences_;
};

}  // namespace nguon::server
