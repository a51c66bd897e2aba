#include "labels/gs1_fault.hpp"

#include <stdexcept>

namespace nguon::labels {
namespace {

std::string_view phrase(Gs1Rule rule) {
  switch (rule) {
    case Gs1Rule::unknown_ai:
      return "no such application identifier";
    case Gs1Rule::too_short:
      return "the value is missing or too short";
    case Gs1Rule::too_long:
      return "the value is too long";
    case Gs1Rule::bad_symbol:
      return "a character that does not belong there";
    case Gs1Rule::check_digit:
      return "the check digit is wrong";
    case Gs1Rule::prefix:
      return "does not begin with a GS1 company prefix";
    case Gs1Rule::date:
      return "no such day";
    case Gs1Rule::time:
      return "no such time of day";
    case Gs1Rule::country:
      return "no such country";
    case Gs1Rule::content:
      return "the value says nothing that this identifier can mean";
    case Gs1Rule::alone:
      return "needs another element that is not there";
    case Gs1Rule::contradiction:
      return "stands beside an element it excludes";
    case Gs1Rule::repeated:
      return "given twice";
    case Gs1Rule::brackets:
      return "not (AI)value(AI)value…";
    case Gs1Rule::length:
      return "nothing, or more than is read";
    case Gs1Rule::uri:
      return "not http(s)://host/…, or a character no URI has";
    case Gs1Rule::escape:
      return "a broken percent-escape";
    case Gs1Rule::no_key:
      return "no primary key with a value";
    case Gs1Rule::segment:
      return "a path segment that belongs to nothing";
    case Gs1Rule::qualifier:
      return "no qualifier of this key, or in the wrong order";
    case Gs1Rule::belongs_in_path:
      return "belongs in the path, after the key";
    case Gs1Rule::not_in_query:
      return "may not stand in the query";
    case Gs1Rule::epc:
      return "not an EPC URN of a known scheme";
  }
  return "unknown rule";
}

}  // namespace

std::string describe(const Gs1Fault& fault) {
  std::string text;
  if (!fault.ai.empty()) text = "(" + fault.ai + "): ";
  return text.append(phrase(fault.rule));
}

void throw_exception_from_error(const Gs1Fault& fault, const boost::source_location& where) {
  throw std::logic_error("value asked of a Gs1Fault: " + describe(fault) + " at " +
                         where.to_string());
}

}  // namespace nguon::labels
