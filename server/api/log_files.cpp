#include "server/api/log_files.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/log/tile.hpp"
#include "ledger/log/tlog_proof.hpp"
#include "server/api/conditional.hpp"
#include "server/api/encoded.hpp"
#include "server/api/json_reply.hpp"

#include <boost/json/array.hpp>

#include <functional>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr std::string_view text_type = "text/plain; charset=utf-8";

Response text_reply(std::string body) {
  return reply(200, std::string(text_type), std::move(body));
}

ledger::Error no_such(std::string rule) {
  return {ledger::Errc::not_found, std::move(rule), {}, {}};
}

using Frozen = std::optional<ledger::Ledger::Predecessor>;
using LogHandler = std::function<ledger::Result<Response>(const PathParams&, const Frozen&)>;
/// C2SP tlog-tiles: entry bundles may go out in gzip, hashes do not shrink.
bool shrinks(const PathParams& params) { return params["path"].starts_with("entries/"); }

/// A handler below /log/{log}/: the number must be this log's or that of one it succeeded, of which
/// as much is served as remained. An Error becomes a problem.
InlineHandler of_log(const ApiServices& services, LogHandler handler) {
  return [&problems = services.problems, &log = services.ledger,
          number = log_number_of(services.ledger), handler = std::move(handler)](
             const Request& request, const PathParams& params) -> Response {
    Frozen frozen;
    if (params["log"] != number) {
      auto found = log.predecessor(params["log"]);
      if (!found) return problems.response(found.error());
      if (!*found) return problems.response(no_such("log.number"));
      frozen = std::move(*found);
    }
    auto response = handler(params, frozen);
    if (!response) return problems.response(response.error());
    if (shrinks(params)) *response = encoded(accept_encoding(request), std::move(*response));
    return conditional(if_none_match(request), std::move(*response));
  };
}

/// Whether all that the tile is made of lies below `size`.
bool covered(const ledger::TilePath& path, std::uint64_t size) {
  const unsigned shift = path.entries ? 0 : 8 * path.level;
  return shift < 64 && path.number * 256 + path.width <= size >> shift;
}

/// A handler of what is served of the log that goes on, and of no predecessor.
LogHandler of_living(std::function<ledger::Result<Response>(const PathParams&)> handler) {
  return [handler = std::move(handler)](const PathParams& params,
                                        const Frozen& frozen) -> ledger::Result<Response> {
    if (frozen) return no_such("log.number");
    return handler(params);
  };
}

}  // namespace

InlineHandler get_checkpoint(const ApiServices& services) {
  return of_log(
      services, [services](const PathParams&, const Frozen& frozen) -> ledger::Result<Response> {
        if (frozen) return text_reply(frozen->last);
        const WitnessFeed* const feed = services.witnesses;
        Response response =
            text_reply(feed != nullptr ? feed->checkpoint() : services.ledger.checkpoint());
        // Published within a second: with a second in caches nobody is more than two behind.
        response.cache_control = "public, max-age=1";
        return response;
      });
}

InlineHandler get_witnesses(const ApiServices& services) {
  return of_log(
      services, of_living([services](const PathParams&) -> ledger::Result<Response> {
        boost::json::object told{{"origin", services.ledger.origin()}, {"cosigned", 0}, {"of", 0}};
        boost::json::array each;
        if (services.witnesses != nullptr) {
          const auto standing = services.witnesses->standing();
          told["size"] = standing.checkpoint.size;
          told["cosigned"] = standing.cosigned();
          told["of"] = standing.times.size();
          told["quorum"] = standing.quorum;
          for (const WitnessFeed::Peer& peer : services.witnesses->peers()) {
            boost::json::object one{{"name", peer.name}, {"vkey", peer.vkey}};
            if (peer.at > 0) one["at"] = peer.at;
            if (peer.at > 0) one["size"] = peer.size;
            if (!peer.fault.empty()) one["fault"] = peer.fault;
            each.push_back(std::move(one));
          }
        }
        told["witnesses"] = std::move(each);
        return json_reply(told);
      }));
}

InlineHandler get_keys(const ApiServices& services) {
  return of_log(
      services,
      [&log = services.ledger](const PathParams&, const Frozen&) -> ledger::Result<Response> {
        NGUON_TRY(std::string text, log.keys_text());
        return text_reply(std::move(text));
      });
}

InlineHandler get_tile(const ApiServices& services) {
  return of_log(services,
                [&log = services.ledger](const PathParams& params,
                                         const Frozen& frozen) -> ledger::Result<Response> {
                  NGUON_TRY(const ledger::TilePath path,
                            ledger::parse_tile_path("tile/" + std::string(params["path"])));
                  if (frozen && !covered(path, frozen->size)) return no_such("log.tile");
                  NGUON_TRY(std::string octets,
                            path.entries ? log.entry_bundle(path.number, path.width)
                                         : log.tile(path.level, path.number, path.width));
                  Response response = reply(200, "application/octet-stream", std::move(octets));
                  response.cache_control = for_ever;
                  return response;
                });
}

InlineHandler get_proof(const ApiServices& services) {
  return of_log(
      services,
      of_living([&log = services.ledger](const PathParams& params) -> ledger::Result<Response> {
        const auto index = parse_number(params["index"]);
        if (!index) return ledger::invalid("log.index");
        NGUON_TRY(ledger::InclusionProof proof, log.inclusion(*index));
        ledger::TlogProof text;
        text.index = proof.index;
        text.path = std::move(proof.path);
        text.checkpoint = std::move(proof.checkpoint);
        return text_reply(ledger::format_tlog_proof(text));
      }));
}

InlineHandler get_consistency(const ApiServices& services) {
  return of_log(services,
                [&log = services.ledger](const PathParams& params,
                                         const Frozen& frozen) -> ledger::Result<Response> {
                  const auto from = parse_number(params["from"]);
                  const auto to = parse_number(params["to"]);
                  if (!from || !to) return ledger::invalid("log.index");
                  if (frozen && *to > frozen->size) return no_such("log.index");
                  NGUON_TRY(const std::vector<ledger::Hash> path, log.consistency(*from, *to));
                  std::string lines;
                  for (const ledger::Hash& hash : path)
                    lines += ledger::base64_encode(hash.view()) + "\n";
                  Response response = text_reply(std::move(lines));
                  response.cache_control = for_ever;
                  return response;
                });
}

InlineHandler get_rules(const ApiServices& services) {
  return of_log(services,
                [&log = services.ledger](const PathParams& params,
                                         const Frozen&) -> ledger::Result<Response> {
                  NGUON_TRY(std::optional<std::string> text, log.rules(params["sha256"]));
                  if (!text) return no_such("rules.not-found");
                  Response response = reply(200, "application/json", std::move(*text));
                  response.cache_control = for_ever;
                  return response;
                });
}

}  // namespace nguon::server
