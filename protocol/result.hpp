// An expected failure is a value: Result<T> carries T or an Error from errors.hpp. Exceptions are left to a
// broken world (database gone) and to our own bugs.
#pragma once

#include <boost/system/result.hpp>

#include "protocol/errors.hpp"

namespace foyer {

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace foyer
