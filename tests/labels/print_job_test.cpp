#include "labels/print_job.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace nguon::labels {
namespace {

Sink into(std::string& out) {
  return [&out](std::string_view more) {
    out += more;
    return true;
  };
}

std::string job_of(int labels) {
  std::string out;
  PrintJobWriter writer(into(out));
  writer.begin(PrinterLanguage::tspl, std::string("SIZE\r\n\0\n", 8)).value();
  for (int i = 1; i <= labels; ++i) writer.add("L 3\nE " + std::to_string(i) + "\n").value();
  writer.finish().value();
  return out;
}

Fault fault_of(const std::string& job) {
  std::istringstream in(job);
  const auto facts = check_print_job(in);
  EXPECT_FALSE(facts) << job;
  return facts ? Fault::failed : facts.error();
}

TEST(PrintJob, GivesBackWhatWasWritten) {
  std::istringstream in(job_of(3));
  auto reader = PrintJobReader::open(in).value();
  EXPECT_EQ(reader.language(), PrinterLanguage::tspl);
  EXPECT_EQ(reader.setup(), std::string("SIZE\r\n\0\n", 8));
  EXPECT_EQ(reader.next().value(), "L 3\nE 1\n");
  EXPECT_TRUE(reader.skip().value());
  EXPECT_EQ(reader.next().value(), "L 3\nE 3\n");
  EXPECT_EQ(reader.next().value(), std::nullopt);
  EXPECT_FALSE(reader.skip().value());
}

TEST(PrintJob, IsAsItsFormatSays) {
  std::string out;
  PrintJobWriter writer(into(out));
  writer.begin(PrinterLanguage::zpl, "^XA^XZ").value();
  writer.add("^XA1^XZ").value();
  writer.add("^XA2^XZ").value();
  writer.finish().value();
  EXPECT_EQ(out, "nguon-print/1 zpl\nS 6\n^XA^XZ\nL 7\n^XA1^XZ\nL 7\n^XA2^XZ\nE 2\n");
}

TEST(PrintJob, WritesNothingThatNobodyWouldRead) {
  std::string out;
  PrintJobWriter writer(into(out));
  EXPECT_EQ(writer.begin(PrinterLanguage::zpl, std::string(longest_setup + 1, ' ')).error(),
            Fault::bad_length);
  writer.begin(PrinterLanguage::zpl, "").value();
  EXPECT_EQ(writer.add("").error(), Fault::bad_length);
  EXPECT_EQ(writer.add(std::string(longest_label + 1, ' ')).error(), Fault::bad_length);
  PrintJobWriter full([](std::string_view) { return false; });
  EXPECT_EQ(full.begin(PrinterLanguage::zpl, "").error(), Fault::failed);
  EXPECT_EQ(full.add("x").error(), Fault::failed);
  EXPECT_EQ(full.finish().error(), Fault::failed);
}

TEST(PrintJob, TornAtAnyOctetIsNoJob) {
  const std::string whole = job_of(12);
  std::istringstream in(whole);
  EXPECT_EQ(check_print_job(in).value().labels, 12u);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    std::istringstream torn(whole.substr(0, length));
    EXPECT_FALSE(check_print_job(torn)) << length;
  }
  EXPECT_EQ(fault_of(whole + "\n"), Fault::bad_order);
}

TEST(PrintJob, RefusesOtherHeadsAndNumbers) {
  EXPECT_EQ(fault_of("nguon-print/1 pcl\nS 0\n\nE 0\n"), Fault::bad_symbol);
  EXPECT_EQ(fault_of("nguon-print/2 zpl\nS 0\n\nE 0\n"), Fault::bad_symbol);
  EXPECT_EQ(fault_of(std::string(100'000, 'x')), Fault::bad_length);
  const std::string head = "nguon-print/1 zpl\n";
  for (const auto* number : {"", "-1", "+1", "01", "1 ", "0x1", "99999999999999999999"}) {
    EXPECT_EQ(fault_of(head + "S " + number + "\n"), Fault::bad_symbol) << number;
  }
  EXPECT_EQ(fault_of(head + "S 8388609\n"), Fault::bad_length);
  EXPECT_EQ(fault_of(head + "S 0\n\nL 1048577\n"), Fault::bad_length);
  EXPECT_EQ(fault_of(head + "S 0\n\nL 0\n\nE 1\n"), Fault::bad_length);
  EXPECT_EQ(fault_of(head + "S 0\n\nX 0\n"), Fault::bad_symbol);
  EXPECT_EQ(fault_of(head + "S 0\n\nL 1\nab\nE 1\n"), Fault::bad_length);
  EXPECT_EQ(fault_of(head + "S 0\n\nL 1\na\nE 2\n"), Fault::bad_order);
  EXPECT_EQ(fault_of(head + "S 0\n\nE 0\n"), Fault::bad_length);
}

}  // namespace
}  // namespace nguon::labels
