// A job of one layout, printed to PDF, drawn by poppler as a printer would, label by label cut out and read
// by zbar and ZXing, which share no code: all must say what the label says. Then pictures of worn labels.
// Usage: print_check LAYOUT JOB PICKS WORN SEED   JOB labels are printed, first, last and PICKS others read
// (all when PICKS is at least JOB) at both resolutions, WORN pictures of each kind are made.
// Lines: clean <layout> <dpi> <what> <decoder> <read> <of>; worn <kind> <decoder> <read> <of>; remarks begin with #.
#include "labels/gs1_128.hpp"
#include "labels/pdf.hpp"
#include "tests/labels/job.hpp"
#include "tests/labels/look.hpp"
#include "tests/labels/wear.hpp"

#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <set>
#include <span>

#define ZX_USE_UTF8 1
// Their headers are not written for our warnings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#include <ZXing/ReadBarcode.h>
#pragma GCC diagnostic pop

namespace nguon::labels {
namespace {

/// One picture and what must be read from it.
struct Shot {
  Grey picture;
  std::string wanted;
};

class Printed {
 public:
  Printed(const PlacedLabel& label, std::size_t count) : label_(label) {
    PdfWriter writer(label, [this](std::string_view more) {
      pdf_ += more;
      return true;
    });
    for (std::size_t i = 0; i < count; ++i) writer.add(item(i)).value();
    writer.finish().value();
    file_.reset(
        poppler::document::load_from_raw_data(pdf_.data(), static_cast<int>(pdf_.size())));
    if (!file_) throw std::runtime_error("poppler does not open the PDF");
    renderer_.set_render_hints(poppler::page_renderer::antialiasing |
                               poppler::page_renderer::text_antialiasing);
    renderer_.set_image_format(poppler::image::format_gray8);
  }

  LabelItem item(std::size_t i) const { return label_item(label_, code_of(label_.kind, i)).value(); }

  /// `box` of label i with `quiet` dots left and right, above and below.
  Grey cut(std::size_t i, const DotBox& box, int quiet_x, int quiet_y) {
    const DotPoint cell = label_.cells[i % label_.cells.size()];
    const DotBox part{cell.x + box.x - quiet_x, cell.y + box.y - quiet_y, box.width + 2 * quiet_x,
                      box.height + 2 * quiet_y};
    // A sheet is drawn once for all its labels, of a roll only what is looked at.
    const bool sheet = label_.cells.size() > 1;
    const std::size_t page = i / label_.cells.size();
    if (!sheet) return drawn(page, part);
    if (!sheet_ || page != sheet_page_) {
      sheet_ = drawn(page, {0, 0, label_.page_width, label_.page_height});
      sheet_page_ = page;
    }
    Grey out{part.width, part.height, {}};
    for (int y = 0; y < part.height; ++y) {
      const auto from = sheet_->pixels.begin() +
                        (std::ptrdiff_t{part.y} + y) * sheet_->width + part.x;
      out.pixels.insert(out.pixels.end(), from, from + part.width);
    }
    return out;
  }

 private:
  Grey drawn(std::size_t page, const DotBox& part) {
    const std::unique_ptr<poppler::page> sheet(file_->create_page(static_cast<int>(page)));
    const auto image = renderer_.render_page(sheet.get(), label_.dpi, label_.dpi, part.x, part.y,
                                             part.width, part.height);
    Grey out{image.width(), image.height(), {}};
    if (out.width != part.width || out.height != part.height) {
      throw std::runtime_error("poppler draws another size");
    }
    for (int y = 0; y < out.height; ++y) {
      const char* const row = image.const_data() + std::ptrdiff_t{y} * image.bytes_per_row();
      out.pixels.insert(out.pixels.end(), row, row + out.width);
    }
    return out;
  }

  const PlacedLabel& label_;
  std::string pdf_;
  std::unique_ptr<poppler::document> file_;
  poppler::page_renderer renderer_;
  std::optional<Grey> sheet_;
  std::size_t sheet_page_ = 0;
};

std::size_t read_by_zxing(const std::vector<Shot>& shots, ZXing::BarcodeFormat format) {
  const auto hints = ZXing::DecodeHints().setFormats(format);
  return static_cast<std::size_t>(std::count_if(shots.begin(), shots.end(), [&](const Shot& shot) {
    const auto result = ZXing::ReadBarcode({shot.picture.pixels.data(), shot.picture.width,
                                            shot.picture.height, ZXing::ImageFormat::Lum},
                                           hints);
    const auto& octets = result.bytes();
    const std::string said(octets.begin(), octets.end());
    if (result.isValid() && said != shot.wanted) {
      throw std::runtime_error("ZXing reads something else: " + said);
    }
    return result.isValid();
  }));
}

/// Which of `left` one zbarimg reads; one for all, for starting it costs more than reading.
std::set<std::size_t> seen_by_zbar(const std::vector<Shot>& shots, const std::set<std::size_t>& left,
                                   const std::string& symbology, Look look) {
  const ScratchDir scratch;
  std::string files;
  for (const std::size_t i : left) {
    const Grey picture = looked_at(shots[i].picture, look);
    std::string octets =
        "P5\n" + std::to_string(picture.width) + " " + std::to_string(picture.height) + "\n255\n";
    octets.append(picture.pixels.begin(), picture.pixels.end());
    files += " " + scratch.write(std::to_string(i) + ".pgm", octets);
  }
  // 4: some picture had no symbol, and that is what we count.
  std::istringstream said(run("{ zbarimg --nodbus -q --xml -Sdisable -S" + symbology + ".enable" +
                              files + " || [ $? = 4 ]; }"));
  std::set<std::size_t> seen;
  std::size_t at = shots.size();
  for (std::string line; std::getline(said, line);) {
    constexpr std::string_view data = "<data><![CDATA[";
    if (const auto from = line.find("<source href='"); from != std::string::npos) {
      at = std::stoul(line.substr(line.rfind('/') + 1));
    } else if (const auto begin = line.find(data); begin != std::string::npos) {
      const auto text = line.substr(begin + data.size());
      if (at >= shots.size() || !text.starts_with(shots[at].wanted + "]]>")) {
        throw std::runtime_error("zbar reads something else: " + text);
      }
      seen.insert(at);
    }
  }
  return seen;
}

std::size_t read_by_zbar(const std::vector<Shot>& shots, const std::string& symbology,
                         std::span<const Look> tries) {
  std::set<std::size_t> left;
  for (std::size_t i = 0; i < shots.size(); ++i) left.insert(i);
  for (const Look look : tries) {
    if (left.empty()) break;
    for (const std::size_t i : seen_by_zbar(shots, left, symbology, look)) left.erase(i);
  }
  return shots.size() - left.size();
}

std::vector<std::size_t> picks_of(std::size_t job, std::size_t picks, std::mt19937& dice) {
  std::vector<std::size_t> between;
  for (std::size_t i = 1; i + 1 < job; ++i) between.push_back(i);
  std::vector<std::size_t> out{0, job - 1};
  std::sample(between.begin(), between.end(), std::back_inserter(out), picks, dice);
  std::sort(out.begin(), out.end());  // page after page
  return out;
}

void report(const std::string& what, const std::vector<Shot>& shots, bool bars,
            std::span<const Look> tries) {
  const std::string of = " " + std::to_string(shots.size()) + "\n";
  const auto zbar = read_by_zbar(shots, bars ? "code128" : "qrcode", tries);
  const auto zxing =
      read_by_zxing(shots, bars ? ZXing::BarcodeFormat::Code128 : ZXing::BarcodeFormat::QRCode);
  std::printf("%s zbar %zu%s", what.c_str(), zbar, of.c_str());
  std::printf("%s zxing %zu%s", what.c_str(), zxing, of.c_str());
}

void check(const std::string& name, std::size_t job, std::size_t picks, std::size_t worn_each,
           std::mt19937& dice) {
  constexpr std::size_t shots_at_once = 256;
  constexpr std::array plain{Look::plain};  // what comes from the printer needs no help
  for (const int dpi : {203, 300}) {
    const auto label = placed(name, sample_facts(), dpi);
    Printed printed(label, job);
    const int quiet = quiet_zone * label.code.module;
    std::printf("# %s at %d dpi: version %d, %d dots a module, %.3f mm\n", name.c_str(), dpi,
                label.code.version, label.code.module, label.code.module * 25.4 / dpi);
    const auto chosen = picks_of(job, picks, dice);
    std::vector<Shot> fresh;  // to be worn
    for (std::size_t from = 0; from < chosen.size(); from += shots_at_once) {
      std::vector<Shot> codes;
      std::vector<Shot> bars;
      for (std::size_t at = from; at < std::min(chosen.size(), from + shots_at_once); ++at) {
        const std::size_t i = chosen[at];
        const auto item = printed.item(i);
        codes.push_back({printed.cut(i, label.code.box, quiet, quiet), item.link});
        if (!label.linear) continue;
        const int side = linear_quiet_zone * label.linear->module;
        DotBox strip = label.linear->box;  // scanners look at a line of it
        strip.y += strip.height / 2;
        strip.height = label.dpi / 4;
        bars.push_back({printed.cut(i, strip, side, 0), "00" + item.code});
      }
      const std::string where = "clean " + name + " " + std::to_string(dpi);
      report(where + " qr", codes, false, plain);
      if (!bars.empty()) report(where + " bars", bars, true, plain);
      if (fresh.empty()) fresh = std::move(codes);
    }
    if (dpi != 203) continue;
    for (const Wear wear : wears) {
      std::vector<Shot> shots;
      for (std::size_t k = 0; k < worn_each; ++k) {
        const Shot& shot = fresh[k % fresh.size()];
        shots.push_back({worn(shot.picture, label.code.module, wear, dice), shot.wanted});
      }
      std::string kind(wear_name(wear));
      std::replace(kind.begin(), kind.end(), ' ', '-');
      report("worn " + kind, shots, false, looks);
    }
  }
}

}  // namespace
}  // namespace nguon::labels

int main(int count, char** words) {
  if (count != 6) {
    std::fputs("usage: print_check LAYOUT JOB PICKS WORN SEED\n", stderr);
    return 2;
  }
  // Other processes write to the same file: whole lines only.
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::string name = words[1];
  // Every layout its own dice, whichever process has it.
  std::seed_seq seeds(name.begin(), name.end());
  std::vector<std::uint32_t> mixed(1);
  seeds.generate(mixed.begin(), mixed.end());
  std::mt19937 dice(mixed[0] ^ static_cast<std::uint32_t>(std::stoul(words[5])));
  try {
    nguon::labels::check(name, std::stoul(words[2]), std::stoul(words[3]), std::stoul(words[4]),
                         dice);
  } catch (const std::exception& trouble) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), trouble.what());
    return 1;
  }
  return 0;
}
