// The non-template code of Asio, its TLS and Beast, compiled once for the whole room.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
