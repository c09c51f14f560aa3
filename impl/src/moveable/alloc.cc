// Making and freeing objects.
#include "exception/raise.h"
#include "moveable/calls.h"
#include "moveable/errors.h"
#include "moveable/room.h"
#include "moveable/target.h"
#include "system/profile.h"

namespace winmem::moveable {
namespace {

using exception::Fault;

// A moveable object of 0 bytes has no data and begins discarded (GA-019).
Answer<void*> AllocMoveable(const Session& session, bool zero, SIZE_T bytes, bool discardable,
                            bool dde_share, Fault* fault) {
  Table* table = session.Heap() == nullptr ? nullptr : Table::Get();
  Object* object = table == nullptr ? nullptr : table->Add();
  if (object == nullptr) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
  if (bytes != 0) {
    object->data = session.Heap()->Allocate(
        bytes, {.zero = zero, .room = RoomFor(bytes), .user = table->NumberOf(object)}, fault);
    if (object->data == nullptr) {
      table->Remove(object);
      return {nullptr, ERROR_NOT_ENOUGH_MEMORY};  // GA-040
    }
  }
  object->discardable = discardable;
  object->dde_share = dde_share;
  table->Show(object);
  return {table->HandleOf(object)};
}

Answer<void*> AllocFixed(const Session& session, bool zero, SIZE_T bytes, Fault* fault) {
  if (session.Heap() == nullptr) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
  void* block = session.Heap()->Allocate(bytes, {.zero = zero, .room = RoomFor(bytes)}, fault);
  if (block == nullptr) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};  // GA-039
  return {block};
}

Answer<void*> AllocAny(Family family, UINT flags, SIZE_T bytes, Fault* fault) {
  const bool global = family == Family::kGlobal;
  if ((flags & ~(global ? GMEM_VALID_FLAGS : LMEM_VALID_FLAGS)) != 0) {
    return {nullptr, ERROR_INVALID_PARAMETER};  // GA-054, GA-055, LA-032
  }
  const bool zero = (flags & GMEM_ZEROINIT) != 0;
  if ((flags & GMEM_MOVEABLE) == 0) {
    if (bytes == 0 && system::Documented()) return {nullptr};  // CP-43, CP-58
    if (bytes == 0 && global) bytes = 1;                       // GA-011; LA-006
    return AllocFixed(Session(), zero, bytes, fault);
  }
  const bool discardable = (flags & (global ? GMEM_DISCARDABLE : LMEM_DISCARDABLE)) != 0;
  const bool dde_share = global && (flags & GMEM_DDESHARE) != 0;
  return AllocMoveable(Session(), zero, bytes, discardable, dde_share, fault);
}

Answer<void*> FreeAny(void* memory) {
  const Session session;
  const Target target = session.Identify(memory);
  switch (target.kind) {
    case Kind::kNull:
      return {nullptr};  // GF-701, LF-003
    case Kind::kBadHandle:
      return {memory, ERROR_INVALID_HANDLE};  // GF-012, GF-015, GF-016
    case Kind::kNoBlock:
      return {memory, ErrorOfNoBlock(memory)};  // GF-018, LF-013
    case Kind::kObject:
      if (target.place.region != nullptr) session.Heap()->Free(target.place);
      Table::Get()->Remove(target.object);
      return {nullptr};  // GF-002, GF-007
    case Kind::kBlock:
      break;
  }
  session.Heap()->Free(target.place);
  if (target.object != nullptr) {  // GF-010
    target.object->data = nullptr;
    target.object->locks = 0;  // a discarded object has none (GX-007)
    Table::Get()->Show(target.object);
  }
  return {nullptr};
}

}  // namespace

void* Alloc(Family family, UINT flags, SIZE_T bytes) {
  return Give(exception::RaisingFaults(
      [=](Fault* fault) { return AllocAny(family, flags, bytes, fault); }));
}

void* Free(void* memory) {
  return Give(FreeAny(memory));
}

}  // namespace winmem::moveable
