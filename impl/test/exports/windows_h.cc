// A C++ program that knows nothing but <windows.h>.
#include <windows.h>

#include <cstddef>

static_assert(sizeof(DWORD) == 4 && sizeof(SIZE_T) == sizeof(void*));

namespace {

LONG Continue(EXCEPTION_POINTERS*) {
  return EXCEPTION_CONTINUE_EXECUTION;
}

}  // namespace

int main() {
  const HGLOBAL handle = GlobalAlloc(GMEM_MOVEABLE, 100);
  const bool size = GlobalSize(handle) >= 100;
  const bool freed = GlobalFree(handle) == nullptr;
  PVOID handler = AddVectoredExceptionHandler(1, Continue);
  RaiseException(0xE0000001, 0, 0, nullptr);
  const bool removed = RemoveVectoredExceptionHandler(handler) != 0;
  return size && freed && removed ? 0 : 1;
}
