#include "server/http/compression.hpp"

#include <cstdint>
#include <stdexcept>

#include <brotli/encode.h>
#include <zlib.h>

namespace foyer::http {
namespace {

constexpr int brotli_quality = 5;
constexpr int gzip_level = 6;
constexpr int gzip_window = 15 + 16;  // zlib's way to say "with a gzip header"
constexpr int gzip_memory = 8;

}  // namespace

std::string compressed_by_brotli(std::string_view bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string compressed(size, '\0');
  if (BrotliEncoderCompress(brotli_quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<std::uint8_t*>(compressed.data())) != BROTLI_TRUE) {
    throw std::runtime_error("brotli could not compress a page");
  }
  compressed.resize(size);
  return compressed;
}

std::string compressed_by_gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, gzip_level, Z_DEFLATED, gzip_window, gzip_memory, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib could not be started");
  }
  std::string compressed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  compressed.resize(stream.total_out);
  deflateEnd(&stream);
  if (!whole) {
    throw std::runtime_error("zlib could not compress a page");
  }
  return compressed;
}

}  // namespace foyer::http
