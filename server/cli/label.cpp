#include "labels/calibration.hpp"
#include "labels/link.hpp"
#include "labels/placed.hpp"
#include "labels/qr.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/label_run.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/keyring.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nguon::server {
namespace {

constexpr const char* label_examples = R"(
Draws the QR of a URL, or whole labels of a layout, as PDF, PNG, SVG or CSV; for label printers as ZPL,
TSPL, or a job for `nguon print`.

Examples:
  nguon label --url https://TEM.EXAMPLE/T/704095200000137 --out tag.svg
  nguon label --host tem.example --serial 0PDNST6BT16Y0S --out qr.png
  nguon label --host tem.example --keys DIR/keys --deployment ID --place 0/12/345 --out qr.png
  nguon label --host tem.example --serial 0PDNST6BT16Y0S --gtin 09521234543213 \
    --product "Chanh leo tím" --coop "HTX Mẫu" --lot CL-2601 --out label.pdf
  nguon label --host tem.example --keys DIR/keys --deployment ID --place 0/12/0 --last 9999 \
    --template a4-65 --dpi 600 --product "Chanh leo tím" --coop "HTX Mẫu" --lot CL-2601 --out labels.pdf
  nguon label --template a4-65 --dpi 600 --calibration --out rulers.pdf
  nguon label --host tem.example --keys DIR/keys --deployment ID --place 0/12/0 --last 4999 \
    --template roll-50x30 --product "Chanh leo tím" --coop "HTX Mẫu" --lot CL-2601 --language tspl --out tem.job

--place is EPOCH/RANGE/INDEX, as label.range granted them; it needs the keys of the deployment. With --last
come all labels from INDEX to that one. The first URL is printed on standard output. Without --product or
--template only the QR is drawn. The format is that of --out's name; PNG and SVG hold one page.)";

struct LabelWishes {
  std::string url, host, serial, gtin, out;
  std::string keys, deployment, place;
  std::optional<std::uint64_t> last;
  std::string layout;
  bool calibration = false;
  std::string language = "zpl";
  bool pictures = false;
  int gap_mm = 2;
  labels::LabelFacts facts;
  labels::Printer printer;

  bool whole() const { return !facts.product.empty() || !layout.empty(); }
};

ledger::Error as_error(labels::Fault fault) {
  return ledger::invalid("label.input", {}, std::string(labels::describe(fault)));
}

// `EPOCH/RANGE/INDEX` in decimal.
std::optional<labels::SerialPlace> parse_place(const std::string& text) {
  labels::SerialPlace place;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto number = [&](auto& value, char after) {
    const auto parsed = std::from_chars(at, end, value);
    at = parsed.ptr;
    if (parsed.ec != std::errc()) return false;
    if (after == '\0') return at == end;
    return at != end && *at++ == after;
  };
  if (!number(place.epoch, '/') || !number(place.range, '/') || !number(place.index, '\0')) {
    return std::nullopt;
  }
  return place;
}

/// The labels that are asked for: those of --place to --last, or the one whose code is known.
ledger::Result<LabelRun> run_of(const LabelWishes& wishes) {
  if (wishes.place.empty()) {
    const std::string code =
        wishes.url.empty() ? wishes.serial : wishes.url.substr(wishes.url.rfind('/') + 1);
    return LabelRun{1, [code](std::uint64_t) { return labels::Result<std::string>(code); }};
  }
  const auto first = parse_place(wishes.place);
  if (!first) return ledger::invalid("cli.place", {}, wishes.place);
  const std::uint64_t last = wishes.last.value_or(first->index);
  if (last < first->index) return ledger::invalid("cli.place", {}, "--last < INDEX");
  NGUON_TRY(const Keyring keyring, read_keyring(wishes.keys));
  auto made = serial_codec(wishes.deployment, keyring);
  if (!made) return as_error(made.error());
  const auto codec = std::make_shared<labels::SerialCodec>(*std::move(made));
  return LabelRun{last - first->index + 1, [codec, start = *first](std::uint64_t i) {
                    labels::SerialPlace place = start;
                    place.index += i;
                    return codec->encode(place);
                  }};
}

labels::Result<std::string> url_of(const LabelWishes& wishes) {
  if (!wishes.url.empty()) return wishes.url;
  const std::string origin = "https://" + wishes.host;
  if (wishes.gtin.empty()) return labels::serial_link(origin, wishes.serial);
  return labels::product_link(origin, wishes.gtin, std::nullopt, wishes.serial);
}

const labels::Template* layout_of(const LabelWishes& wishes) {
  if (wishes.layout.empty()) return &labels::templates().front();
  return labels::find_template(wishes.layout);
}

ledger::Error as_error(const labels::Refusal& refusal) {
  return ledger::invalid("label.input", {}, refusal.vi + " / " + refusal.en);
}

ledger::Result<void> write_whole(const LabelWishes& wishes, const labels::Template& layout,
                                 const LabelRun& run, const std::string& url,
                                 const std::string& format) {
  labels::LabelFacts facts = wishes.facts;
  facts.host = wishes.host;
  facts.gtin = wishes.gtin;
  const auto placed = labels::place_label(layout, facts, wishes.printer, url);
  if (!placed) return as_error(placed.error());
  for (const auto& cut : placed->cut) {
    std::fprintf(stderr, "nguon label: cắt bớt chữ cho vừa (a text is cut to fit): %s\n",
                 std::string(labels::field_name(cut.field)).c_str());
  }
  LabelFormat file{format, {}};
  if (wishes.language == "tspl") file.device.language = labels::PrinterLanguage::tspl;
  if (wishes.pictures) file.device.drawing = labels::Drawing::picture;
  file.device.gap_mm = wishes.gap_mm;
  return write_labels(*placed, run, file, wishes.out);
}

ledger::Result<void> write_symbol(const std::string& url, const std::string& format,
                                  const std::string& out) {
  const auto modules = labels::encode_qr(url);
  if (!modules) return as_error(modules.error());
  if (format == "svg") return write_new_file(out, labels::qr_svg(*modules, url));
  const auto png = labels::qr_png(*modules, 8);
  if (!png) return as_error(png.error());
  return write_new_file(out, *png);
}

ExitCode write_calibration(const LabelWishes& wishes, const labels::Template& layout) {
  std::string octets;
  const auto drawn = labels::calibration_pdf(layout, wishes.printer, [&](std::string_view more) {
    octets += more;
    return true;
  });
  if (!drawn) {
    report(as_error(drawn.error()));
    return ExitCode::usage;
  }
  const auto written = write_new_file(wishes.out, octets);
  return written ? ExitCode::good : report(written.error());
}

ExitCode wrong(const char* what) {
  std::fprintf(stderr, "nguon label: %s\n", what);
  return ExitCode::usage;
}

ExitCode label(LabelWishes wishes) {
  const auto dot = wishes.out.rfind('.');
  const std::string format = dot == std::string::npos ? "" : wishes.out.substr(dot + 1);
  const bool symbol = format == "png" || format == "svg";
  const bool printer = format == "zpl" || format == "tspl" || format == "job";
  if (!symbol && !printer && format != "pdf" && format != "csv") {
    return wrong("--out must end in .pdf, .png, .svg, .csv, .zpl, .tspl or .job");
  }
  const auto* const layout = layout_of(wishes);
  if (layout == nullptr) return wrong("no such --template");
  if (wishes.calibration) {
    if (format != "pdf") return wrong("--calibration is a PDF");
    return write_calibration(wishes, *layout);
  }
  if (wishes.url.empty() &&
      (wishes.host.empty() || (wishes.serial.empty() && wishes.place.empty()))) {
    return wrong("give --url, or --host with --serial or --place");
  }
  if (!wishes.whole() && (!symbol || wishes.last)) {
    return wrong(
        "PNG and SVG may be a QR alone; all else is whole labels: give --product, --coop, --lot");
  }
  const auto run = run_of(wishes);
  if (!run) return report(run.error());
  if (!wishes.place.empty()) {
    auto serial = run->code(0);
    if (!serial) return report(as_error(serial.error()));
    wishes.serial = *std::move(serial);
  }
  const auto url = url_of(wishes);
  if (!url) {
    report(as_error(url.error()));
    return ExitCode::usage;
  }
  const auto written = wishes.whole() ? write_whole(wishes, *layout, *run, *url, format)
                                      : write_symbol(*url, format, wishes.out);
  if (!written) {
    const ExitCode code = report(written.error());
    return code == ExitCode::check_failed ? ExitCode::usage : code;
  }
  std::fprintf(stdout, "%s\n", url->c_str());
  return ExitCode::good;
}

std::vector<std::string> layout_names() {
  std::vector<std::string> names;
  for (const auto& layout : labels::templates()) names.push_back(layout.name);
  return names;
}

}  // namespace

void add_label(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<LabelWishes>();
  auto* command = program.add_subcommand("label", "Draw a QR or a whole label");
  command->footer(label_examples);
  command->add_option("--url", wishes->url, "What the QR holds");
  command->add_option("--host", wishes->host, "Label host, with --serial");
  command->add_option("--serial", wishes->serial, "Serial, typed any way");
  command->add_option("--place", wishes->place, "EPOCH/RANGE/INDEX instead of --serial");
  command->add_option("--keys", wishes->keys, "Keys directory, with --place");
  command->add_option("--deployment", wishes->deployment, "Deployment id, with --place");
  command->add_option("--gtin", wishes->gtin, "Makes the URL a GS1 Digital Link");
  command->add_option("--last", wishes->last, "With --place: up to this index");
  command->add_option("--template", wishes->layout, "Layout")->check(CLI::IsMember(layout_names()));
  auto& facts = wishes->facts;
  command->add_option("--product", facts.product, "Line on the label");
  command->add_option("--coop", facts.producer, "Line on the label");
  command->add_option("--lot", facts.lot, "Line on the label");
  command->add_option("--net", facts.net, "Line on the label, such as \"500 g\"");
  command->add_option("--harvested", facts.harvested, "Line on the label: a date");
  command->add_option("--packed", facts.packed, "Line on the label: a date");
  command->add_option("--storage", facts.storage, "Line on the label");
  command->add_option("--pieces", facts.count, "Line on the label, such as \"24 gói\"");
  command->add_option("--ocop", facts.ocop, "Line on the label, such as \"OCOP 4 sao\"");
  command->add_flag("--sample", facts.sample, "Print \"dữ liệu mẫu\" on it");
  auto& printer = wishes->printer;
  command->add_option("--dpi", printer.dpi, "Dots per inch of the printer")->capture_default_str();
  command->add_option("--offset-x", printer.offset_x, "Of the printer, micrometres, to the right");
  command->add_option("--offset-y", printer.offset_y, "Micrometres down");
  command->add_option("--scale-x", printer.scale_x, "Of the printer, thousandths");
  command->add_option("--scale-y", printer.scale_y, "Thousandths");
  command->add_flag("--calibration", wishes->calibration, "Rulers to find offset and scale with");
  command->add_option("--language", wishes->language, "Of the printer a job is for")
      ->check(CLI::IsMember({"zpl", "tspl"}))
      ->capture_default_str();
  command->add_flag("--pictures", wishes->pictures,
                    "Send QR and numbers as dots, for printers that draw them otherwise");
  command->add_option("--gap", wishes->gap_mm, "Between labels on the roll, mm, for TSPL")
      ->check(CLI::Range(0, 25))
      ->capture_default_str();
  command->add_option("--out", wishes->out, "New file: .pdf, .png, .svg, .csv, .zpl, .tspl or .job")
      ->required();
  command->callback([wishes, &outcome] { outcome = label(*wishes); });
}

}  // namespace nguon::server
