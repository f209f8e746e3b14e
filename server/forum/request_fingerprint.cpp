#include "server/forum/request_fingerprint.hpp"

#include "server/forum/password.hpp"

namespace foyer::forum {

std::string RequestFingerprint::digest() const { return sha256(text_); }

}  // namespace foyer::forum
