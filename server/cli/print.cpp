#include "labels/template.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/print_fetch.hpp"
#include "server/cli/progress.hpp"
#include "server/cli/signals.hpp"
#include "server/config.hpp"
#include "server/print/print_queue.hpp"
#include "server/print/print_run.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nguon::server {
namespace {

constexpr const char* print_examples = R"(
In tem trên máy in tem của văn phòng, từng việc một. Kẹt giấy, hết tem hay mất điện thì in tiếp đúng tem đang dở,
không tem nào in hai lần.

  1. Ký In ở trang Tem, rồi lấy việc in về máy này (ENTRY là mã bản ghi in):
       nguon print --queue DIR fetch ENTRY --server https://nguon.example --key KEY.pem --deployment ID \
         --to tcp://192.168.1.40
     Máy in cắm dây USB: --to /dev/usb/lp0. Máy in dùng lệnh TSPL (TSC, Xprinter…): thêm --language tspl.
     Máy khác đã lấy rồi thì bị từ chối: chỉ thêm --take-over khi chắc chắn máy kia không in.
     Có sẵn tệp việc in thì:  nguon print --queue DIR add tem.job --to tcp://192.168.1.40
  2. In hết những việc đang chờ:            nguon print --queue DIR run
  3. Xem việc nào xong, việc nào dở:        nguon print --queue DIR list
  4. Cho một việc dừng (kể cả khi đang in): nguon print --queue DIR pause 000001
  5. Dừng giữa chừng: nhìn tem cuối cùng đã in ra. K là số thứ tự của tem đầu tiên CHƯA in, đếm từ 1:
       nguon print --queue DIR resume 000001 --resume-from K
     rồi chạy lại lệnh ở bước 2. Tem hỏng mà đã in ra số thì ghi hủy ở văn phòng, không in lại ở đây.

Prints jobs on a label printer, one after the other, and goes on after a jam with the same serials. `fetch` takes the
labels of a print that was signed at the office, which one computer alone is given (--take-over: from the other); `add` a
job from a file. Labels are counted from 1; --resume-from is the
first label that is not on paper. With --config and --printer only printers listed in nguon.toml are printed to:
  nguon print --queue DIR add tem.job --config nguon.toml --printer kho)";

struct PrintWishes {
  std::string queue, file, to, config, printer, id;
  std::uint32_t from = 0;
  FetchWish fetch;
  PrintOptions options;
};

void say_doubt(const QueuedJob& job) {
  const auto& progress = job.progress;
  std::fprintf(
      stderr,
      "nguon: việc %s: tem %u đến %u đã gửi nhưng chưa chắc đã in. Nhìn tem cuối cùng trên giấy, "
      "rồi:\n"
      "       job %s: labels %u to %u were sent, and may or may not be on paper. Look at the "
      "last one on the roll, then:\n"
      "       nguon print --queue … resume %s --resume-from K   (K = %u … %u)\n",
      job.id.c_str(), progress.sure + 1, progress.begun, job.id.c_str(), progress.sure + 1,
      progress.begun, job.id.c_str(), progress.sure + 1, progress.begun + 1);
}

const char* state_of(const QueuedJob& job) {
  if (job.progress.whole()) return "printed";
  if (job.progress.in_doubt()) return "in-doubt";
  return job.paused ? "paused" : "waiting";
}

ledger::Result<PrinterAddress> address_of(const PrintWishes& wishes) {
  if (wishes.printer.empty()) return read_printer_address(wishes.to);
  NGUON_TRY(const Config config, load_config(wishes.config));
  return listed_printer(config.printers, wishes.printer);
}

ledger::Result<ExitCode> add_job(const PrintQueue& queue, const PrintWishes& wishes) {
  NGUON_TRY(const auto printer, address_of(wishes));
  NGUON_TRY(const std::string id, queue.add(wishes.file, printer));
  std::fprintf(stdout, "%s\n", id.c_str());
  return ExitCode::good;
}

ledger::Result<ExitCode> fetch_jobs(const PrintQueue& queue, const PrintWishes& wishes) {
  NGUON_TRY(const auto printer, address_of(wishes));
  NGUON_TRY(const auto held, queue.lock());
  NGUON_TRY(const auto ids, fetch_prints(queue, wishes.fetch, printer));
  for (const std::string& id : ids) std::fprintf(stdout, "%s\n", id.c_str());
  return ExitCode::good;
}

ledger::Result<ExitCode> list_jobs(const PrintQueue& queue) {
  NGUON_TRY(const auto held, queue.lock());
  NGUON_TRY(const auto jobs, queue.list());
  for (const QueuedJob& job : jobs) {
    std::fprintf(stdout, "%s %s %u/%u begun %u %s %s\n", job.id.c_str(), state_of(job),
                 job.progress.sure, job.progress.labels, job.progress.begun,
                 std::string(labels::name_of(job.progress.language)).c_str(),
                 show(job.progress.printer).c_str());
  }
  return ExitCode::good;
}

/// Prints all that may be printed; the worst outcome of any.
ledger::Result<ExitCode> run_jobs(const PrintQueue& queue, const PrintWishes& wishes) {
  const StopSignals signals;
  NGUON_TRY(const auto held, queue.lock());
  NGUON_TRY(const auto jobs, queue.list());
  ExitCode worst = ExitCode::good;
  for (const QueuedJob& job : jobs) {
    if (job.progress.whole() || job.paused) continue;
    if (job.progress.in_doubt()) {
      say_doubt(job);
      worst = ExitCode::check_failed;
      continue;
    }
    NGUON_TRY(const auto notes, queue.notes(job.id));
    Progress bar("in " + job.id, job.progress.labels);
    bool asked = false;
    PrintOptions options = wishes.options;
    options.stop = [&] {
      asked = asked || signals.wait_for(std::chrono::milliseconds(0));
      return asked || queue.is_paused(job.id);
    };
    options.at = [&](std::uint32_t label) { bar.at(label); };
    const auto ended = print_job(queue.job_file(job.id), *notes, options);
    if (!ended) worst = report(ended.error());
    if (notes->progress().in_doubt()) say_doubt({job.id, notes->progress(), false});
    if (notes->progress().in_doubt() && ended) worst = ExitCode::check_failed;
    std::fprintf(stdout, "%s %s %u/%u\n", job.id.c_str(),
                 state_of({job.id, notes->progress(), queue.is_paused(job.id)}),
                 notes->progress().sure, notes->progress().labels);
    if (asked) break;
  }
  return worst;
}

ledger::Result<ExitCode> resume_job(const PrintQueue& queue, const PrintWishes& wishes) {
  NGUON_TRY(const auto held, queue.lock());
  NGUON_TRY(const auto notes, queue.notes(wishes.id));
  if (wishes.from > 0) {
    NGUON_CHECK(notes->resume_from(wishes.from));
  } else if (notes->progress().in_doubt()) {
    say_doubt({wishes.id, notes->progress(), false});
    return ExitCode::check_failed;
  }
  NGUON_CHECK(queue.unpause(wishes.id));
  return ExitCode::good;
}

void ask_where(CLI::App* command, PrintWishes& wishes) {
  auto* to = command->add_option("--to", wishes.to, "tcp://HOST[:PORT] or a device");
  auto* config = command->add_option("--config", wishes.config, "nguon.toml, with --printer");
  auto* named = command->add_option("--printer", wishes.printer, "One of `[labels] printers`");
  named->needs(config)->excludes(to);
}

std::vector<std::string> roll_names() {
  std::vector<std::string> names;
  for (const auto& layout : labels::templates()) {
    if (!layout.sheet) names.push_back(layout.name);
  }
  return names;
}

void ask_what(CLI::App* command, FetchWish& fetch) {
  command->add_option("entry", fetch.entry, "Id of the signed print (label.print)")->required();
  command->add_option("--server", fetch.server, "https://HOST of the service")->required();
  command->add_option("--key", fetch.key_file, "Key file of who may print")->required();
  command->add_option("--deployment", fetch.deployment, "Deployment id")->required();
  command->add_option("--ca", fetch.ca_file, "Certificate authority to trust, PEM");
  command->add_option("--template", fetch.layout, "Layout")
      ->check(CLI::IsMember(roll_names()))
      ->capture_default_str();
  command->add_option("--language", fetch.language, "What the printer speaks")
      ->check(CLI::IsMember({"zpl", "tspl"}))
      ->capture_default_str();
  command->add_option("--dpi", fetch.dpi, "Dots per inch of the printer")
      ->check(CLI::Range(100, 1200))
      ->capture_default_str();
  command->add_flag("--take-over", fetch.over,
                    "Another computer has it, and will surely not print it");
}

template <class Do>
void on_queue(CLI::App* command, std::shared_ptr<PrintWishes> wishes, ExitCode& outcome, Do work) {
  command->callback([wishes = std::move(wishes), &outcome, work] {
    const auto queue = PrintQueue::open(wishes->queue);
    const auto ended = queue ? work(*queue, *wishes) : ledger::Result<ExitCode>(queue.error());
    outcome = ended ? *ended : report(ended.error());
  });
}

}  // namespace

void add_print(CLI::App& program, ExitCode& outcome) {
  auto wishes = std::make_shared<PrintWishes>();
  auto* command = program.add_subcommand("print", "Print labels; go on after a jam");
  command->footer(print_examples);
  command->require_subcommand(1);
  command->add_option("--queue", wishes->queue, "Folder of jobs, made where missing")->required();

  auto* add = command->add_subcommand("add", "Take a job into the queue; says its number");
  add->add_option("file", wishes->file, "Job as `nguon label` wrote it")->required();
  ask_where(add, *wishes);
  on_queue(add, wishes, outcome, add_job);

  auto* fetch =
      command->add_subcommand("fetch", "Take the labels of a signed print into the queue");
  ask_what(fetch, wishes->fetch);
  ask_where(fetch, *wishes);
  on_queue(fetch, wishes, outcome, fetch_jobs);

  auto* list = command->add_subcommand("list", "Jobs: state, labels sure/all, last begun, printer");
  on_queue(list, wishes, outcome,
           [](const PrintQueue& queue, const PrintWishes&) { return list_jobs(queue); });

  auto* run = command->add_subcommand("run", "Print what waits, then end");
  run->add_option("--group", wishes->options.group, "Labels between two questions to the printer")
      ->check(CLI::Range(1, 500))
      ->capture_default_str();
  run->add_flag("--silent", wishes->options.silent, "The printer never says how it is");
  on_queue(run, wishes, outcome, run_jobs);

  auto* pause = command->add_subcommand("pause", "Let a job wait, after the group under way");
  pause->add_option("id", wishes->id, "Number of the job")->required();
  on_queue(pause, wishes, outcome,
           [](const PrintQueue& queue, const PrintWishes& wish) -> ledger::Result<ExitCode> {
             NGUON_CHECK(queue.pause(wish.id));
             return ExitCode::good;
           });

  auto* resume = command->add_subcommand("resume", "Let it go on, after a person has looked");
  resume->add_option("id", wishes->id, "Number of the job")->required();
  resume->add_option("--resume-from", wishes->from, "The first label that is not on paper")
      ->check(CLI::Range(1u, labels::most_labels));
  on_queue(resume, wishes, outcome, resume_job);
}

}  // namespace nguon::server
