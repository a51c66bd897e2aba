#include "labels/png_writer.hpp"

#include <png.h>

#include <new>

namespace nguon::labels {
namespace {

void append(png_structp png, png_bytep data, png_size_t length) {
  bool appended = true;
  try {
    static_cast<std::string*>(png_get_io_ptr(png))
        ->append(reinterpret_cast<const char*>(data), length);
  } catch (const std::bad_alloc&) {
    appended = false;  // an exception may not cross the C library
  }
  if (!appended) png_error(png, "no memory");
}

void be_silent(png_structp, png_const_charp) {}

/// The only function libpng's longjmp may return to: it owns nothing, so nothing is skipped.
bool write(png_structp png, png_infop info, const GreyImage& image, std::string& octets) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_write_fn(png, &octets, append, nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(image.width),
               static_cast<png_uint_32>(image.height), image.bits, PNG_COLOR_TYPE_GRAY,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (image.dpi > 0) {
    const auto per_metre = static_cast<png_uint_32>((image.dpi * 10000L + 127) / 254);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
  }
  png_write_info(png, info);
  const std::size_t stride = image.stride();
  for (std::size_t at = 0; at < image.pixels.size(); at += stride) {
    png_write_row(png, image.pixels.data() + at);
  }
  png_write_end(png, info);
  return true;
}

}  // namespace

Result<std::string> write_png(const GreyImage& image) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, be_silent);
  if (png == nullptr) return Fault::failed;
  png_infop info = png_create_info_struct(png);
  std::string octets;
  const bool written = info != nullptr && write(png, info, image, octets);
  png_destroy_write_struct(&png, &info);
  if (!written) return Fault::failed;
  return octets;
}

}  // namespace nguon::labels
