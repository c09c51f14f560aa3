#include "system/profile.h"

#include <atomic>

namespace winmem::system {
namespace {

std::atomic<DWORD> chosen{WINMEM_PROFILE_WINDOWS};

}  // namespace

bool Documented() {
  return chosen.load(std::memory_order_relaxed) == WINMEM_PROFILE_DOCUMENTED;
}

bool SetProfile(DWORD profile) {
  if (profile != WINMEM_PROFILE_WINDOWS && profile != WINMEM_PROFILE_DOCUMENTED) return false;
  chosen.store(profile, std::memory_order_relaxed);
  return true;
}

}  // namespace winmem::system
