#include "server/blobs/jpeg.hpp"

#include <jpeglib.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>

namespace nguon::server {
namespace {

// What the library may take to hold a progressive picture whole: two octets a sample, and some.
constexpr long max_jpeg_memory = 128L << 20;
constexpr int thumbnail_quality = 72;

/// Where the library's errors lead. A warning means that it made something up: that is an error.
struct JpegErrors {
  jpeg_error_mgr base;  // First: the library hands out its address.
  std::jmp_buf back;
};

[[noreturn]] void leave(j_common_ptr info) {
  std::longjmp(reinterpret_cast<JpegErrors*>(info->err)->back, 1);
}
void warn(j_common_ptr info, int level) {
  if (level < 0) leave(info);
}
void say_nothing(j_common_ptr) {}

void set_errors(JpegErrors& errors) {
  jpeg_std_error(&errors.base);
  errors.base.error_exit = leave;
  errors.base.emit_message = warn;
  errors.base.output_message = say_nothing;
}

struct Decoder {
  JpegErrors errors{};
  jpeg_decompress_struct info{};

  Decoder() { set_errors(errors); }
  ~Decoder() { jpeg_destroy_decompress(&info); }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
};

struct Encoder {
  JpegErrors errors{};
  jpeg_compress_struct info{};
  unsigned char* octets = nullptr;  // The library's, by malloc.
  unsigned long size = 0;

  Encoder() { set_errors(errors); }
  ~Encoder() {
    jpeg_destroy_compress(&info);
    std::free(octets);
  }
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
};

// The functions below are what a longjmp returns to: they own nothing, so nothing is skipped.

bool read_header(Decoder& decoder, std::string_view octets, std::uint32_t at_least) {
  jpeg_decompress_struct& info = decoder.info;
  info.err = &decoder.errors.base;
  if (setjmp(decoder.errors.back) != 0) return false;
  jpeg_create_decompress(&info);
  info.mem->max_memory_to_use = max_jpeg_memory;
  jpeg_mem_src(&info, reinterpret_cast<const unsigned char*>(octets.data()), octets.size());
  if (jpeg_read_header(&info, TRUE) != JPEG_HEADER_OK) return false;
  info.out_color_space = JCS_RGB;
  info.scale_num = 8;
  info.scale_denom = 8;
  const unsigned longer = std::max(info.image_width, info.image_height);
  while (at_least > 0 && info.scale_num > 1 && longer * (info.scale_num - 1) / 8 >= at_least) {
    --info.scale_num;
  }
  jpeg_calc_output_dimensions(&info);
  return true;
}

bool read_rows(Decoder& decoder, std::uint8_t* rows) {
  jpeg_decompress_struct& info = decoder.info;
  if (setjmp(decoder.errors.back) != 0) return false;
  if (jpeg_start_decompress(&info) == FALSE) return false;
  const std::size_t stride = std::size_t{info.output_width} * 3;
  while (info.output_scanline < info.output_height) {
    JSAMPROW row = rows + stride * info.output_scanline;
    if (jpeg_read_scanlines(&info, &row, 1) != 1) return false;
  }
  return jpeg_finish_decompress(&info) == TRUE;
}

bool write_rows(Encoder& encoder, const Picture& picture, const std::string& comment) {
  jpeg_compress_struct& info = encoder.info;
  info.err = &encoder.errors.base;
  if (setjmp(encoder.errors.back) != 0) return false;
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &encoder.octets, &encoder.size);
  info.image_width = picture.width;
  info.image_height = picture.height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, thumbnail_quality, TRUE);
  jpeg_start_compress(&info, TRUE);
  if (!comment.empty()) {
    jpeg_write_marker(&info, JPEG_COM, reinterpret_cast<const JOCTET*>(comment.data()),
                      static_cast<unsigned>(comment.size()));
  }
  const std::size_t stride = std::size_t{picture.width} * 3;
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = const_cast<JSAMPROW>(picture.rgb.data() + stride * info.next_scanline);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  return true;
}

ledger::Error undecodable() { return ledger::invalid("blob.damaged", {}, "does not decode"); }

}  // namespace

ledger::Result<Picture> decode_jpeg(std::string_view octets, std::uint32_t at_least) {
  Decoder decoder;
  if (!read_header(decoder, octets, at_least)) return undecodable();
  Picture picture{decoder.info.output_width, decoder.info.output_height, {}};
  if (picture.width > max_picture_side || picture.height > max_picture_side ||
      std::uint64_t{picture.width} * picture.height > max_picture_pixels) {
    return ledger::invalid("blob.pixels");
  }
  picture.rgb.resize(std::size_t{picture.width} * picture.height * 3);
  if (!read_rows(decoder, picture.rgb.data())) return undecodable();
  return picture;
}

ledger::Result<std::string> encode_jpeg(const Picture& picture, const std::string& comment) {
  Encoder encoder;
  if (!write_rows(encoder, picture, comment)) {
    return ledger::invalid("blob.damaged", {}, "does not encode");
  }
  return std::string(reinterpret_cast<const char*>(encoder.octets), encoder.size);
}

}  // namespace nguon::server
