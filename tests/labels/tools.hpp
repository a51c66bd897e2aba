#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace nguon::labels {

/// A directory of its own for one test, removed afterwards.
class ScratchDir {
 public:
  ScratchDir() {
    std::string name = std::filesystem::temp_directory_path() / "nguon-labels-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch directory");
    path_ = name;
  }
  ~ScratchDir() { std::filesystem::remove_all(path_); }
  ScratchDir(const ScratchDir&) = delete;
  ScratchDir& operator=(const ScratchDir&) = delete;

  std::string file(const std::string& name) const { return path_ / name; }
  std::string write(const std::string& name, const std::string& octets) const {
    std::ofstream(file(name), std::ios::binary) << octets;
    return file(name);
  }

 private:
  std::filesystem::path path_;
};

/// Standard output of an outside judge. A missing tool or a bad exit throws: a test that cannot
/// ask its judge has not passed.
inline std::string run(const std::string& command) {
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    output.append(buffer, got);
  }
  const int status = pclose(pipe);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error("failed (is it installed?): " + command);
  }
  return output;
}

/// What zbar, which shares no code with us or libqrencode, reads from a picture.
inline std::string scan(const std::string& picture) {
  return run("zbarimg -q --raw -Sdisable -Sqrcode.enable " + picture);
}

}  // namespace nguon::labels
