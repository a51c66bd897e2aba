#include "server/print/print_queue.hpp"
#include "server/print/print_run.hpp"
#include "tests/server/print/paper_printer.hpp"
#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <thread>

namespace nguon::server {
namespace {

using tests::PaperPrinter;
using tests::TempDir;
using namespace std::chrono_literals;

constexpr std::uint32_t many = 5'000;
constexpr std::uint32_t jam_label = 4'317;

std::string serial_text(std::uint32_t label) { return "TEM" + std::to_string(1'000'000 + label); }

std::string write_labels(const std::string& path, std::uint32_t count) {
  std::ofstream out(path, std::ios::binary);
  labels::PrintJobWriter job([&out](std::string_view more) {
    out << more;
    return out.good();
  });
  job.begin(labels::PrinterLanguage::zpl, "^XA^JZN^XZ\n").value();
  for (std::uint32_t i = 1; i <= count; ++i) {
    job.add("^XA^FD" + serial_text(i) + "^FS^XZ\n").value();
  }
  job.finish().value();
  return path;
}

/// Every group is noted on the disk twice: the full run (NGUON_FULL) has the groups of an office.
PrintOptions quick() {
  PrintOptions options;
  const char* const full = std::getenv("NGUON_FULL");
  options.group = full != nullptr && *full == '1' ? 50 : 500;
  options.patience = 300ms;
  options.answer = 300ms;
  options.between = 1ms;
  options.group_time = 2s;
  return options;
}

PrinterAddress at(const PaperPrinter& printer) { return {"127.0.0.1", printer.port(), {}}; }

void expect_each_once(const std::vector<std::string>& paper, std::uint32_t count) {
  ASSERT_EQ(paper.size(), count);
  for (std::uint32_t i = 1; i <= count; ++i) ASSERT_EQ(paper[i - 1], serial_text(i));
}

/// What a person reads off the roll: the first label that is not on it.
std::uint32_t look(const PaperPrinter& printer) {
  return static_cast<std::uint32_t>(printer.paper().size()) + 1;
}

class Jammed : public testing::TestWithParam<PaperPrinter::Jam> {};

TEST_P(Jammed, GoesOnAtTheSameLabelWithNoSerialTwice) {
  const TempDir dir;
  PaperPrinter printer;
  auto queue = PrintQueue::open(dir / "queue").value();
  const auto id = queue.add(write_labels(dir / "tem.job", many), at(printer)).value();
  printer.jam_at(jam_label - 1, GetParam());
  auto notes = queue.notes(id).value();
  EXPECT_FALSE(print_job(queue.job_file(id), *notes, quick()));
  ASSERT_EQ(look(printer), jam_label);
  EXPECT_TRUE(notes->progress().in_doubt());
  EXPECT_LT(notes->progress().sure, jam_label);
  EXPECT_GE(notes->progress().begun, jam_label);
  EXPECT_LE(notes->progress().begun - notes->progress().sure, quick().group);

  printer.mend();
  EXPECT_EQ(print_job(queue.job_file(id), *notes, quick()).error().rule, "print.in-doubt");
  EXPECT_EQ(notes->resume_from(notes->progress().sure).error().rule, "print.resume");
  EXPECT_EQ(notes->resume_from(notes->progress().begun + 2).error().rule, "print.resume");
  ASSERT_TRUE(notes->resume_from(jam_label));
  const auto ended = print_job(queue.job_file(id), *notes, quick());
  ASSERT_TRUE(ended) << ended.error().rule << ended.error().detail;
  EXPECT_TRUE(notes->progress().whole());
  expect_each_once(printer.paper(), many);
}

INSTANTIATE_TEST_SUITE_P(Print, Jammed,
                         testing::Values(PaperPrinter::Jam::closes, PaperPrinter::Jam::resets,
                                         PaperPrinter::Jam::stops_reading,
                                         PaperPrinter::Jam::no_paper));

TEST(Print, KilledTwentyTimesPrintsEachLabelOnce) {
  const TempDir dir;
  PaperPrinter printer;
  auto queue = PrintQueue::open(dir / "queue").value();
  const auto id = queue.add(write_labels(dir / "tem.job", many), at(printer)).value();
  // What stands in the printer's memory is printed all the same: small groups, or each kill would
  // take the job further than there are kills for.
  auto options = quick();
  options.group = std::min(options.group, 100u);
  std::mt19937 dice(4317);
  int killed = 0;
  for (int round = 0; round < 2'000; ++round) {
    {
      auto notes = queue.notes(id).value();
      if (notes->progress().whole()) break;
      if (notes->progress().in_doubt()) {
        ASSERT_TRUE(notes->resume_from(look(printer))) << look(printer);
      }
    }
    const auto before = look(printer);
    const pid_t child = ::fork();
    if (child == 0) {
      auto notes = queue.notes(id);
      ::_exit(notes && print_job(queue.job_file(id), **notes, options) ? 0 : 1);
    }
    if (killed < 20) {
      // At a label of its own each time, wherever in its group that is.
      const auto last = std::min(before + 1 + static_cast<std::uint32_t>(dice() % 100), many - 1);
      const auto until = std::chrono::steady_clock::now() + 10s;
      while (look(printer) <= last && std::chrono::steady_clock::now() < until) {
        std::this_thread::yield();
      }
      ::kill(child, SIGKILL);
      ++killed;
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    // What reached the printer it prints to the end before anybody looks.
    for (auto seen = look(printer);; seen = look(printer)) {
      std::this_thread::sleep_for(30ms);
      if (look(printer) == seen) break;
    }
  }
  EXPECT_EQ(killed, 20);
  expect_each_once(printer.paper(), many);
}

TEST(Print, ASilentPrinterLeavesAllInDoubtUntilSomebodyLooked) {
  const TempDir dir;
  PaperPrinter printer;
  auto queue = PrintQueue::open(dir / "queue").value();
  const auto id = queue.add(write_labels(dir / "tem.job", 120), at(printer)).value();
  auto options = quick();
  options.silent = true;
  {
    auto notes = queue.notes(id).value();
    EXPECT_EQ(print_job(queue.job_file(id), *notes, options).value(), PrintEnd::whole);
    EXPECT_EQ(notes->progress().sure, 0u);
    EXPECT_EQ(notes->progress().begun, 120u);
    ASSERT_TRUE(notes->resume_from(121));
  }
  EXPECT_TRUE(queue.notes(id).value()->progress().whole());
}

TEST(Print, StopsBetweenGroupsWithNothingInDoubt) {
  const TempDir dir;
  PaperPrinter printer;
  auto queue = PrintQueue::open(dir / "queue").value();
  const auto id = queue.add(write_labels(dir / "tem.job", 200), at(printer)).value();
  auto notes = queue.notes(id).value();
  auto options = quick();
  options.group = 50;
  options.at = [&](std::uint32_t label) {
    if (label != 100) return;
    ASSERT_TRUE(queue.pause(id));
  };
  options.stop = [&] { return queue.is_paused(id); };
  EXPECT_EQ(print_job(queue.job_file(id), *notes, options).value(), PrintEnd::stopped);
  EXPECT_EQ(notes->progress().sure, 100u);
  EXPECT_FALSE(notes->progress().in_doubt());
  ASSERT_TRUE(queue.unpause(id));
  EXPECT_EQ(print_job(queue.job_file(id), *notes, options).value(), PrintEnd::whole);
  expect_each_once(printer.paper(), 200);
}

TEST(PrintQueue, RefusesTornJobsAndHoldsOneAtATime) {
  const TempDir dir;
  auto queue = PrintQueue::open(dir / "queue").value();
  const PrinterAddress nowhere{"127.0.0.1", 1, {}};
  { std::ofstream(dir / "torn.job") << "nguon-print/1 zpl\nS 0\n\nL 5\n^XA"; }
  EXPECT_EQ(queue.add(dir / "torn.job", nowhere).error().rule, "print.job");
  EXPECT_EQ(queue.add(dir / "none.job", nowhere).error().rule, "file.read");
  const auto file = write_labels(dir / "tem.job", 3);
  EXPECT_EQ(queue.add(file, nowhere).value(), "000001");
  EXPECT_EQ(queue.add(file, nowhere).value(), "000002");
  EXPECT_EQ(queue.add(file, nowhere, "print/0").value(), "000003");
  EXPECT_EQ(queue.add(file, nowhere, "print/0").error().rule, "print.fetched");
  EXPECT_TRUE(queue.has("print/0").value());
  EXPECT_FALSE(queue.has("print/1").value());
  const auto held = queue.lock().value();
  EXPECT_EQ(queue.lock().error().rule, "print.busy");
  ASSERT_EQ(queue.list().value().size(), 3u);
  EXPECT_EQ(queue.notes("000004").error().rule, "print.no-job");
  EXPECT_EQ(queue.notes("../../x").error().rule, "print.no-job");
  auto notes = queue.notes("000001").value();
  EXPECT_EQ(print_job(queue.job_file("000001"), *notes, quick()).error().rule, "print.link");
  EXPECT_FALSE(notes->progress().in_doubt());  // nothing left, so nothing is in doubt
}

TEST(PrinterAddress, ReadsHostsPortsAndDevices) {
  EXPECT_EQ(show(read_printer_address("tcp://192.168.1.40").value()), "tcp://192.168.1.40:9100");
  EXPECT_EQ(show(read_printer_address("tcp://kho.example:6101").value()), "tcp://kho.example:6101");
  EXPECT_EQ(show(read_printer_address("tcp://[fe80::1]:9100").value()), "tcp://[fe80::1]:9100");
  EXPECT_EQ(show(read_printer_address("/dev/usb/lp0").value()), "/dev/usb/lp0");
  for (const auto* wrong : {"", "http://h", "tcp://", "tcp://h:", "tcp://h:0", "tcp://h:65536",
                            "tcp://h:9100x", "tcp://h/x", "tcp://u@h", "tcp://-h", "tcp://[::1",
                            "tcp://::1", "lp0", "/dev/a b", "tcp://h:91 00"}) {
    EXPECT_EQ(read_printer_address(wrong).error().rule, "print.address") << wrong;
  }
}

TEST(PrinterAddress, OnlyListedPrintersHaveOne) {
  const std::vector<NamedPrinter> list{read_named_printer("kho tcp://192.168.1.40").value()};
  EXPECT_EQ(show(listed_printer(list, "kho").value()), "tcp://192.168.1.40:9100");
  for (const auto* other : {"", "kho2", "KHO", "tcp://192.168.1.40", "192.168.1.41"}) {
    EXPECT_EQ(listed_printer(list, other).error().rule, "print.not-listed") << other;
  }
  for (const auto* wrong : {"kho", "Kho tcp://h", "k/o tcp://h", " tcp://h", "kho  tcp://h"}) {
    EXPECT_EQ(read_named_printer(wrong).error().rule, "print.address") << wrong;
  }
}

TEST(PrinterState, ReadsWhatPrintersSay) {
  using labels::PrinterLanguage;
  const auto zpl = [](const std::string& first, const std::string& second) {
    return read_state(PrinterLanguage::zpl, "\x02" + first + "\x03\r\n\x02" + second +
                                                "\x03\r\n\x02"
                                                "1234,0\x03\r\n");
  };
  const std::string fine = "000,0,0,0,0,2,4,0,00000000,1,000";
  EXPECT_EQ(zpl("030,0,0,0240,000,0,0,0,000,0,0,0", fine), PrinterState::idle);
  EXPECT_EQ(zpl("030,0,0,0240,003,0,0,0,000,0,0,0", fine), PrinterState::busy);
  EXPECT_EQ(zpl("030,0,0,0240,000,0,0,1,000,0,0,0", fine), PrinterState::busy);
  EXPECT_EQ(zpl("030,1,0,0240,000,0,0,0,000,0,0,0", fine), PrinterState::no_paper);
  EXPECT_EQ(zpl("030,0,1,0240,000,0,0,0,000,0,0,0", fine), PrinterState::paused);
  EXPECT_EQ(zpl("030,0,0,0240,000,0,0,0,000,0,0,0", "000,0,1,0,0,2,4,0,00000000,1,000"),
            PrinterState::head_open);
  EXPECT_EQ(zpl("030,0,0,0240,000,0,0,0,000,0,0,0", "000,0,0,0,0,2,4,0,00000007,1,000"),
            PrinterState::busy);
  EXPECT_EQ(zpl("x", "y"), std::nullopt);
  EXPECT_EQ(read_state(PrinterLanguage::zpl,
                       "\x02"
                       "030,0,0"),
            std::nullopt);
  const auto tspl = [](char octet) {
    return read_state(PrinterLanguage::tspl, std::string(1, octet));
  };
  EXPECT_EQ(tspl('\0'), PrinterState::idle);
  EXPECT_EQ(tspl(' '), PrinterState::busy);
  EXPECT_EQ(tspl('\x04'), PrinterState::no_paper);
  EXPECT_EQ(tspl('\x09'), PrinterState::head_open);
  EXPECT_EQ(read_state(PrinterLanguage::tspl, ""), std::nullopt);
}

}  // namespace
}  // namespace nguon::server
