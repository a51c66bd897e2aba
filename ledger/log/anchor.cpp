#include "ledger/log/anchor.hpp"

#include "ledger/base/descriptor.hpp"
#include "ledger/keys/sha256.hpp"
#include "ledger/store/keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace nguon::ledger {
namespace {

// Slot = "nguon anchor 1\n" (15) ‖ 0x00 ‖ size (8, big-endian) ‖ root (32) ‖ SHA-256 of all that
// (32), zero-filled to one 512-octet sector. Slot number = size-independent: the one not holding
// the newest.
constexpr std::size_t slot_size = 512;
constexpr std::string_view magic{"nguon anchor 1\n\0", 16};

std::string encode(const Anchor::Head& head) {
  std::string slot(magic);
  slot += keys::big_endian(head.size);
  slot += head.root.view();
  slot += sha256(slot).view();
  slot.resize(slot_size, '\0');
  return slot;
}

std::optional<Anchor::Head> decode_slot(std::string_view slot) {
  constexpr std::size_t signed_size = magic.size() + 8 + 32;
  if (slot.size() != slot_size || slot.substr(0, magic.size()) != magic) return std::nullopt;
  if (sha256(slot.substr(0, signed_size)).view() != slot.substr(signed_size, 32)) {
    return std::nullopt;
  }
  Anchor::Head head;
  head.size = keys::read_big_endian(slot.substr(magic.size(), 8));
  std::memcpy(head.root.bytes.data(), slot.data() + magic.size() + 8, 32);
  return head;
}

Error io_failure(const char* doing) {
  return {Errc::unavailable, "anchor.io", {}, std::string(doing) + ": " + std::strerror(errno)};
}

struct Slots {
  std::array<std::optional<Anchor::Head>, 2> heads;
  bool empty = false;  ///< Nothing was ever written.

  /// The slot to trust: the greater size, as a torn write can only spoil the one being replaced.
  std::optional<std::size_t> newest() const {
    if (heads[0] && (!heads[1] || heads[0]->size >= heads[1]->size)) return 0;
    if (heads[1]) return 1;
    return std::nullopt;
  }
};

Result<Slots> read_slots(int descriptor) {
  std::array<char, 2 * slot_size> octets{};
  const ssize_t got = ::pread(descriptor, octets.data(), octets.size(), 0);
  if (got < 0) return io_failure("reading the anchor");
  Slots slots;
  slots.empty = got == 0;
  for (std::size_t i = 0; i < 2; ++i) {
    if (static_cast<std::size_t>(got) >= (i + 1) * slot_size) {
      slots.heads[i] = decode_slot({octets.data() + i * slot_size, slot_size});
    }
  }
  return slots;
}

}  // namespace

Result<std::unique_ptr<FileAnchor>> FileAnchor::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return io_failure("opening the anchor");
  auto anchor = std::unique_ptr<FileAnchor>(new FileAnchor(descriptor));
  // The file's name must survive a power cut as surely as its content will.
  const auto parent = std::filesystem::path(path).parent_path();
  const int directory =
      ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return io_failure("opening the anchor's directory");
  const int synced = ::fsync(directory);
  ::close(directory);
  if (synced != 0) return io_failure("syncing the anchor's directory");
  return anchor;
}

FileAnchor::~FileAnchor() { ::close(descriptor_); }

Result<std::optional<Anchor::Head>> FileAnchor::read() const {
  NGUON_TRY(const Slots slots, read_slots(descriptor_));
  if (slots.empty) return std::optional<Head>();
  const auto newest = slots.newest();
  if (!newest) return Error{Errc::corrupt, "anchor.corrupt", {}, "no slot of the anchor is whole"};
  return slots.heads[*newest];
}

Result<void> FileAnchor::write(const Head& head) {
  if (!next_slot_) {
    NGUON_TRY(const Slots slots, read_slots(descriptor_));
    next_slot_ = 1 - slots.newest().value_or(1);
  }
  const std::string slot = encode(head);
  const auto offset = static_cast<off_t>(*next_slot_ * slot_size);
  if (::pwrite(descriptor_, slot.data(), slot.size(), offset) !=
      static_cast<ssize_t>(slot.size())) {
    return io_failure("writing the anchor");
  }
  if (::fdatasync(descriptor_) != 0) return io_failure("syncing the anchor");
  next_slot_ = 1 - *next_slot_;
  return {};
}

Result<void> replace_anchor(const std::string& path, const Anchor::Head& head) {
  // The file may be a link to another disk: it is replaced there.
  std::error_code code;
  const auto real = std::filesystem::canonical(path, code);
  if (code) return Error{Errc::unavailable, "anchor.io", {}, "finding the anchor"};
  const std::string fresh = real.string() + ".new";
  {
    const Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.value() < 0) return io_failure("making an anchor");
    std::string octets = encode(head);
    octets.resize(2 * slot_size, '\0');
    if (!file.write_all(octets)) return io_failure("writing an anchor");
    if (::fsync(file.value()) != 0) return io_failure("syncing an anchor");
  }
  if (::rename(fresh.c_str(), real.c_str()) != 0) return io_failure("replacing the anchor");
  const Descriptor directory(
      ::open(real.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.value() < 0 || ::fsync(directory.value()) != 0) {
    return io_failure("syncing the anchor's directory");
  }
  return {};
}

}  // namespace nguon::ledger
