// Passwords (argon2id, t=2, 19 MiB by OWASP) and random secrets. Hashing takes about 15 ms of CPU and 19 MiB:
// call it on the password worker only.
#pragma once

#include <string>
#include <string_view>

namespace foyer::forum {

struct PasswordCost {
  unsigned long long operations = 2;
  std::size_t memory_bytes = 19ull * 1024 * 1024;
};

void start_cryptography();  // once, before anything here; throws std::runtime_error
std::string hash_password(const std::string& password, PasswordCost cost = {});
bool password_matches(const std::string& hash, const std::string& password);
// Takes as long as a real check; for names that do not exist.
void waste_password_time(const std::string& password);

std::string random_token();                 // 256 random bits as base64url without padding
std::string sha256(std::string_view text);  // 32 raw bytes

}  // namespace foyer::forum
