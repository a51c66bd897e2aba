#include "labels/device_labels.hpp"

namespace nguon::labels {

Result<DeviceLabels> DeviceLabels::make(PlacedLabel placed, const LabelItem& any,
                                        const DeviceSettings& settings) {
  if (settings.language == PrinterLanguage::zpl) {
    auto writer = ZplWriter::make(std::move(placed), any, settings.drawing);
    if (!writer) return writer.error();
    return DeviceLabels(*std::move(writer));
  }
  auto writer = TsplWriter::make(std::move(placed), any, settings.drawing, settings.gap_mm);
  if (!writer) return writer.error();
  return DeviceLabels(*std::move(writer));
}

const std::string& DeviceLabels::setup() const {
  return std::visit([](const auto& writer) -> const std::string& { return writer.setup(); },
                    writer_);
}

Result<std::string> DeviceLabels::label(const LabelItem& item) const {
  return std::visit([&](const auto& writer) { return writer.label(item); }, writer_);
}

}  // namespace nguon::labels
