#pragma once

#include "labels/link.hpp"
#include "labels/preview_picture.hpp"
#include "ledger/base/result.hpp"
#include "server/http/request.hpp"
#include "server/pages/view.hpp"
#include "server/signals/signal_book.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace nguon::server {

/// Whether what was told would be told again; asked later, of the store as it then is. Much cheaper
/// than telling. Thread-safe; lives no longer than its PageSources.
using StillSo = std::function<ledger::Result<bool>()>;

/// What a label's page says, and for which other labels it says the same.
struct ToldScan {
  /// Labels of one standing under links of one form have the same page but for their serial.
  std::string standing;
  ScanView view;
  StillSo still;  ///< Unset: it holds for its generation alone.
};

/// Where pages get their facts. All functions are thread-safe.
struct PageSources {
  /// The goods behind an issued serial as of `now_ms`; absent: never issued. A GTIN or lot of
  /// `product` that contradicts the serial gives Verdict::altered. Errors: only when the store
  /// fails.
  std::function<ledger::Result<std::optional<ScanView>>(
      const std::string& serial, const labels::ProductLink* product, std::int64_t now_ms)>
      scan;
  /// The animal that bears a 15-digit tag; absent: no herd record holds it.
  std::function<ledger::Result<std::optional<AnimalView>>(const std::string& tag,
                                                          std::int64_t now_ms)>
      animal;
  /// The words of a product's link preview; absent: no such product.
  std::function<ledger::Result<std::optional<labels::PreviewText>>(const std::string& product)>
      preview;
  /// A number that grows whenever some answer may have changed.
  std::function<std::uint64_t()> generation;
  /// The service's signed "never issued", a compact JWS; empty when it cannot sign.
  std::function<std::string(const std::string& serial, std::int64_t now_ms)> never_issued;
  /// Counts a scan of an issued serial and says what its page should show of all of them; absent:
  /// nothing (server/signals). Unset: nobody counts.
  std::function<std::optional<SignalView>(const Request& request, const std::string& serial)>
      signals = {};
  /// The standing that told() would name, for a few reads; absent: never issued. Errors: as scan().
  std::function<ledger::Result<std::optional<std::string>>(const std::string& serial)> standing = {};
  /// As scan(), with what its page may be shared by. Both unset: scan(), each label for itself.
  std::function<ledger::Result<std::optional<ToldScan>>(
      const std::string& serial, const labels::ProductLink* product, std::int64_t now_ms)>
      told = {};
};

}  // namespace nguon::server
