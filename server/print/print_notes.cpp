#include "server/print/print_notes.hpp"

#include <boost/json/object.hpp>

#include <utility>

namespace nguon::server {
namespace {

using ledger::Result;

// {"job":LABELS,"language":"zpl","printer":"tcp://…","source":"…"}, then {"begun":N}, {"sure":N},
// {"person":N} as they come; `person` is the first label that a person found not to be on paper.
constexpr std::string_view begun_note = "begun";
constexpr std::string_view sure_note = "sure";
constexpr std::string_view person_note = "person";

ledger::Error notes_damaged(std::string_view what) {
  return {ledger::Errc::corrupt, "notebook.damaged", {}, "print notes: " + std::string(what)};
}

std::uint32_t number_in(const boost::json::object& record, std::string_view name) {
  const auto* const value = record.if_contains(name);
  const auto* const number = value != nullptr ? value->if_int64() : nullptr;
  if (number == nullptr || *number < 0 || *number > labels::most_labels + 1) return 0;
  return static_cast<std::uint32_t>(*number);
}

std::string text_in(const boost::json::object& record, std::string_view name) {
  const auto* const value = record.if_contains(name);
  const auto* const text = value != nullptr ? value->if_string() : nullptr;
  return text != nullptr ? std::string(*text) : std::string();
}

}  // namespace

Result<std::unique_ptr<PrintNotes>> PrintNotes::create(const std::string& path,
                                                       const PrintProgress& job) {
  std::unique_ptr<PrintNotes> notes(new PrintNotes);
  const auto nothing = [](const boost::json::object&) -> Result<void> {
    return notes_damaged("there already");
  };
  NGUON_TRY(notes->book_, Notebook::open(path, nothing));
  notes->progress_ = {job.printer, job.language, job.labels, job.source, 0, 0};
  NGUON_CHECK(notes->book_->append({{"job", job.labels},
                                    {"language", labels::name_of(job.language)},
                                    {"printer", show(job.printer)},
                                    {"source", job.source}}));
  return notes;
}

Result<std::unique_ptr<PrintNotes>> PrintNotes::open(const std::string& path) {
  std::unique_ptr<PrintNotes> notes(new PrintNotes);
  NGUON_TRY(notes->book_, Notebook::open(path, [&](const boost::json::object& record) {
              return notes->take(record);
            }));
  if (notes->progress_.labels == 0) return notes_damaged("no job in them");
  return notes;
}

Result<void> PrintNotes::take(const boost::json::object& record) {
  if (record.contains("job")) {
    progress_.labels = number_in(record, "job");
    if (text_in(record, "language") == labels::name_of(labels::PrinterLanguage::tspl)) {
      progress_.language = labels::PrinterLanguage::tspl;
    }
    progress_.source = text_in(record, "source");
    NGUON_TRY(progress_.printer, read_printer_address(text_in(record, "printer")));
    return {};
  }
  if (record.contains(begun_note)) {
    progress_.begun = number_in(record, begun_note);
  } else if (record.contains(sure_note)) {
    progress_.sure = number_in(record, sure_note);
  } else if (const auto from = number_in(record, person_note); from > 0) {
    progress_.sure = progress_.begun = from - 1;
  } else {
    return notes_damaged("an unknown note");
  }
  if (progress_.begun > progress_.labels || progress_.sure > progress_.begun) {
    return notes_damaged("more labels than there are");
  }
  return {};
}

Result<void> PrintNotes::note(std::string_view what, std::uint32_t label) {
  const boost::json::object record{{what, std::int64_t{label}}};
  NGUON_CHECK(book_->append(record));
  return take(record);
}

Result<void> PrintNotes::begin(std::uint32_t last) { return note(begun_note, last); }

Result<void> PrintNotes::done() { return note(sure_note, progress_.begun); }

Result<void> PrintNotes::resume_from(std::uint32_t from) {
  if (from <= progress_.sure || from > progress_.begun + 1) {
    return ledger::Error{ledger::Errc::conflict,
                         "print.resume",
                         {},
                         std::to_string(progress_.sure + 1) + " … " +
                             std::to_string(progress_.begun + 1) + ", not " + std::to_string(from)};
  }
  return note(person_note, from);
}

}  // namespace nguon::server
