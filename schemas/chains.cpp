#include "schemas/chains.hpp"

#include "schemas/member.hpp"
#include "schemas/try.hpp"

namespace nguon::schemas {
namespace {

namespace json = boost::json;

Violation bad_chain(std::string pointer, std::string detail) {
  return {"bundle.chains", std::move(pointer), std::move(detail)};
}

Result<std::string> text(const json::value& value, std::string_view name,
                         const std::string& pointer) {
  const json::value* found = member(value, name);
  if (found == nullptr || !found->is_string())
    return bad_chain(pointer + "/" + std::string(name), "wants a string");
  return std::string(found->get_string());
}

Result<Label> label(const json::value& value, const std::string& pointer) {
  Label out;
  SCHEMAS_TRY(out.vi, text(value, "vi", pointer));
  SCHEMAS_TRY(out.en, text(value, "en", pointer));
  return out;
}

Result<std::map<std::string, Label, std::less<>>> labels(const json::value& value,
                                                         std::string_view name,
                                                         const std::string& pointer) {
  std::map<std::string, Label, std::less<>> out;
  const json::value* found = member(value, name);
  const std::string here = pointer + "/" + std::string(name);
  if (found == nullptr || !found->is_object()) return bad_chain(here, "wants an object");
  for (const auto& [id, row] : found->get_object()) {
    SCHEMAS_TRY(Label one, label(row, here + "/" + std::string(id)));
    out.emplace(id, std::move(one));
  }
  return out;
}

Result<int> whole(const json::value& value, std::string_view name, const std::string& pointer) {
  const json::value* found = member(value, name);
  if (found == nullptr || !found->is_int64() || found->get_int64() < 0 ||
      found->get_int64() > 10'000'000) {
    return bad_chain(pointer + "/" + std::string(name), "wants an integer");
  }
  return static_cast<int>(found->get_int64());
}

Result<ChainStep> step(const json::value& value, const Chain& chain, const std::string& pointer) {
  ChainStep out;
  SCHEMAS_TRY(out.label, label(value, pointer));
  SCHEMAS_TRY(out.to, text(value, "to", pointer));
  const json::value* from = member(value, "from");
  if (from == nullptr || !from->is_array()) return bad_chain(pointer + "/from", "wants an array");
  for (const json::value& stage : from->get_array()) {
    if (!stage.is_string() || !chain.stages.contains(std::string_view(stage.get_string()))) {
      return bad_chain(pointer + "/from", "unknown stage");
    }
    out.from.emplace_back(stage.get_string());
  }
  if (!chain.stages.contains(out.to)) return bad_chain(pointer + "/to", "unknown stage");
  if (member(value, "least_permille") != nullptr) {
    SCHEMAS_TRY(out.least_permille, whole(value, "least_permille", pointer));
    SCHEMAS_TRY(out.most_permille, whole(value, "most_permille", pointer));
  }
  return out;
}

Result<Chain> chain(const json::value& value, const std::string& pointer) {
  Chain out;
  SCHEMAS_TRY(out.label, label(value, pointer));
  SCHEMAS_TRY(out.stages, labels(value, "stages", pointer));
  SCHEMAS_TRY(out.varieties, labels(value, "varieties", pointer));
  SCHEMAS_TRY(out.yield_warn_kg_ha, whole(value, "yield_warn_kg_ha", pointer));
  SCHEMAS_TRY(out.yield_most_kg_ha, whole(value, "yield_most_kg_ha", pointer));
  const json::value* steps = member(value, "steps");
  if (steps == nullptr || !steps->is_object())
    return bad_chain(pointer + "/steps", "wants an object");
  for (const auto& [id, row] : steps->get_object()) {
    SCHEMAS_TRY(ChainStep one, step(row, out, pointer + "/steps/" + std::string(id)));
    out.steps.emplace(id, std::move(one));
  }
  return out;
}

}  // namespace

Result<Chains> Chains::parse(const json::value& document) {
  Chains out;
  if (!document.is_object()) return bad_chain("", "wants an object");
  for (const auto& [crop, row] : document.get_object()) {
    SCHEMAS_TRY(Chain one, chain(row, "/" + std::string(crop)));
    out.chains_.emplace(crop, std::move(one));
  }
  return out;
}

const Chain* Chains::find(std::string_view crop) const {
  const auto found = chains_.find(crop);
  return found == chains_.end() ? nullptr : &found->second;
}

}  // namespace nguon::schemas
