#pragma once

#include "ledger/log/ledger.hpp"
#include "schemas/bundle.hpp"
#include "server/rights/personal_entries.hpp"
#include "server/rights/rights_desk.hpp"
#include "server/session/viewer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace nguon::server {

/// Whether this reader may have all of a person's data at once: the person, and the director or a
/// clerk of an organisation the person is or was in. Errors: `store.*`.
ledger::Result<bool> may_have_data_of(const ledger::Ledger& ledger, const Viewer& viewer,
                                      const std::string& person);

/// Everything the service holds on one person, as far as this reader may read it: memberships,
/// keys, consents, entries with the private values opened to the reader, requests, and to the
/// person alone its `passkeys` (PasskeyDesk::of_person() as passkey_told() has them). Errors:
/// `rights.person` (Errc::not_found), `rights.reader` (Errc::forbidden), those of
/// PersonalEntries::of(), `store.*`.
ledger::Result<boost::json::object> my_data(const ledger::Ledger& ledger,
                                            const schemas::Bundle& bundle, PersonalEntries& entries,
                                            RightsDesk& requests, const Viewer& viewer,
                                            const std::string& person, boost::json::array passkeys,
                                            std::int64_t now_ms);

/// The same to be read and printed: one HTML document of its own, without scripts. Texts of both
/// languages stand beside each other.
std::string my_data_page(const boost::json::object& data, const schemas::Bundle& bundle);

}  // namespace nguon::server
