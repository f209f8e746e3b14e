// The form that starts a thread. Its buttons start it, show what its text would look like, or look for a film.
#pragma once

#include "server/http/page_visit.hpp"
#include "server/http/router.hpp"

namespace foyer::http {

FormDone take_thread(PageVisit& visit);

}  // namespace foyer::http
