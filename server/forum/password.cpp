#include "server/forum/password.hpp"

#include <array>
#include <stdexcept>

#include <sodium.h>

#include "protocol/limits.hpp"

namespace foyer::forum {

void start_cryptography() {
  if (sodium_init() < 0) {
    throw std::runtime_error("libsodium could not be started");
  }
}

std::string hash_password(const std::string& password, PasswordCost cost) {
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.operations, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("no memory to hash a password");
  }
  return hash.data();
}

bool password_matches(const std::string& hash, const std::string& password) {
  // libsodium reads a fixed array; a longer text in the database is not one of ours.
  return !hash.empty() && hash.size() < crypto_pwhash_STRBYTES &&
         crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void waste_password_time(const std::string& password) { (void)hash_password(password); }

std::string random_token() {
  std::array<unsigned char, limits::session_token_bytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(limits::session_token_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
      text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return {hash.begin(), hash.end()};
}

}  // namespace foyer::forum
