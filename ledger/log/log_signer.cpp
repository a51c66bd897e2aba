#include "ledger/log/log_signer.hpp"

#include <utility>

namespace nguon::ledger {
namespace {

class MemorySigner final : public LogSigner {
 public:
  explicit MemorySigner(PrivateKey key) : key_(std::move(key)) {}
  const PublicKey& public_key() const override { return key_.public_key(); }
  Result<std::string> sign(std::string_view text) const override { return key_.sign(text); }

 private:
  const PrivateKey key_;
};

class HeldKeys final : public KeyStock {
 public:
  HeldKeys(PrivateKey log, PrivateKey service)
      : log_(sign_in_memory(std::move(log))),
        service_(std::make_shared<PrivateKey>(std::move(service))) {}
  std::shared_ptr<const LogSigner> log_signer(const std::string& kid) const override {
    return log_->public_key().kid() == kid ? log_ : nullptr;
  }
  std::shared_ptr<const PrivateKey> service_key(const std::string& kid) const override {
    return service_->kid() == kid ? service_ : nullptr;
  }

 private:
  const std::shared_ptr<const LogSigner> log_;
  const std::shared_ptr<const PrivateKey> service_;
};

}  // namespace

std::shared_ptr<const LogSigner> sign_in_memory(PrivateKey key) {
  return std::make_shared<MemorySigner>(std::move(key));
}

std::shared_ptr<const KeyStock> hold_keys(PrivateKey log, PrivateKey service) {
  return std::make_shared<HeldKeys>(std::move(log), std::move(service));
}

}  // namespace nguon::ledger
