#include "tests/server/blobs/samples.hpp"

#include <jpeglib.h>
#include <webp/encode.h>
#include <zlib.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace nguon::tests {

server::Picture drawn(std::uint32_t width, std::uint32_t height, unsigned seed) {
  server::Picture picture{width, height, {}};
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      const bool square = x > width / 4 && x < width / 2 && y > height / 4 && y < height / 2;
      picture.rgb.push_back(static_cast<std::uint8_t>(square ? 250 : x * 200 / width));
      picture.rgb.push_back(static_cast<std::uint8_t>(square ? 40 : y * 200 / height));
      picture.rgb.push_back(static_cast<std::uint8_t>(seed * 37 % 256));
    }
  }
  return picture;
}

std::string jpeg_of(const server::Picture& picture, bool progressive) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* octets = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &octets, &size);
  info.image_width = picture.width;
  info.image_height = picture.height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  if (progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row = const_cast<JSAMPROW>(picture.rgb.data() +
                                     std::size_t{picture.width} * 3 * info.next_scanline);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string made(reinterpret_cast<const char*>(octets), size);
  std::free(octets);
  return made;
}

std::string webp_of(const server::Picture& picture, bool lossless) {
  std::uint8_t* octets = nullptr;
  const auto width = static_cast<int>(picture.width);
  const auto height = static_cast<int>(picture.height);
  const std::size_t size =
      lossless ? WebPEncodeLosslessRGB(picture.rgb.data(), width, height, width * 3, &octets)
               : WebPEncodeRGB(picture.rgb.data(), width, height, width * 3, 80, &octets);
  if (size == 0) throw std::logic_error("no webp");
  std::string made(reinterpret_cast<const char*>(octets), size);
  WebPFree(octets);
  return made;
}

std::string pdf_of(std::string_view extra) {
  std::string text =
      "%PDF-1.5\n"
      "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
      "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
      "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>\nendobj\n";
  text += extra;
  const std::string place = std::to_string(text.size());
  return text + "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n" +
         place + "\n%%EOF\n";
}

std::string object_stream(std::string_view objects) {
  uLongf size = compressBound(objects.size());
  std::string packed(size, '\0');
  if (compress(reinterpret_cast<Bytef*>(packed.data()), &size,
               reinterpret_cast<const Bytef*>(objects.data()), objects.size()) != Z_OK) {
    throw std::logic_error("no zlib");
  }
  packed.resize(size);
  return "9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " +
         std::to_string(packed.size()) + ">>\nstream\r\n" + packed + "\nendstream\nendobj\n";
}

std::string with_segment(const std::string& jpeg, unsigned char code, std::string_view body) {
  const std::size_t length = body.size() + 2;
  std::string segment{'\xff', static_cast<char>(code), static_cast<char>(length >> 8),
                      static_cast<char>(length & 0xff)};
  segment += body;
  return jpeg.substr(0, 20) + segment + jpeg.substr(20);  // SOI and JFIF are 20 octets.
}

std::string with_chunk(std::string webp, std::string_view name, std::string_view body) {
  const auto little = [](std::size_t value) {
    std::string octets;
    for (int i = 0; i < 4; ++i) octets += static_cast<char>(value >> 8 * i & 0xff);
    return octets;
  };
  webp += std::string(name) + little(body.size()) + std::string(body);
  if (body.size() % 2 != 0) webp += '\0';
  return webp.replace(4, 4, little(webp.size() - 8));
}

}  // namespace nguon::tests
