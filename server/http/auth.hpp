// What a request says about who sends it, and from which page. Who it really is, is looked up inside the
// database job (forum::identify). Pure functions.
#pragma once

#include "protocol/result.hpp"
#include "server/forum/accounts.hpp"
#include "server/http/cookies.hpp"
#include "server/http/message.hpp"
#include "server/http/origin.hpp"

namespace foyer::http {

forum::Proof proof_of(const Headers& headers, Transport transport);

// Unsafe methods: cross_origin when a browser says that another site makes the request. Browsers cannot be made
// to send a bearer token by another site, so only requests with such a token and without a cookie pass
// unasked; those with neither are asked too, or a foreign page could log its visitor in as somebody else.
Result<void> check_cross_origin(const Headers& headers, const forum::Proof& proof, const Origin& own);

// GET /live: cross_origin for a foreign Origin. Without any Origin the cookie is dropped from the proof: the
// socket is a guest's, since nobody vouches for who opened it.
Result<forum::Proof> proof_of_upgrade(const Headers& headers, Transport transport, const Origin& own);

}  // namespace foyer::http
