#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::server {

/// Methods with a meaning here (RFC 9110 §9); every other one is `other` and gets a 405.
enum class Method : std::uint8_t { get, head, post, put, del, options, other };

std::string_view to_string(Method method);
Method method_of(std::string_view name);

/// True where two ASCII texts differ in letter case at most.
bool equal_case_blind(std::string_view a, std::string_view b);

/// The header fields of one message in arrival order, in one allocation that a session reuses.
class Headers {
 public:
  /// Copies both. `value` comes without the blanks around it.
  void add(std::string_view name, std::string_view value);
  /// Value of the first field of that name, case-blind. The view lives until the next add() or
  /// clear().
  std::optional<std::string_view> find(std::string_view name) const;
  /// How many fields bear that name.
  std::size_t count(std::string_view name) const;
  void clear();

 private:
  struct Span {
    std::uint32_t begin, name_end, end;
  };
  std::string text_;
  std::vector<Span> spans_;
};

/// One request as a plain value: no socket, no library type. A handler may be tested with one made
/// by hand.
struct Request {
  Method method = Method::get;
  /// Request target as sent (RFC 9112 §3.2). Never log it: it may hold a serial or a query.
  std::string target;
  /// Path of the target as sent, `/` first, percent-encoding kept. Filled by set_target().
  std::string path;
  /// The path's segments, percent-decoded UTF-8 free of control octets; `/` alone has none, a
  /// trailing
  /// `/` gives an empty last one. An encoded slash stays inside its segment.
  std::vector<std::string> segments;
  /// After the `?`, as sent; empty when absent.
  std::string query;
  /// Lower-case host without port, from the target's authority or else Host.
  std::string host;
  Headers headers;
  std::string body;
  /// Numeric address of the client (the one a trusted proxy names). Personal data: never logged.
  std::string peer;
  /// The client's connection is encrypted, here or at a trusted proxy.
  bool tls = false;
  /// Short id for the log and for problem bodies; unique in this process.
  std::string id;

  /// First value of `name` in the query, form-decoded (`+` is a blank); absent when not there or
  /// badly encoded.
  std::optional<std::string> query_value(std::string_view name) const;
};

}  // namespace nguon::server
