#include "ledger/monitor/watch.hpp"

#include "ledger/entry/jws.hpp"
#include "ledger/log/leaf.hpp"
#include "ledger/log/start.hpp"
#include "ledger/log/subject_page.hpp"

#include <algorithm>
#include <utility>

namespace nguon::ledger {
namespace {

constexpr std::chrono::milliseconds cache_lag{2'500};
/// Subjects that are looked at again in turn, besides those with new entries.
constexpr std::size_t subjects_in_turn = 32;

/// What stands before `/log/<n>`.
std::string api_beside(const std::string& log_url) {
  return log_url.substr(0, log_url.rfind("/log/")) + "/api/subjects/";
}

}  // namespace

Watch::Watch(std::unique_ptr<MirrorFolder> folder, std::unique_ptr<Mirror> mirror,
             WatchOptions options)
    : folder_(std::move(folder)),
      mirror_(std::move(mirror)),
      options_(std::move(options)),
      api_(api_beside(options_.log.url)),
      watched_(options_.of) {
  record_.of = options_.of;
}

Result<std::unique_ptr<Watch>> Watch::open(const std::string& path, NoteVerifier log,
                                           WatchOptions options) {
  NGUON_TRY(auto folder, MirrorFolder::open(path));
  NGUON_TRY(auto mirror, Mirror::open(path + "/log", std::move(log), options.log));
  std::unique_ptr<Watch> watch(new Watch(std::move(folder), std::move(mirror), std::move(options)));
  const auto kept = watch->folder_->files().read("watch", max_watch_record_size);
  if (!kept && kept.error().code != Errc::not_found) return kept.error();
  if (kept) {
    NGUON_TRY(watch->record_, parse_watch_record(*kept));
    if (watch->record_.of != watch->options_.of) {
      return Error{Errc::conflict, "monitor.state", {}, path + " watches " + watch->record_.of};
    }
  }
  return watch;
}

std::uint64_t Watch::now_seconds() const {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, options_.log.now_ms()) / 1000);
}

Result<WatchLook> Watch::look() {
  WatchLook look;
  begun_ = now_seconds();
  NGUON_TRY(look.log, mirror_->look());
  settled_ = mirror_->head().size;
  std::optional<Error> alarm;
  NGUON_CHECK(follow(alarm));
  if (watched_.histories().empty()) {
    return Error{Errc::not_found, "subject.unknown", {}, watched_.of()};
  }
  const std::uint64_t cosigned = look.log.cosigned_at;
  if (!alarm && cosigned != 0 && cosigned + options_.stale_seconds < begun_) {
    alarm = mirror_->accuse(
        "monitor.stale",
        "no witness has cosigned what is shown since Unix time " + std::to_string(cosigned),
        {{"shown.checkpoint", mirror_->checkpoint()}});
  }
  Result<void> checked;
  for (const std::string& sub : due()) {
    checked = check_twice(sub);
    if (!checked) break;
    ++look.checked;
  }
  // What was seen is kept whatever it came to, so that nothing is told twice or forgotten.
  record_.looked = begun_;
  record_.size = mirror_->head().size;
  NGUON_CHECK(folder_->write("watch", format_watch_record(record_)));
  NGUON_CHECK(folder_->settle());
  if (alarm) return *alarm;
  if (!checked) return checked.error();
  look.subjects = watched_.histories().size();
  for (const auto& [sub, history] : watched_.histories()) look.entries += history.ids.size();
  return look;
}

/// Leaves that are new here, and whether their times can be.
Result<void> Watch::follow(std::optional<Error>& alarm) {
  return mirror_->files().leaves(
      taken_, mirror_->head().size,
      [&](std::uint64_t index, std::string_view text) -> Result<void> {
        NGUON_TRY(const Leaf leaf, decode_leaf(index, text));
        NGUON_TRY(const LinkedEntry linked, read_linked(index, leaf.recorded, leaf.jws));
        watched_.take(linked);
        taken_ = index + 1;
        const bool is_new = record_.looked != 0 && index >= record_.size;
        const auto recorded = static_cast<std::uint64_t>(leaf.recorded) / 1000;
        if (!alarm && is_new && recorded + options_.clock_seconds < record_.looked) {
          alarm = mirror_->accuse(
              "monitor.back-dated",
              "index " + std::to_string(index) + " says it was recorded at Unix time " +
                  std::to_string(recorded) + "; at " + std::to_string(record_.looked) +
                  " the log held only " + std::to_string(record_.size),
              {{"leaf", std::string(text)}, {"shown.checkpoint", mirror_->checkpoint()}});
        }
        return {};
      });
}

/// Those with new entries or never checked, and some others, each in its turn.
std::vector<std::string> Watch::due() {
  const std::set<std::string> changed = watched_.changed();
  std::vector<std::string> list(changed.begin(), changed.end());
  const auto& all = watched_.histories();
  auto next = all.upper_bound(turn_);
  for (std::size_t i = 0; i < std::min(subjects_in_turn, all.size()); ++i) {
    if (next == all.end()) next = all.begin();
    if (!changed.contains(next->first)) list.push_back(next->first);
    turn_ = next->first;
    ++next;
  }
  return list;
}

Result<void> Watch::catch_up() {
  options_.log.pause(cache_lag);
  NGUON_CHECK(mirror_->look());
  std::optional<Error> alarm;
  NGUON_CHECK(follow(alarm));
  if (alarm) return *alarm;
  return {};
}

/// A cache may be two seconds behind (DESIGN §4): what is wrong is asked again, with the log.
Result<void> Watch::check_twice(const std::string& sub) {
  NGUON_TRY(const auto first, check(sub));
  if (!first) return {};
  NGUON_CHECK(catch_up());
  NGUON_TRY(const auto again, check(sub));
  if (!again) return {};
  return mirror_->accuse(again->rule, sub + ": " + again->detail, again->evidence);
}

Result<std::string> Watch::ask(const std::string& sub, const std::string& what) const {
  return options_.log.fetch(api_ + sub + '/' + what);
}

Watch::Finding Watch::finding(std::string rule, std::string detail,
                              const std::string& statement) const {
  return {std::move(rule),
          std::move(detail),
          {{"head.jwt", statement}, {"shown.checkpoint", mirror_->checkpoint()}}};
}

Watch::Checked Watch::check(const std::string& sub) {
  const auto statement = ask(sub, "head");
  if (!statement && statement.error().code == Errc::not_found) {
    return std::optional(finding("monitor.withheld", "the service knows no such subject", {}));
  }
  if (!statement) return statement.error();
  const auto claims = read_head(*statement);
  if (!claims) {
    // Nothing that anybody signed: no proof against anybody, but no head either.
    return std::optional(finding("monitor.head", claims.error().rule, *statement));
  }
  // The log may have grown since it was looked at, but is never long behind a head.
  if (claims->size > mirror_->head().size) {
    NGUON_CHECK(catch_up());
  }
  NGUON_TRY(auto found, check_claims(sub, *statement, *claims));
  if (found) return found;
  NGUON_TRY(found, check_pages(sub));
  if (found) return found;
  WatchRecord::Head& kept = record_.heads[sub];
  if (kept.statement != *statement) kept = {begun_, *statement};
  return std::optional<Finding>();
}

Watch::Checked Watch::check_claims(const std::string& sub, const std::string& statement,
                                   const HeadClaims& claims) const {
  const auto found = [&](std::string rule, std::string detail) {
    return std::optional(finding(std::move(rule), std::move(detail), statement));
  };
  if (claims.sub != sub || claims.aud != mirror_->reader().deployment_id() ||
      claims.origin != mirror_->reader().keys().origin(claims.size)) {
    return found("monitor.head", "it speaks of something else");
  }
  if (claims.size > mirror_->head().size) {
    return found("monitor.frozen", "the service has signed a log of " +
                                       std::to_string(claims.size) + "; shown is " +
                                       show(mirror_->head()));
  }
  NGUON_TRY(const Hash root, mirror_->root_at(claims.size));
  if (root != claims.log_root) {
    return found("monitor.split-view", "the service has signed the log " +
                                           show({claims.size, claims.log_root}) + "; here it is " +
                                           show({claims.size, root}));
  }
  const Watched::History& history = watched_.histories().at(sub);
  const std::size_t held = history.below(claims.size);
  const std::string counts = "it counts " + std::to_string(claims.count) + ", the log holds " +
                             std::to_string(held) + " below " + std::to_string(claims.size);
  if (claims.count < held) {
    return found("monitor.withheld",
                 counts + "; kept back is index " + std::to_string(history.indexes[claims.count]));
  }
  if (claims.count != held || !proves_all(claims, history.ids)) {
    return found("monitor.head", counts + "; they are not the same entries");
  }
  if (held < history.ids.size() && history.indexes[held] < settled_) {
    return found("monitor.withheld",
                 "index " + std::to_string(history.indexes[held]) +
                     " was in the log before this head was asked for, which leaves it out");
  }
  const auto before = record_.heads.find(sub);
  if (before == record_.heads.end()) return std::optional<Finding>();
  // It was checked when it was kept; only what it says is wanted.
  NGUON_TRY(const HeadClaims known, read_head(before->second.statement));
  if (claims.minute < known.minute || claims.size < known.size) {
    return found("monitor.backwards", "of Unix time " + std::to_string(claims.minute) +
                                          " and size " + std::to_string(claims.size) +
                                          ", after one of " + std::to_string(known.minute) +
                                          " and " + std::to_string(known.size));
  }
  if (claims.minute == known.minute && before->second.since + options_.stale_seconds < begun_) {
    return found("monitor.stale", "still the statement of Unix time " +
                                      std::to_string(claims.minute) + ", which was here first at " +
                                      std::to_string(before->second.since));
  }
  return std::optional<Finding>();
}

/// A statement by a service key that spoke of the log at that size.
Result<HeadClaims> Watch::read_head(const std::string& statement) const {
  const KeyChain& keys = mirror_->reader().keys();
  NGUON_TRY(const Jws jws, parse_jws(statement, head_typ));
  const PublicKey* service = keys.find_service(jws.kid);
  if (service == nullptr) return invalid("verify.service-key", "/kid");
  NGUON_TRY(HeadClaims claims, open_head(statement, *service));
  NGUON_CHECK(keys.service(jws.kid, claims.size));
  return claims;
}

/// The list of its entries: the last page, and all of them when it was never checked.
Watch::Checked Watch::check_pages(const std::string& sub) {
  const Watched::History& history = watched_.histories().at(sub);
  const std::uint64_t last = (history.ids.size() - 1) / subject_page_width;
  const bool never = !record_.heads.contains(sub);
  for (std::uint64_t page = never ? 0 : last; page <= last; ++page) {
    const auto text = ask(sub, "entries/" + std::to_string(page));
    const auto wrong = [&](std::string detail) {
      Finding found{"monitor.pages", "page " + std::to_string(page) + ": " + std::move(detail), {}};
      if (text) found.evidence = {{"page.json", *text}};
      found.evidence.emplace_back("shown.checkpoint", mirror_->checkpoint());
      return std::optional(std::move(found));
    };
    if (!text && text.error().code == Errc::not_found) return wrong("it is not there");
    if (!text) return text.error();
    const auto list = parse_subject_page(*text, sub, page);
    if (!list) return wrong(list.error().rule);
    for (std::size_t i = 0; i < subject_page_width; ++i) {
      const std::size_t at = page * subject_page_width + i;
      if (at >= history.ids.size()) {
        // Newer than this look, or made up.
        const bool newer = i >= list->size() || (*list)[i].index >= taken_;
        if (!newer) return wrong("it lists index " + std::to_string((*list)[i].index));
        continue;
      }
      if (i < list->size() && (*list)[i] == SubjectEntry{history.indexes[at], history.ids[at]}) {
        continue;
      }
      return wrong("index " + std::to_string(history.indexes[at]) + " is not where it was");
    }
  }
  return std::optional<Finding>();
}

}  // namespace nguon::ledger
