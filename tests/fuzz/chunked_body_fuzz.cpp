// A chunked body read whole and read byte by byte is the same body, ends at the same place or is refused both times.
#include "protocol/limits.hpp"
#include "server/http/chunked_body.hpp"
#include "tests/fuzz/fuzz_target.hpp"

namespace foyer::http {
namespace {

struct Outcome {
  bool refused = false;
  bool complete = false;
  std::size_t used = 0;
  std::string body;
};

Outcome read(std::string_view wire, std::size_t step) {
  ChunkedBody body;
  Outcome outcome;
  while (!outcome.refused && !outcome.complete && outcome.used < wire.size()) {
    std::string_view piece = wire.substr(outcome.used, step);
    const std::size_t before = piece.size();
    const auto done = body.feed(piece);
    outcome.refused = done.has_error();
    outcome.complete = !outcome.refused && *done;
    outcome.used += before - piece.size();
    fuzz::require(outcome.refused || outcome.complete || piece.empty(), "everything is taken until the body ends");
  }
  outcome.body = body.take();
  return outcome;
}

FOYER_FUZZ_TARGET(chunked_body) {
  const Outcome whole = read(bytes, SIZE_MAX);
  const Outcome pieces = read(bytes, 1);
  fuzz::require(whole.refused == pieces.refused && whole.complete == pieces.complete, "the same end");
  if (whole.complete) {
    fuzz::require(whole.used == pieces.used && whole.body == pieces.body, "the same body");
    fuzz::require(whole.body.size() <= limits::http_body_bytes, "a bounded body");
    fuzz::require(bytes.substr(0, whole.used).ends_with("0\r\n\r\n"), "the end that every reader sees");
  }
}

}  // namespace
}  // namespace foyer::http
