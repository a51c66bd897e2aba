#include "labels/link.hpp"
#include "labels/qr.hpp"
#include "labels/raster.hpp"
#include "server/demo/demo.hpp"
#include "server/deployment/files.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

namespace nguon::server {
namespace {

// A range number the demo never reaches, so its serials read well and were never issued.
constexpr std::uint32_t unissued_range = 9'000'000;

template <class T>
ledger::Result<T> checked(labels::Result<T> drawn) {
  if (!drawn)
    return ledger::invalid("demo.label", {}, std::string(labels::describe(drawn.error())));
  return std::move(*drawn);
}

// The label of the demo's retail bags.
ledger::Result<std::string> whole_label(const labels::LabelFacts& facts, const std::string& url) {
  const auto placed = labels::place_label(labels::templates().front(), facts, {}, url);
  if (!placed) return ledger::invalid("demo.label", {}, placed.error().en);
  NGUON_TRY(auto item, checked(labels::label_item(*placed, url.substr(url.rfind('/') + 1))));
  return checked(labels::page_png(*placed, {std::move(item)}));
}

// Samples are drawn anew each time: the host on them may have changed since the last run.
ledger::Result<void> replace_file(const std::string& path, const std::string& octets) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << octets;
  file.close();
  if (!file) return ledger::Error{ledger::Errc::unavailable, "file.write", {}, path};
  return {};
}

struct Drawing {
  std::string what, name;
  std::string url;
  std::optional<labels::LabelFacts> facts;  ///< None: the bare QR.
};

ledger::Result<DemoLabel> draw(const Drawing& drawing, const std::string& directory) {
  std::string png;
  if (drawing.facts) {
    NGUON_TRY(png, whole_label(*drawing.facts, drawing.url));
  } else {
    NGUON_TRY(const auto modules, checked(labels::encode_qr(drawing.url)));
    NGUON_TRY(png, checked(labels::qr_png(modules, 6)));
  }
  const std::string path = directory + '/' + drawing.name + ".png";
  NGUON_CHECK(replace_file(path, png));
  return DemoLabel{drawing.what, drawing.url, path};
}

// One symbol read or typed wrong, as the check symbol always notices.
std::string mistype(std::string serial) {
  char& symbol = serial[6];
  symbol = symbol == '7' ? '8' : '7';
  return serial;
}

ledger::Result<Drawing> drawing_of(const Sample& sample, const labels::SerialCodec& serials,
                                   const std::string& origin) {
  Drawing drawing;
  drawing.what = sample.what;
  if (!sample.place) {
    NGUON_TRY(drawing.url, checked(labels::tag_link(origin, sample.tag)));
    return drawing;
  }
  NGUON_TRY(const auto serial, checked(serials.encode(*sample.place)));
  NGUON_TRY(drawing.url,
            checked(sample.gtin.empty() ? labels::serial_link(origin, serial)
                                        : labels::product_link(origin, sample.gtin, {}, serial)));
  labels::LabelFacts facts;
  facts.product = sample.product;
  facts.producer = sample.coop;
  facts.lot = sample.lot;
  facts.host = origin.substr(origin.find("://") + 3);
  facts.ocop = sample.ocop;
  facts.sample = true;
  drawing.facts = std::move(facts);
  return drawing;
}

}  // namespace

ledger::Result<std::vector<DemoLabel>> draw_samples(const std::vector<Sample>& samples,
                                                    const labels::SerialCodec& serials,
                                                    const std::string& origin,
                                                    const std::string& directory) {
  std::error_code error;
  const std::string folder = std::filesystem::absolute(directory, error).string();
  if (error) return ledger::Error{ledger::Errc::unavailable, "file.write", {}, directory};
  NGUON_CHECK(make_directory(folder));
  std::vector<Drawing> drawings;
  for (const Sample& sample : samples) {
    NGUON_TRY(auto drawing, drawing_of(sample, serials, origin));
    drawings.push_back(std::move(drawing));
  }
  NGUON_TRY(const auto unissued, checked(serials.encode({0, unissued_range, 0})));
  NGUON_TRY(const auto unissued_url, checked(labels::serial_link(origin, unissued)));
  drawings.push_back({"never_issued", {}, unissued_url, {}});
  std::string mistyped_url = unissued_url;
  mistyped_url.replace(mistyped_url.size() - unissued.size(), unissued.size(), mistype(unissued));
  drawings.push_back({"mistyped", {}, mistyped_url, {}});

  std::vector<DemoLabel> labels;
  for (Drawing& drawing : drawings) {
    drawing.name = std::to_string(labels.size() + 1) + '-' + drawing.what;
    NGUON_TRY(auto label, draw(drawing, folder));
    labels.push_back(std::move(label));
  }
  return labels;
}

}  // namespace nguon::server
