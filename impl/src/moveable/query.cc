// Locking objects and asking about them.
#include "moveable/calls.h"
#include "moveable/errors.h"
#include "moveable/target.h"

namespace winmem::moveable {
namespace {

constexpr std::uint8_t kMostLocks = 255;  // GX-016

Answer<void*> LockAny(Family family, void* memory) {
  const Session session;
  const Target target = session.Identify(memory);
  switch (target.kind) {
    case Kind::kBlock:
      return {memory};  // GX-001, GX-012
    case Kind::kNoBlock:
      if (family == Family::kLocal) return {nullptr};  // LX-006
      return {nullptr, ERROR_INVALID_HANDLE};          // GX-010
    case Kind::kNull:                                  // GX-011, LX-710
    case Kind::kBadHandle:
      return {nullptr, ERROR_INVALID_HANDLE};  // GX-008, GX-009
    case Kind::kObject:
      break;
  }
  if (target.place.region == nullptr) return {nullptr, ERROR_DISCARDED};  // GX-006
  if (target.object->locks < kMostLocks) ++target.object->locks;
  Table::Get()->Show(target.object);
  return {target.object->data};
}

Answer<BOOL> UnlockAny(Family family, void* memory) {
  const bool global = family == Family::kGlobal;
  const Session session;
  const Target target = session.Identify(memory);
  switch (target.kind) {
    case Kind::kNull:
      return {TRUE};  // GX-022, LX-709
    case Kind::kBlock:
    case Kind::kNoBlock:
      if (global) return {TRUE};         // GX-017, GX-023
      return {FALSE, ERROR_NOT_LOCKED};  // LX-010, LX-014
    case Kind::kBadHandle:
      return {global ? TRUE : FALSE, ERROR_INVALID_HANDLE};  // GX-019, GX-020; LX-012, LX-013
    case Kind::kObject:
      break;
  }
  if (target.object->locks == 0) return {FALSE, ERROR_NOT_LOCKED};  // GX-015
  --target.object->locks;
  Table::Get()->Show(target.object);
  if (target.object->locks != 0) return {TRUE};  // GX-013
  return {FALSE, NO_ERROR};                      // GX-014
}

Answer<SIZE_T> SizeAny(const void* memory) {
  const Session session;
  const Target target = session.Identify(memory);
  if (target.kind != Kind::kObject && target.kind != Kind::kBlock) {
    return {0, ERROR_INVALID_HANDLE};  // GX-031, GX-032, GX-033, GX-037
  }
  if (target.place.region == nullptr) return {0};  // GA-019, LX-024
  return {heap::Heap::SizeOf(target.place)};
}

Answer<UINT> FlagsAny(Family family, const void* memory) {
  const bool global = family == Family::kGlobal;
  const Session session;
  const Target target = session.Identify(memory);
  switch (target.kind) {
    case Kind::kBlock:
      return {0};  // GX-025, LX-020
    case Kind::kNoBlock:
      if (!global) return {LMEM_INVALID_HANDLE, ErrorOfNoBlock(memory)};  // LX-018
      return {GMEM_INVALID_HANDLE, ERROR_INVALID_HANDLE};                 // GX-030
    case Kind::kNull:  // unspecified: no evidence
    case Kind::kBadHandle:
      return {GMEM_INVALID_HANDLE, ERROR_INVALID_HANDLE};  // GX-028, GX-029
    case Kind::kObject:
      break;
  }
  const Object& object = *target.object;
  UINT flags = object.locks;  // GX-024
  if (target.place.region == nullptr) flags |= GMEM_DISCARDED;
  if (object.discardable) flags |= global ? GMEM_DISCARDABLE : LMEM_DISCARDABLE;  // GX-027, LX-019
  if (object.dde_share && global) flags |= GMEM_DDESHARE;                         // GA-045
  return {flags};
}

Answer<void*> HandleAny(Family family, const void* address) {
  const Session session;
  const Target target = session.Identify(address);
  if (target.kind == Kind::kBlock) {
    if (target.object != nullptr) return {Table::Get()->HandleOf(target.object)};  // GX-040
    return {const_cast<void*>(address)};                                           // GX-041, LX-028
  }
  if (target.kind == Kind::kNoBlock && family == Family::kLocal) {
    return {nullptr, ErrorOfNoBlock(address)};  // LX-029
  }
  return {nullptr, ERROR_INVALID_HANDLE};  // GX-045, GX-744
}

}  // namespace

void* Lock(Family family, void* memory) {
  return Give(LockAny(family, memory));
}

BOOL Unlock(Family family, void* memory) {
  return Give(UnlockAny(family, memory));
}

SIZE_T Size(const void* memory) {
  return Give(SizeAny(memory));
}

UINT Flags(Family family, const void* memory) {
  return Give(FlagsAny(family, memory));
}

void* Handle(Family family, const void* address) {
  return Give(HandleAny(family, address));
}

}  // namespace winmem::moveable
