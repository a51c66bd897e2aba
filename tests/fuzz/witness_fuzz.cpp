// What strangers send to a witness, cosignatures that strangers send to a log, and a witness's own
// records.

#include "ledger/log/add_checkpoint.hpp"
#include "ledger/log/cosignature.hpp"
#include "ledger/witness/record.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace nguon::ledger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  static const PrivateKey key = PrivateKey::from_seed(Alg::eddsa, std::string(32, 'w'));
  static const NoteVerifier witness =
      *NoteVerifier::make_witness("witness.dai-hoc.example", key.public_key());

  if (const auto request = parse_add_checkpoint(octets)) {
    if (format_add_checkpoint(*request) != octets) std::abort();
    if (request->path.size() > max_add_checkpoint_path) std::abort();
  }
  if (const auto opened = open_note(octets, {&witness, 1})) {
    for (const NoteSignature& signature : opened->signatures) {
      const auto time = cosignature_time(signature.octets);
      if (!time || !key.public_key().verify(cosigned_text(*time, opened->text),
                                            std::string_view(signature.octets).substr(8))) {
        std::abort();
      }
    }
  }
  if (const auto verifier = NoteVerifier::parse_witness(octets)) {
    if (verifier->text() != octets) std::abort();
  }
  if (const auto record = parse_witness_record(octets)) {
    if (format_witness_record(*record) != octets) std::abort();
  }
  return 0;
}
