#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace nguon::tests {

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream octets;
  octets << file.rdbuf();
  return octets.str();
}

inline void write_file(const std::string& path, const std::string& octets) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary | std::ios::trunc) << octets;
}

/// Inverts one bit of the octet at `offset`.
inline void flip_bit(const std::string& path, std::size_t offset) {
  std::string octets = read_file(path);
  octets.at(offset) = static_cast<char>(octets.at(offset) ^ 1);
  write_file(path, octets);
}

/// True when any file below `directory` contains these octets.
inline bool any_file_contains(const std::string& directory, const std::string& octets) {
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
    if (file.is_regular_file() &&
        read_file(file.path().string()).find(octets) != std::string::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace nguon::tests
