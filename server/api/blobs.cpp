#include "server/api/blobs.hpp"

#include "ledger/base/base64url.hpp"
#include "ledger/base/json.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/sessions.hpp"
#include "server/blobs/media.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

using ledger::Errc;
using ledger::Error;
using ledger::Result;

struct Claim {
  std::string entry;
  BlobName name;
};

struct PieceRange {
  std::uint64_t from = 0;
  std::uint64_t size = 0;  ///< Of the whole.
};

Result<Claim> claim_of(std::string_view body) {
  NGUON_TRY(const auto parsed, ledger::parse_json(body));
  const Error wrong = ledger::invalid("blob.claim");
  const auto* object = parsed.if_object();
  const auto* entry = object == nullptr ? nullptr : object->if_contains("entry");
  if (entry == nullptr || !entry->is_string() || !ledger::base64url_hash(entry->get_string())) {
    return wrong;
  }
  boost::json::object rest = *object;
  rest.erase("entry");
  const auto name = blob_name_of(rest);
  if (!name) return wrong;
  return Claim{std::string(entry->get_string()), *name};
}

/// RFC 9110 §14.4: `bytes first-last/size`, all three in figures, exactly the body.
std::optional<PieceRange> range_of(std::string_view text, std::size_t body) {
  if (!text.starts_with("bytes ")) return std::nullopt;
  text.remove_prefix(6);
  const auto dash = text.find('-');
  const auto slash = text.find('/');
  if (dash == std::string_view::npos || slash == std::string_view::npos || dash > slash) {
    return std::nullopt;
  }
  const auto first = parse_number(text.substr(0, dash));
  const auto last = parse_number(text.substr(dash + 1, slash - dash - 1));
  const auto size = parse_number(text.substr(slash + 1));
  if (!first || !last || !size || *last < *first || *last >= *size || *last - *first + 1 != body) {
    return std::nullopt;
  }
  return PieceRange{*first, *size};
}

Response standing(int status, const StoredBlob& blob) {
  return unkept_reply({{"offset", blob.arrived}, {"held", blob.kept}, {"piece", max_blob_piece}},
                      status);
}

/// What is said of octets that were looked at is for ever: 422, and nobody sends them again.
Response blob_problem(const Problems& problems, const Error& error) {
  const bool judged = error.code == Errc::invalid && error.rule.starts_with("blob.") &&
                      error.rule != "blob.range" && error.rule != "blob.claim";
  return judged ? problems.response(422, error) : problems.response(error);
}

using Task = std::function<Response()>;

void on_pool(const ApiServices& services, const BlobParts& parts, const Respond& respond,
             Task task) {
  if (!parts.pool.post([respond, task = std::move(task)] { respond(task()); })) {
    respond(services.problems.response({Errc::too_busy, "blob.busy", {}, {}}));
  }
}

/// Calls `found` with what the reader of the request may see under the hash of its path.
using Shown = std::function<Response(const BlobDesk::Seen&, std::string octets)>;

void show(const ApiServices& services, const BlobParts& parts, const Request& request,
          const PathParams& params, const Respond& respond, Shown shown) {
  auto reader = reader_of(services.problems, parts.sessions, request);
  on_pool(services, parts, respond,
          [&problems = services.problems, &desk = parts.desk, reader = std::move(reader),
           text = std::string(params["sha256"]), shown = std::move(shown)]() -> Response {
            const auto sha256 = ledger::base64url_hash(text);
            const auto* viewer = std::get_if<Viewer>(&reader);
            const auto seen =
                sha256 ? desk.see(viewer, *sha256) : Error{Errc::not_found, "blob.unknown", {}, {}};
            if (!seen && seen.error().code == Errc::not_found && viewer == nullptr) {
              return std::get<Response>(reader);
            }
            if (!seen) return problems.response(seen.error());
            if (!seen->blob.kept) {
              Response response = problems.response({Errc::not_found, "blob.arriving", {}, {}});
              response.headers.emplace_back("Upload-Offset", std::to_string(seen->blob.arrived));
              return response;
            }
            auto octets = desk.read(seen->key);
            if (!octets) return problems.response(octets.error());
            return shown(*seen, std::move(*octets));
          });
}

/// Somebody else's octets: never part of a page of ours, never run, whatever a browser makes of
/// them.
Response file_reply(const BlobDesk::Seen& seen, std::string type, std::string octets,
                    std::string_view disposition) {
  Response response = reply(200, std::move(type), std::move(octets));
  response.cache_control = seen.open ? std::string(for_ever) : "no-store";
  response.content_security_policy = "sandbox; default-src 'none'; frame-ancestors 'none'";
  response.headers.emplace_back("Content-Disposition", disposition);
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  return response;
}

}  // namespace

DeferredHandler post_blob(const ApiServices& services, const BlobParts& parts) {
  return [services, parts](Request& request, const PathParams&, Respond respond) {
    auto reader = reader_of(services.problems, parts.sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    on_pool(services, parts, respond,
            [&problems = services.problems, &desk = parts.desk,
             viewer = std::get<Viewer>(std::move(reader)), body = std::move(request.body)] {
              const auto said = claim_of(body);
              if (!said) return problems.response(said.error());
              const auto blob = desk.claim(viewer, said->entry, said->name);
              if (!blob) return blob_problem(problems, blob.error());
              return standing(blob->arrived == 0 && !blob->kept ? 201 : 200, *blob);
            });
  };
}

DeferredHandler put_blob(const ApiServices& services, const BlobParts& parts) {
  return [services, parts](Request& request, const PathParams& params, Respond respond) {
    auto reader = reader_of(services.problems, parts.sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    const auto range =
        range_of(request.headers.find("Content-Range").value_or(""), request.body.size());
    on_pool(services, parts, respond,
            [&problems = services.problems, &desk = parts.desk, range,
             viewer = std::get<Viewer>(std::move(reader)), text = std::string(params["sha256"]),
             body = std::move(request.body)]() -> Response {
              const auto sha256 = ledger::base64url_hash(text);
              if (!sha256) return problems.response({Errc::not_found, "blob.unknown", {}, {}});
              if (!range) return problems.response(ledger::invalid("blob.range"));
              const auto blob = desk.append(viewer, *sha256, range->size, range->from, body);
              if (blob) return standing(blob->kept ? 201 : 200, *blob);
              Response response = blob_problem(problems, blob.error());
              if (blob.error().rule == "blob.offset") {
                if (const auto seen = desk.see(&viewer, *sha256)) {
                  response.headers.emplace_back("Upload-Offset",
                                                std::to_string(seen->blob.arrived));
                }
              }
              return response;
            });
  };
}

DeferredHandler get_blob(const ApiServices& services, const BlobParts& parts) {
  return [services, parts](Request& request, const PathParams& params, Respond respond) {
    show(services, parts, request, params, respond,
         [](const BlobDesk::Seen& seen, std::string octets) {
           // A picture may be shown in place; a document may act, so it is only ever saved.
           const bool picture = seen.blob.name.type != pdf_type;
           return file_reply(seen, seen.blob.name.type, std::move(octets),
                             picture ? "inline" : "attachment; filename=\"tai-lieu.pdf\"");
         });
  };
}

DeferredHandler get_blob_thumbnail(const ApiServices& services, const BlobParts& parts) {
  return [services, parts](Request& request, const PathParams& params, Respond respond) {
    show(services, parts, request, params, respond,
         [&problems = services.problems](const BlobDesk::Seen& seen, std::string octets) {
           const std::string original = ledger::base64url_encode(seen.key.sha256);
           const auto small =
               thumbnail_of(seen.blob.name.type, octets, "Nguon: derived from sha256 " + original);
           if (!small) return problems.response(small.error());
           Response response = file_reply(seen, std::string(jpeg_type), *small,
                                          "inline; filename=\"anh-thu-nho.jpg\"");
           response.headers.emplace_back("Link", "</api/blobs/" + original + ">; rel=\"original\"");
           return response;
         });
  };
}

}  // namespace nguon::server
