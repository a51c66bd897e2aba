#pragma once

#include "schemas/result.hpp"
#include "schemas/schema_node.hpp"

#include <boost/json/object.hpp>

#include <map>
#include <string>
#include <vector>

namespace nguon::schemas {

/// Turns JSON Schema into nodes. Use once; not thread-safe.
class SchemaCompiler {
 public:
  /// `document` holds the definitions; both must outlive this.
  SchemaCompiler(const boost::json::object& document, Patterns& patterns)
      : document_(document), patterns_(patterns) {}

  /// The place of `schema` among nodes(). Errors: `bundle.schema`, `bundle.pattern`.
  Result<SchemaNode::Index> compile(const boost::json::value& schema);

  std::vector<SchemaNode> take_nodes() { return std::move(nodes_); }

 private:
  using Value = boost::json::value;

  Result<SchemaNode::Index> reference(std::string_view target);
  Result<void> keyword(SchemaNode& node, std::string_view name, const Value& value);
  Result<void> number_keyword(SchemaNode& node, std::string_view name, const Value& value);
  Result<void> types(SchemaNode& node, const Value& value);
  Result<void> properties(SchemaNode& node, const Value& value);
  Result<void> one(std::optional<SchemaNode::Index>& into, const Value& value);
  Result<void> several(std::vector<SchemaNode::Index>& into, const Value& value);

  const boost::json::object& document_;
  Patterns& patterns_;
  std::vector<SchemaNode> nodes_;
  std::map<std::string, SchemaNode::Index, std::less<>> references_;
  std::vector<std::string> open_references_;  // being compiled now: meeting one again is a cycle
};

}  // namespace nguon::schemas
