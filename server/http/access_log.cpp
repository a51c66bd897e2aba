#include "server/http/access_log.hpp"

#include <spdlog/spdlog.h>

namespace nguon::server {

AccessLog log_accesses() {
  return [](const AccessRecord& record) {
    spdlog::info("{} {} {} {} {} B {} us", record.id, to_string(record.method), record.path,
                 record.status, record.octets, record.took.count());
  };
}

}  // namespace nguon::server
