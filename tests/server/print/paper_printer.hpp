#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace nguon::tests {

/// A ZPL printer on loopback that puts `^FD…^FS` of each label on paper and answers ~HS. It can
/// break at a label, as real ones do. What stands complete in its memory is printed unless ~JA
/// comes.
class PaperPrinter {
 public:
  enum class Jam { none, closes, resets, stops_reading, no_paper };

  PaperPrinter();
  ~PaperPrinter();
  PaperPrinter(const PaperPrinter&) = delete;
  PaperPrinter& operator=(const PaperPrinter&) = delete;

  std::uint16_t port() const { return port_; }
  /// Once `label` labels are on paper.
  void jam_at(std::size_t label, Jam jam);
  void mend() { jam_at(0, Jam::none); }
  std::vector<std::string> paper() const;

 private:
  void serve(const std::stop_token& stop);
  void talk(int client, const std::stop_token& stop);
  /// Takes whole commands off the front; false when it has jammed.
  bool digest(int client, std::string& memory);
  bool jammed() const;

  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  // Guards the rest.
  std::vector<std::string> paper_;
  std::size_t jam_label_ = 0;
  Jam jam_ = Jam::none;
  std::jthread thread_;
};

}  // namespace nguon::tests
