#pragma once

#include "labels/glyphs.hpp"
#include "labels/qr.hpp"
#include "labels/refusal.hpp"
#include "labels/template.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nguon::labels {

/// A machine's own settings, kept apart from every layout.
struct Printer {
  int dpi = 203;       ///< 100..1200
  int offset_x = 0;    ///< micrometres, −5,000..5,000; right is positive
  int offset_y = 0;    ///< down is positive
  int scale_x = 1000;  ///< thousandths, 950..1050
  int scale_y = 1000;
  bool operator==(const Printer&) const = default;
};

/// What all labels of a job say. UTF-8, at most 200 octets each, no control or formatting
/// characters; empty: left out. Whether a claim (OCOP) may be made is the caller's to decide.
struct LabelFacts {
  std::string product;
  std::string net;  ///< `500 g`
  std::string producer;
  std::string lot;        ///< labels/gtin.hpp read_lot
  std::string harvested;  ///< a date as it shall be read
  std::string packed;
  std::string ocop;  ///< `OCOP 4 sao`
  std::string storage;
  std::string count;    ///< `24 gói`
  std::string gtin;     ///< 8, 12, 13 or 14 digits
  std::string host;     ///< short host to type by hand, `txng.example`
  bool sample = false;  ///< prints “dữ liệu mẫu”
  bool operator==(const LabelFacts&) const = default;
};

/// Whole dots of the printer, from the label's top left corner unless said otherwise.
struct DotBox {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const DotBox&) const = default;
};
struct DotPoint {
  int x = 0;
  int y = 0;
  bool operator==(const DotPoint&) const = default;
};

/// The QR. Its place and size are the same on every label of the job.
struct PlacedCode {
  DotBox box;       ///< dark and light modules, without the quiet zone of `quiet_zone` modules
  int modules = 0;  ///< a side
  int module = 0;   ///< dots
  int version = 0;  ///< 1..40
  QrLevel level = QrLevel::m;
};

/// GS1-128: `module` dots a module, bars fill the box; quiet zones are outside it.
struct PlacedLinear {
  DotBox box;
  int modules = 0;
  int module = 0;
};

/// A line of text that is the same on every label.
struct PlacedText {
  TextField field = TextField::product;
  DotBox box;        ///< all its ink lies inside
  std::string text;  ///< as printed, NFC, perhaps cut
  double em = 0;     ///< dots
  bool bold = false;
  std::vector<PlacedGlyph> glyphs;  ///< dots from the label's corner
};

/// Where a line of what differs stands. Its text is that of LabelItem::numbers at the same place.
struct PlacedNumber {
  NumberPart part = NumberPart::all;
  DotBox box;
  int baseline = 0;  ///< dots from the label's top
  double em = 0;     ///< dots
  Align align = Align::left;
  bool bold = false;
};

/// Text that had to be cut to fit.
struct CutText {
  TextField field = TextField::product;
};

/// What one label adds.
struct LabelItem {
  std::string code;                  ///< serial, animal number or SSCC: canonical
  std::string link;                  ///< in the QR
  std::string shown;                 ///< the code in groups, to be read and typed
  std::vector<std::string> numbers;  ///< as printed, one for each PlacedNumber
};

/// A layout filled in for one job and one printer. A plain value: any thread may read it.
struct PlacedLabel {
  std::string name;   ///< of the layout
  std::string title;  ///< what a document of these labels is called: the product
  int dpi = 0;
  int width = 0;  ///< of one label, dots
  int height = 0;
  int page_width = 0;  ///< of the page: a roll's is the label
  int page_height = 0;
  std::vector<DotPoint> cells;  ///< labels on a page, row by row, printer's offset included
  DotPoint offset;              ///< the printer's, in dots; already in `cells`

  PlacedCode code;
  std::optional<PlacedLinear> linear;
  std::vector<PlacedText> texts;      ///< static
  std::vector<PlacedNumber> numbers;  ///< per label
  GlyphBook glyphs;                   ///< outlines of all of them
  std::vector<CutText> cut;           ///< warnings

  LinkKind kind = LinkKind::serial;
  std::string link_prefix;  ///< the link up to the serial, animal number or SSCC
};

/// `link`: that of any label of the job; all are its prefix and their code.
/// bad_text, does_not_fit, out_of_range (the printer), bad_order (a link this layout does not take,
/// or one that contradicts the facts' GTIN or lot), faults of read_lot, read_gtin.
Ruled<PlacedLabel> place_label(const Template& layout, const LabelFacts& facts,
                               const Printer& printer, std::string_view link);

/// What the label of `code` adds: a serial (read_serial), animal number or SSCC after the kind of
/// the job. Faults of their readers.
Result<LabelItem> label_item(const PlacedLabel& placed, std::string_view code);

/// The item's symbol, of exactly `placed.code.modules`. does_not_fit, failed.
Result<QrModules> label_symbol(const PlacedLabel& placed, const LabelItem& item);

/// The item's dark bars, from the left; none where the layout has no linear code. does_not_fit,
/// failed.
Result<std::vector<DotBox>> label_bars(const PlacedLabel& placed, const LabelItem& item);

}  // namespace nguon::labels
