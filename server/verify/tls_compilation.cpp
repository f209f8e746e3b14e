// Asio's part for TLS, compiled once; the rest of Asio and Beast is in server/runtime.
#include <boost/asio/ssl/impl/src.hpp>
