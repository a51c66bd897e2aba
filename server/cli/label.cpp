#include "labels/label.hpp"

#include "labels/link.hpp"
#include "labels/qr.hpp"
#include "server/cli/commands.hpp"
#include "server/deployment/files.hpp"
#include "server/deployment/keyring.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace nguon::server {
namespace {

constexpr const char* label_examples = R"(
Prints the QR of a URL, or a whole 50 × 30 mm label, as PDF, PNG or SVG.

Examples:
  nguon label --url https://TEM.EXAMPLE/T/704095200000137 --out tag.svg
  nguon label --host tem.example --serial 0PDNST6BT16Y0S --out qr.png
  nguon label --host tem.example --keys DIR/keys --deployment ID --place 0/12/345 --out qr.png
  nguon label --host tem.example --serial 0PDNST6BT16Y0S --gtin 09521234543213 \
    --product "Chanh leo tím" --coop "HTX Mẫu" --lot CL-2601 --out label.pdf

--place is EPOCH/RANGE/INDEX, as label.range granted them; it needs the keys of the deployment.
The URL is printed on standard output. Without --product only the QR is drawn. The format is that of --out's name.)";

struct LabelWishes {
  std::string url, host, serial, gtin, out;
  std::string keys, deployment, place;
  labels::LabelText text;
  std::string ocop;
  int dpi = labels::default_dpi;
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

ledger::Result<std::string> serial_of(const LabelWishes& wishes) {
  const auto place = parse_place(wishes.place);
  if (!place) return ledger::invalid("cli.place", {}, wishes.place);
  NGUON_TRY(const Keyring keyring, read_keyring(wishes.keys));
  const auto codec = serial_codec(wishes.deployment, keyring);
  if (!codec) return as_error(codec.error());
  auto serial = codec->encode(*place);
  if (!serial) return as_error(serial.error());
  return std::move(*serial);
}

labels::Result<std::string> url_of(const LabelWishes& wishes) {
  if (!wishes.url.empty()) return wishes.url;
  const std::string origin = "https://" + wishes.host;
  if (wishes.gtin.empty()) return labels::serial_link(origin, wishes.serial);
  return labels::product_link(origin, wishes.gtin, std::nullopt, wishes.serial);
}

labels::Result<std::string> draw(const LabelWishes& wishes, const std::string& url,
                                 const std::string& format) {
  if (!wishes.text.product.empty() && format != "svg") {
    labels::LabelText text = wishes.text;
    text.url = url;
    text.serial = wishes.serial;
    text.host = wishes.host;
    if (!wishes.ocop.empty()) text.ocop = wishes.ocop;
    return format == "pdf" ? labels::label_pdf(text, wishes.dpi)
                           : labels::label_png(text, wishes.dpi);
  }
  const auto modules = labels::encode_qr(url);
  if (!modules) return modules.error();
  if (format == "svg") return labels::qr_svg(*modules, url);
  return labels::qr_png(*modules, 8);
}

ExitCode label(LabelWishes wishes) {
  const auto dot = wishes.out.rfind('.');
  const std::string format = dot == std::string::npos ? "" : wishes.out.substr(dot + 1);
  if (format != "pdf" && format != "png" && format != "svg") {
    std::fputs("nguon label: --out must end in .pdf, .png or .svg\n", stderr);
    return ExitCode::usage;
  }
  if (!wishes.place.empty()) {
    auto serial = serial_of(wishes);
    if (!serial) return report(serial.error());
    wishes.serial = std::move(*serial);
  }
  if (wishes.url.empty() && (wishes.host.empty() || wishes.serial.empty())) {
    std::fputs("nguon label: give --url, or --host with --serial or --place\n", stderr);
    return ExitCode::usage;
  }
  if (format == "pdf" && wishes.text.product.empty()) {
    std::fputs("nguon label: a PDF is a whole label: give --product, --coop, --lot, --serial\n",
               stderr);
    return ExitCode::usage;
  }
  const auto url = url_of(wishes);
  const auto drawn = url ? draw(wishes, *url, format) : url;
  if (!drawn) {
    report(as_error(drawn.error()));
    return ExitCode::usage;
  }
  const auto written = write_new_file(wishes.out, *drawn);
  if (!written) return report(written.error());
  std::fprintf(stdout, "%s\n", url->c_str());
  return ExitCode::good;
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
  command->add_option("--product", wishes->text.product, "Line on the label");
  command->add_option("--coop", wishes->text.coop, "Line on the label");
  command->add_option("--lot", wishes->text.lot, "Line on the label");
  command->add_option("--ocop", wishes->ocop, "Line on the label, such as \"OCOP 4 sao\"");
  command->add_flag("--sample", wishes->text.demo, "Print \"dữ liệu mẫu\" on it");
  command->add_option("--dpi", wishes->dpi, "Dots per inch of the printer")->capture_default_str();
  command->add_option("--out", wishes->out, "New file: .pdf, .png or .svg")->required();
  command->callback([wishes, &outcome] { outcome = label(*wishes); });
}

}  // namespace nguon::server
