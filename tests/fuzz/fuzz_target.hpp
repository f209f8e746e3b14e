// A fuzz target is one function over hostile bytes that throws when a promise does not hold. libFuzzer drives it in a
// program of its own (./dev test --long); without libFuzzer it is a test of the unit program that replays the files in
// corpus/NAME/, so that whatever a fuzzer once found is tried in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace foyer::fuzz {

struct Finding : std::logic_error {
  using std::logic_error::logic_error;
};

inline void require(bool holds, const std::string& promise) {
  if (!holds) {
    throw Finding(promise);
  }
}

using Target = void (*)(std::string_view bytes);

// Runs the target on every file of its corpus; a test failure names the file.
void replay_corpus(const std::string& name, Target target);

// Choices for targets with a state: reads the bytes from the front, zeros when they are used up.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}
  bool left() const { return !bytes_.empty(); }
  // 0 … bound - 1, of at most 256
  std::int64_t below(std::int64_t bound) {
    if (bytes_.empty()) {
      return 0;
    }
    const auto byte = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return byte % bound;
  }

 private:
  std::string_view bytes_;
};

}  // namespace foyer::fuzz

#ifdef FOYER_FUZZER
#define FOYER_FUZZ_TARGET(name)                                                            \
  static void name(std::string_view bytes);                                                \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {      \
    name(std::string_view(reinterpret_cast<const char*>(data), size)); /* throwing ends */ \
    return 0;                                                                              \
  }                                                                                        \
  static void name(std::string_view bytes)
#else
#include <gtest/gtest.h>
#define FOYER_FUZZ_TARGET(name)                                            \
  static void name(std::string_view bytes);                                \
  TEST(FuzzCorpus, name) { ::foyer::fuzz::replay_corpus(#name, &(name)); } \
  static void name(std::string_view bytes)
#endif
