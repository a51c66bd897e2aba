#include "server/api/label_print.hpp"

#include "labels/calibration.hpp"
#include "labels/svg.hpp"
#include "server/api/directory.hpp"
#include "server/api/json_reply.hpp"
#include "server/api/print_stream.hpp"
#include "server/api/sessions.hpp"
#include "server/office/print_file.hpp"
#include "server/office/print_run.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace nguon::server {
namespace {

namespace json = boost::json;
using ledger::Errc;
using ledger::Error;
using ledger::Result;

/// A layout and the settings of the printer in front of the asker.
struct PrintWish {
  const labels::Template* layout = nullptr;
  labels::Printer printer;
  std::string batch;
  std::optional<std::int64_t> part;
  bool over = false;   ///< What another computer has is taken over.
  bool looks = false;  ///< HEAD: no octet of a file will leave (RFC 9110 §9.3.2).
};

Error wrong_query(const char* name) { return ledger::invalid("http.query", {}, name); }

bool has_serials(const labels::Template& layout) {
  return std::ranges::find(layout.code.links, labels::LinkKind::serial) != layout.code.links.end();
}

std::optional<int> signed_number(std::string_view text) {
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<PrintWish> read_wish(const Request& request) {
  PrintWish wish;
  wish.looks = request.method == Method::head;
  wish.layout = labels::find_template(request.query_value("layout").value_or("roll-50x30"));
  if (wish.layout == nullptr || !has_serials(*wish.layout)) return wrong_query("layout");
  wish.batch = request.query_value("batch").value_or("");
  const std::string over = request.query_value("over").value_or("0");
  if (over != "0" && over != "1") return wrong_query("over");
  wish.over = over == "1";
  int part = -1;
  const std::pair<const char*, int*> numbers[]{{"dpi", &wish.printer.dpi},
                                               {"offset_x", &wish.printer.offset_x},
                                               {"offset_y", &wish.printer.offset_y},
                                               {"scale_x", &wish.printer.scale_x},
                                               {"scale_y", &wish.printer.scale_y},
                                               {"part", &part}};
  for (const auto& [name, value] : numbers) {
    const auto said = request.query_value(name);
    if (!said) continue;
    const auto number = signed_number(*said);
    if (!number) return wrong_query(name);
    *value = *number;
  }
  if (request.query_value("part")) {
    if (part < 0) return wrong_query("part");
    wish.part = part;
  }
  return wish;
}

json::object layout_row(const labels::Template& layout) {
  const auto cells = layout.sheet ? layout.sheet->rows * layout.sheet->columns : 1;
  return {{"name", layout.name},     {"vi", layout.vi},         {"en", layout.en},
          {"width", layout.width},   {"height", layout.height}, {"cells", cells},
          {"sheet", layout.sheet.has_value()}};
}

Response picture_reply(std::string svg) {
  Response response = reply(200, "image/svg+xml", std::move(svg));
  response.content_security_policy = "sandbox; default-src 'none'; frame-ancestors 'none'";
  return response;
}

template <class Body>
Response file_reply(std::string type, Body body, const std::string& name) {
  Response response;
  response.content_type = std::move(type);
  response.body = std::move(body);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

/// Answers of one kind: all read on the pool, by somebody with a session.
class LabelPrinter {
 public:
  LabelPrinter(const ApiServices& services, const LabelPrintParts& parts)
      : ledger_(services.ledger), parts_(parts) {}

  Result<Response> preview(const Viewer& viewer, const PrintWish& wish) const {
    NGUON_CHECK(may_print_for(viewer, viewer.org));
    NGUON_TRY(const auto placed, placed_for(viewer.org, wish.batch, wish, specimen_serial()));
    const auto item = labels::label_item(placed, specimen_serial());
    if (!item) return refused(item.error());
    const std::vector<labels::LabelItem> page(placed.cells.size(), *item);
    auto svg = labels::page_svg(placed, page);
    if (!svg) return refused(svg.error());
    return picture_reply(*std::move(svg));
  }

  Result<Response> rulers(const PrintWish& wish) const {
    std::string octets;
    const auto drawn =
        labels::calibration_pdf(*wish.layout, wish.printer, [&](std::string_view more) {
          octets += more;
          return true;
        });
    if (!drawn) {
      return ledger::invalid("label.input", {}, drawn.error().vi + "\n" + drawn.error().en);
    }
    return file_reply("application/pdf", std::move(octets), "canh-chinh.pdf");
  }

  Result<Response> run(const Viewer& viewer, const std::string& entry,
                       const PrintWish& wish) const {
    NGUON_TRY(const auto run, run_of(viewer, entry));
    NGUON_TRY(const auto first, serial(run, run.first));
    NGUON_TRY(const auto middle, serial(run, run.first + run.count() / 2));
    NGUON_TRY(const auto last, serial(run, run.last));
    NGUON_TRY(const auto placed, placed_for(run.org, run.batch, wish, first));
    constexpr double mm_an_inch = 25.4;
    json::object told{{"range", run.range},
                      {"number", run.number},
                      {"first", run.first},
                      {"last", run.last},
                      {"count", run.count()},
                      {"again", run.again},
                      {"parts", (run.count() + most_labels_a_file - 1) / most_labels_a_file},
                      {"until", run.recorded + print_file_ms},
                      {"module_mm", placed.code.module * mm_an_inch / placed.dpi},
                      {"serials", {{"first", first}, {"middle", middle}, {"last", last}}}};
    if (!run.batch.empty()) told["batch"] = run.batch;
    json::array taken;
    for (const PrintTaker& one : parts_.takers.of(run.entry)) {
      taken.push_back(json::object{{"part", one.part},
                                   {"person", one.person},
                                   {"at", one.at_ms},
                                   {"here", one.kid == viewer.kid}});
    }
    told["taken"] = std::move(taken);
    return unkept_reply(told);
  }

  Result<Response> file(const Viewer& viewer, const std::string& entry, const std::string& name,
                        const PrintWish& wish) {
    const auto format = print_format_of(name);
    if (!format) return Error{Errc::not_found, "directory.kind", "/file", {}};
    NGUON_TRY(const auto run, run_of(viewer, entry));
    if (parts_.clock.now_ms() > run.recorded + print_file_ms) {
      return ledger::invalid("label.print-late");
    }
    const bool all = *format == PrintFormat::csv && !wish.part;
    const auto from = run.first + wish.part.value_or(0) * most_labels_a_file;
    if (from > run.last) return wrong_query("part");
    const auto count = all ? run.count() : std::min(run.last - from + 1, most_labels_a_file);
    NGUON_TRY(const auto any, serial(run, from));
    NGUON_TRY(auto placed, placed_for(run.org, run.batch, wish, any));
    auto place = place_for_file();
    if (!place) return Error{Errc::too_busy, "export.busy", {}, {}};
    // Not `this`: a file may still be on its way when the routes are taken down.
    const auto serial_at = [serials = parts_.serials, run, from](std::uint64_t at) {
      return serial_of(serials, run, from + static_cast<std::int64_t>(at));
    };
    NGUON_TRY(auto file, PrintFile::begin(std::move(placed), *format,
                                          static_cast<std::uint64_t>(count), serial_at));
    // What cannot be made is refused in words, before there is a head to take back.
    NGUON_TRY(auto first, file->next());
    // Begun first, so that a file that cannot be made is nobody's; noted before any of it leaves, so
    // that no crash between lets two computers have it.
    const PrintParts taken = all ? PrintParts{0, (run.count() - 1) / most_labels_a_file}
                                 : PrintParts{wish.part.value_or(0), wish.part.value_or(0)};
    PrintTakers& takers = parts_.takers;
    NGUON_CHECK(wish.looks ? takers.may_take(run.entry, taken, viewer, wish.over)
                           : takers.take(run.entry, taken, viewer, wish.over));
    const std::string saved = "tem-" + std::to_string(run.number) + "-" + std::to_string(from) +
                              "-" + std::to_string(from + count - 1) + name.substr(name.find('.'));
    const std::string type(media_type(*format));
    if (file->ended()) return file_reply(type, std::move(first), saved);
    std::shared_ptr<BodyStream> stream = std::make_shared<PrintStream>(
        std::move(file), std::move(first), makers_, std::move(place));
    return file_reply(type, std::move(stream), saved);
  }

 private:
  static Error refused(labels::Fault fault) {
    return ledger::invalid("label.input", {}, std::string(labels::describe(fault)));
  }
  /// Whoever may sign label.print may see serials before they are on goods, and nobody else.
  static Result<void> may_print_for(const Viewer& viewer, const std::string& org) {
    const bool prints = std::ranges::any_of(viewer.roles, [](const std::string& role) {
      return role == "director" || role == "clerk" || role == "packer";
    });
    if (prints && viewer.org == org) return {};
    return Error{Errc::forbidden, "directory.org", {}, {}};
  }
  Result<PrintRun> run_of(const Viewer& viewer, const std::string& entry) const {
    NGUON_TRY(auto run, print_run(ledger_, entry));
    NGUON_CHECK(may_print_for(viewer, run.org));
    return run;
  }
  Result<std::string> serial(const PrintRun& run, std::int64_t index) const {
    return serial_of(parts_.serials, run, index);
  }
  static Result<std::string> serial_of(const labels::SerialCodec* serials, const PrintRun& run,
                                       std::int64_t index) {
    if (serials == nullptr) return Error{Errc::unavailable, "label.input", {}, "no keys"};
    auto made =
        serials->encode({static_cast<unsigned>(run.epoch), static_cast<std::uint32_t>(run.number),
                         static_cast<std::uint64_t>(index)});
    if (!made) return refused(made.error());
    return *std::move(made);
  }
  /// Counts as long as it is held; null when all places are taken.
  std::shared_ptr<void> place_for_file() {
    if (files_->fetch_add(1) >= most_print_files) {
      files_->fetch_sub(1);
      return nullptr;
    }
    return {files_.get(), [files = files_](void*) { files->fetch_sub(1); }};
  }
  Result<labels::PlacedLabel> placed_for(const std::string& org, const std::string& batch,
                                         const PrintWish& wish, const std::string& serial) const {
    NGUON_TRY(auto facts,
              label_facts(ledger_, parts_.account.bundle, org, batch, parts_.site.label_origin,
                          parts_.clock.now_ms()));
    facts.sample = parts_.site.demo;
    return place_run(*wish.layout, facts, wish.printer, parts_.site.label_origin, serial);
  }

  const ledger::Ledger& ledger_;
  const LabelPrintParts parts_;
  std::shared_ptr<std::atomic<int>> files_ = std::make_shared<std::atomic<int>>(0);
  /// One thread: ten files take as long as they take, and everybody else's work goes on beside it.
  WorkerPool makers_{1, most_print_files};
};

using PrintTelling = std::function<Result<Response>(
    LabelPrinter&, const Viewer&, const PrintWish&, const std::string& entry,
    const std::string& file)>;

DeferredHandler for_printing(const ApiServices& services, SessionDesk& sessions,
                             std::shared_ptr<LabelPrinter> printer, PrintTelling tell) {
  return [services, &sessions, printer = std::move(printer), tell = std::move(tell)](
             Request& request, const PathParams& params, Respond respond) {
    auto reader = reader_of(services.problems, sessions, request);
    if (auto* refused = std::get_if<Response>(&reader)) return respond(std::move(*refused));
    auto task = [&problems = services.problems, printer, tell, respond, wish = read_wish(request),
                 viewer = std::get<Viewer>(std::move(reader)), entry = std::string(params["entry"]),
                 file = std::string(params["file"])] {
      if (!wish) return respond(problems.response(wish.error()));
      auto told = tell(*printer, viewer, *wish, entry, file);
      respond(told ? std::move(*told) : directory_problem(problems, told.error()));
    };
    if (!services.admission.post(std::move(task))) {
      respond(services.problems.response(
          {Errc::too_busy, "log.queue-full", {}, "admission queue is full"}));
    }
  };
}

}  // namespace

std::vector<Route> label_print_routes(const ApiServices& services, const LabelPrintParts& parts) {
  const auto printer = std::make_shared<LabelPrinter>(services, parts);
  const auto told = [&](PrintTelling tell) {
    return for_printing(services, parts.account.sessions, printer, std::move(tell));
  };
  using Asked = const std::string&;
  return {
      {Method::get,
       "/api/office/labels/layouts",
       told([](LabelPrinter&, const Viewer&, const PrintWish&, Asked, Asked) -> Result<Response> {
         json::array rows;
         for (const auto& layout : labels::templates()) {
           if (has_serials(layout)) rows.push_back(layout_row(layout));
         }
         return json_reply({{"layouts", std::move(rows)}});
       }),
       {}},
      {Method::get,
       "/api/office/labels/preview.svg",
       told([](LabelPrinter& all, const Viewer& viewer, const PrintWish& wish, Asked, Asked) {
         return all.preview(viewer, wish);
       }),
       {}},
      {Method::get,
       "/api/office/labels/calibration.pdf",
       told([](LabelPrinter& all, const Viewer&, const PrintWish& wish, Asked, Asked) {
         return all.rulers(wish);
       }),
       {}},
      {Method::get,
       "/api/office/labels/prints/{entry}",
       told([](LabelPrinter& all, const Viewer& viewer, const PrintWish& wish, Asked entry, Asked) {
         return all.run(viewer, entry, wish);
       }),
       {}},
      {Method::get,
       "/api/office/labels/prints/{entry}/{file}",
       told([](LabelPrinter& all, const Viewer& viewer, const PrintWish& wish, Asked entry,
               Asked file) { return all.file(viewer, entry, file, wish); }),
       {}},
  };
}

}  // namespace nguon::server
