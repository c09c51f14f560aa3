#include "system/last_error.h"

namespace winmem::system {
namespace {

// initial-exec: a signal handler may be the first to touch it in a thread, and the dynamic model
// would call malloc then.
thread_local DWORD last __attribute__((tls_model("initial-exec"))) = ERROR_SUCCESS;

}  // namespace

DWORD LastErrorCode() {
  return last;
}

void SetLastErrorCode(DWORD code) {
  last = code;
}

}  // namespace winmem::system
