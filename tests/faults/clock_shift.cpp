// Loaded before the service (LD_PRELOAD): its wall clock is off by as many seconds as the file in
// NGUON_CLOCK says, read anew each time, so that a test can move it under a running process.
// CLOCK_MONOTONIC goes on as ever, as it does when somebody sets the date.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace {

using Now = int (*)(clockid_t, timespec*);

/// Seconds to add; 0 when nobody says.
long shift() {
  static const char* const file = std::getenv("NGUON_CLOCK");
  if (file == nullptr) return 0;
  const int descriptor = ::open(file, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  char digits[32] = {};
  const ssize_t count = ::read(descriptor, digits, sizeof digits - 1);
  ::close(descriptor);
  return count > 0 ? std::strtol(digits, nullptr, 10) : 0;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) {
  static const auto real = reinterpret_cast<Now>(::dlsym(RTLD_NEXT, "clock_gettime"));
  const int result = real(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += shift();
  return result;
}

extern "C" int gettimeofday(timeval* now, void*) noexcept {
  timespec exact{};
  const int result = clock_gettime(CLOCK_REALTIME, &exact);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return result;
}

extern "C" time_t time(time_t* out) noexcept {
  timespec exact{};
  clock_gettime(CLOCK_REALTIME, &exact);
  if (out != nullptr) *out = exact.tv_sec;
  return exact.tv_sec;
}
