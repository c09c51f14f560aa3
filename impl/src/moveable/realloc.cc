// Changing the size or the kind of an object.
#include "exception/raise.h"
#include "moveable/calls.h"
#include "moveable/errors.h"
#include "moveable/room.h"
#include "moveable/target.h"

namespace winmem::moveable {
namespace {

using exception::Fault;
using heap::Heap;
using heap::Resized;
using heap::Where;

struct Request {
  bool global;
  bool moveable;
  bool modify;
  bool discardable;
  bool zero;
  SIZE_T bytes;
};

// GlobalReAlloc alone makes a fixed block moveable. Its data go to a new block (GX-067..GX-070).
Answer<void*> MakeMoveable(const Session& session, const Target& target, const Request& request,
                           Fault* fault) {
  Table* table = Table::Get();
  Object* object = table == nullptr ? nullptr : table->Add();
  if (object == nullptr) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
  const std::size_t bytes = Heap::SizeOf(target.place);
  void* data = session.Heap()->Allocate(
      bytes, {.room = RoomFor(bytes), .user = table->NumberOf(object)}, fault);
  if (data == nullptr) {
    table->Remove(object);
    return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
  }
  if (!exception::GuardedCopy(data, Heap::AddressOf(target.place), bytes, fault)) {
    session.Heap()->Free(session.Heap()->Locate(data));
    table->Remove(object);
    return {nullptr};
  }
  object->data = data;
  session.Heap()->Free(target.place);
  object->discardable = request.discardable;
  table->Show(object);
  return {table->HandleOf(object)};
}

Answer<void*> Modify(const Session& session, void* memory, const Target& target,
                     const Request& request, Fault* fault) {
  if (target.kind == Kind::kObject) {
    if (request.discardable) target.object->discardable = true;  // GX-065, LX-044
    Table::Get()->Show(target.object);
    return {memory};  // GX-064, LX-043
  }
  if (request.global && request.moveable && target.object == nullptr) {
    return MakeMoveable(session, target, request, fault);
  }
  return {memory};  // GX-066, LX-045, LX-046
}

// A fixed block of the front end is never resized where it is, not even to its own size (GX-071,
// GX-074, GX-076, LX-053, LX-054); a larger one is whenever that can be done (GX-077, GX-078,
// GX-081). The data of a moveable object, given by their address, follow the second rule (GX-741,
// GX-742, GX-743), and the object follows them.
Answer<void*> ResizeBlock(const Session& session, const Target& target, const Request& request,
                          Fault* fault) {
  const bool front_end = target.object == nullptr && Heap::FrontEnd(target.place);
  if (front_end && !request.moveable) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
  Where where = request.moveable ? Where::kAnywhere : Where::kHere;
  if (front_end) where = Where::kElsewhere;
  void* block = nullptr;
  const Resized resized =
      session.Heap()->Resize(target.place, request.bytes, request.zero, where, &block, fault);
  if (resized == Resized::kFaulted) return {nullptr};
  if (resized == Resized::kNoMemory) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
  if (target.object != nullptr) {
    target.object->data = block;
    Table::Get()->Show(target.object);
  }
  return {block};
}

Answer<void*> Discard(const Session& session, void* memory, const Target& target,
                      const Request& request) {
  if (!request.moveable || target.object->locks != 0) return {nullptr};  // GX-718; GX-093, GX-720
  if (target.place.region != nullptr) session.Heap()->Free(target.place);
  target.object->data = nullptr;
  Table::Get()->Show(target.object);
  return {memory};  // GX-050, LX-032
}

// Data that need not move stay where they are, but data of the front end move to grow (GX-053,
// GX-054, GX-057). With MOVEABLE they do so in spite of locks (GX-056).
Answer<void*> ResizeObject(const Session& session, void* memory, const Target& target,
                           const Request& request, Fault* fault) {
  Table* table = Table::Get();
  if (target.place.region == nullptr) {  // GX-049
    const heap::Wanted wanted = {.zero = request.zero,
                                 .room = RoomFor(request.bytes),
                                 .user = table->NumberOf(target.object)};
    target.object->data = session.Heap()->Allocate(request.bytes, wanted, fault);
    table->Show(target.object);
    if (target.object->data == nullptr) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};
    return {memory};
  }
  const bool may_move = request.moveable || target.object->locks == 0;
  const bool must_move = Heap::FrontEnd(target.place) && request.bytes > Heap::SizeOf(target.place);
  if (must_move && !may_move) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};  // GX-055
  Where where = may_move ? Where::kAnywhere : Where::kHere;
  if (must_move) where = Where::kElsewhere;
  const Resized resized = session.Heap()->Resize(target.place, request.bytes, request.zero, where,
                                                 &target.object->data, fault);
  if (resized == Resized::kFaulted) return {nullptr};
  if (resized == Resized::kNoMemory) return {nullptr, ERROR_NOT_ENOUGH_MEMORY};  // GX-088
  table->Show(target.object);
  return {memory};
}

Answer<void*> Change(const Session& session, void* memory, const Target& target,
                     const Request& request, Fault* fault) {
  switch (target.kind) {
    case Kind::kNull:
      return {nullptr, ERROR_NOT_ENOUGH_MEMORY};  // GX-048, LX-031
    case Kind::kBadHandle:
      return {nullptr, ERROR_INVALID_HANDLE};  // GX-084, GX-085
    case Kind::kNoBlock:
      return {nullptr, ErrorOfNoBlock(memory)};  // GX-086, LX-061
    case Kind::kObject:
    case Kind::kBlock:
      break;
  }
  if (request.modify) return Modify(session, memory, target, request, fault);
  if (request.discardable) return {nullptr, ERROR_INVALID_PARAMETER};  // GX-060..GX-062, LX-041
  if (target.kind == Kind::kBlock) return ResizeBlock(session, target, request, fault);
  if (request.bytes == 0) return Discard(session, memory, target, request);
  return ResizeObject(session, memory, target, request, fault);
}

// *mark: 0, or that of the data since an earlier attempt faulted. What a handler freed then is no
// object now, whatever has come to its place.
Answer<void*> ReAllocAny(void* memory, const Request& request, std::uint32_t* mark, Fault* fault) {
  const Session session;
  const Target target = session.Identify(memory);
  const bool has_data = target.place.region != nullptr;
  if (*mark != 0 && !(has_data && Heap::HasMark(target.place, *mark))) {
    return {nullptr, ERROR_INVALID_HANDLE};
  }
  const Answer<void*> answer = Change(session, memory, target, request, fault);
  if (fault->status != 0 && has_data) *mark = Heap::Mark(target.place);
  return answer;
}

}  // namespace

void* ReAlloc(Family family, void* memory, SIZE_T bytes, UINT flags) {
  const bool global = family == Family::kGlobal;
  const UINT discardable = global ? GMEM_DISCARDABLE : LMEM_DISCARDABLE;
  const Request request = {.global = global,
                           .moveable = (flags & GMEM_MOVEABLE) != 0,
                           .modify = (flags & GMEM_MODIFY) != 0,
                           .discardable = (flags & discardable) != 0,
                           .zero = (flags & GMEM_ZEROINIT) != 0,
                           .bytes = bytes};
  std::uint32_t mark = 0;
  return Give(exception::RaisingFaults([memory, &request, &mark](Fault* fault) {
    return ReAllocAny(memory, request, &mark, fault);
  }));
}

}  // namespace winmem::moveable
