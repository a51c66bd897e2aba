#pragma once

#include "schemas/result.hpp"
#include "schemas/validator.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::schemas {

/// append: a fact of the field, never refused for order. strict: `prev` must be the subject's head.
enum class Order { append, strict };

/// Whether an entry of a type begins its subject (no `prev`), goes on with one, or may do either.
enum class SubjectMode { starts, continues, either };

/// Which subjects a type is about.
struct SubjectRule {
  std::vector<std::string> kinds;  ///< Allowed prefixes of `sub` ("batch"); empty = any kind.
  SubjectMode mode = SubjectMode::starts;

  bool allows(std::string_view kind) const;
};

/// How many inputs the `from` claim may name.
struct FromRule {
  std::size_t min = 0;
  std::size_t max = 0;  ///< ≤ 64
};

/// What a private slot must carry in one given entry.
enum class Presence {
  required,   ///< A disclosure must come with the submission.
  optional,   ///< A disclosure or a decoy digest.
  forbidden,  ///< Only a decoy digest: the public member `instead_of` is filled.
};

/// A place in `data` whose value is signed as {"_sd":["<one digest>"]}.
struct PrivateSlot {
  std::string pointer;  ///< JSON Pointer from `data`: "/price".
  std::vector<std::string>
      readers;  ///< Roles of roles.json, or "self": the person the entry is by or for.
  bool required = false;
  std::string instead_of;  ///< Pointer of the public member it stands in for ("/value"), or empty.

  /// What this slot must carry beside this `data`.
  Presence presence(const boost::json::value& data) const;
};

/// One entry type and major. Immutable and thread-safe; cheap enough to keep by reference.
class TypeSchema {
 public:
  /// Compiles one file of schemas/types. Errors: `bundle.schema`, `bundle.pattern`.
  static Result<TypeSchema> compile(const boost::json::object& document, Patterns& patterns);

  const std::string& name() const { return name_; }  ///< "batch.harvest/1", the `type` claim.
  const std::string& base() const { return base_; }  ///< "batch.harvest", as in roles.json.
  int major() const { return major_; }
  Order order() const { return order_; }
  const SubjectRule& subject() const { return subject_; }
  const std::optional<FromRule>& from() const { return from_; }  ///< Absent: no `from` claim.
  bool sealed() const { return sealed_; }  ///< Disclosures may come later (score sheets).
  /// In the order of the file. Every slot's member is always there in the public form.
  const std::vector<PrivateSlot>& private_slots() const { return slots_; }
  const PrivateSlot* slot(std::string_view pointer) const;
  /// What of this type is public for ever, one sentence each.
  const std::string& public_vi() const { return public_vi_; }
  const std::string& public_en() const { return public_en_; }

  /// Checks the signed public form of `data`. Absent when valid; else `schema.*` or `private.slot`.
  std::optional<Violation> validate_public(const boost::json::value& data) const;
  /// Checks a disclosed value for the slot at `pointer`; the violation's pointer begins with it.
  /// `private.unknown-slot` when there is no such slot.
  std::optional<Violation> validate_private(std::string_view pointer,
                                            const boost::json::value& value) const;

 private:
  TypeSchema(Validator validator) : validator_(std::move(validator)) {}
  Result<void> read_head(const boost::json::object& document);
  Result<void> collect_slots(const boost::json::object& node, const boost::json::object& document,
                             const std::string& pointer, Patterns& patterns);

  std::string name_;
  std::string base_;
  int major_ = 0;
  Order order_ = Order::append;
  SubjectRule subject_;
  std::optional<FromRule> from_;
  bool sealed_ = false;
  std::string public_vi_;
  std::string public_en_;
  std::vector<PrivateSlot> slots_;
  std::vector<Validator> slot_validators_;  // beside slots_
  Validator validator_;
};

}  // namespace nguon::schemas
