#pragma once

#include "labels/cairo.hpp"
#include "labels/raster.hpp"
#include "tests/labels/job.hpp"

#include <cairo.h>

#include <cstring>
#include <string>
#include <string_view>

namespace nguon::labels {

/// Letters whose marks are lost first.
inline LabelFacts vietnamese_facts() {
  auto facts = sample_facts();
  facts.product = "ươ ễ ặ Đ";
  facts.producer = "HTX Đặng Thượng mẫu";
  return facts;
}

/// What would end a field or begin a command, in one language or the other.
inline constexpr const char* hostile_octets[] = {"^XZ",  "~JA", "\"",   "\r\nCLS", "\n",
                                                 "\x1b", "\\",  "\x7f", "ư",       ","};

/// The label as page_png draws it, in black and white: neither printer language had a hand in it.
inline Bitmap picture_of(const PlacedLabel& label, const LabelItem& item) {
  const std::string png = page_png(label, {item}).value();
  std::string_view rest = png;
  const Surface surface(cairo_image_surface_create_from_png_stream(
      [](void* from, unsigned char* to, unsigned length) {
        auto& left = *static_cast<std::string_view*>(from);
        if (length > left.size()) return CAIRO_STATUS_READ_ERROR;
        std::memcpy(to, left.data(), length);
        left.remove_prefix(length);
        return CAIRO_STATUS_SUCCESS;
      },
      &rest));
  Bitmap out;
  out.width = cairo_image_surface_get_width(surface.get());
  out.height = cairo_image_surface_get_height(surface.get());
  out.rows.resize(static_cast<std::size_t>(out.stride()) * static_cast<std::size_t>(out.height));
  const unsigned char* const data = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      if (data[y * stride + x * 4] >= 128) continue;
      auto& octet = out.rows[static_cast<std::size_t>(y * out.stride() + x / 8)];
      octet = static_cast<std::uint8_t>(octet | 0x80 >> x % 8);
    }
  }
  return out;
}

/// Empty, or where two pictures differ first and how much.
inline std::string first_difference(const Bitmap& one, const Bitmap& other) {
  if (one.width != other.width || one.height != other.height) {
    return std::to_string(one.width) + " x " + std::to_string(one.height) + ", not " +
           std::to_string(other.width) + " x " + std::to_string(other.height);
  }
  std::string first;
  int count = 0;
  for (int y = 0; y < one.height; ++y) {
    for (int x = 0; x < one.width; ++x) {
      if (one.black(x, y) == other.black(x, y)) continue;
      if (count++ == 0) first = std::to_string(x) + ", " + std::to_string(y);
    }
  }
  return count == 0 ? first : first + " and in all " + std::to_string(count) + " dots";
}

}  // namespace nguon::labels
