#pragma once

#include "schemas/bundle.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace nguon::ledger {

/// The built-in rules without the words of the label account, as a deployment has them that did not
/// put newer ones in force.
inline schemas::Bundle rules_before_the_label_account() {
  auto text = boost::json::parse(schemas::Bundle::built_in_text()).as_object();
  for (const char* type : {"batch.close/1", "label.give/1", "label.lose/1", "label.print/1",
                           "label.return/1", "label.take/1", "label.void/2"}) {
    text.at("schemas").as_object().stable_erase(type);
  }
  return schemas::Bundle::parse(boost::json::serialize(text)).value();
}

}  // namespace nguon::ledger
