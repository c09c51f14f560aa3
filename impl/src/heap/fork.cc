// A child after fork has the thread that called fork and no other. What the others held they would
// hold for ever there, and what they were changing would stay half changed. So fork waits until it
// holds every lock of the library, and parent and child let go of them. Here is their order:
// whoever holds one may wait for those behind it.
#include <pthread.h>

#include "exception/vectored.h"
#include "heap/heap.h"
#include "virtual/address_space.h"

namespace winmem::heap {
namespace {

void Hold() {
  Heap::HoldAll();
  HoldDescriptors();
  vm::LockedSpace::Hold();
  exception::HoldVectored();
}

void LetGo() {
  exception::LetVectoredGo();
  vm::LockedSpace::LetGo();
  LetDescriptorsGo();
  Heap::LetAllGo();
}

// Handlers of fork that a program sets later run before this one and after it, outside the locks.
__attribute__((constructor)) void Install() {
  pthread_atfork(Hold, LetGo, LetGo);
}

}  // namespace
}  // namespace winmem::heap
