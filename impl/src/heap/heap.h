// A heap: regions cut into blocks, large blocks beside them, and a lock. What the Win32 functions
// answer to their callers is in calls.h; here a wrong pointer is just not a block.
#pragma once

#include <cstddef>
#include <cstdint>

#include "exception/guarded_copy.h"
#include "heap/free_index.h"
#include "heap/lock.h"
#include "heap/region.h"
#include "winmem/heap.h"

namespace winmem::heap {

using exception::Fault;

// How a block is wanted.
struct Wanted {
  bool zero = false;
  std::size_t room = 0;    // bytes that the block shall be able to grow by, less than a page
  std::uint32_t user = 0;  // a value of kUserBits to keep with the block
};

// Where Resize may leave the block.
enum class Where { kHere, kAnywhere, kElsewhere };

// What a step of Walk came to: an element, the end, or an entry that names no place of the heap.
enum class Walked { kElement, kEnd, kUnknown };

// What Resize came to.
enum class Resized { kInPlace, kMoved, kNoMemory, kFaulted };

class Heap {
 public:
  // options: HEAP_NO_SERIALIZE, HEAP_GENERATE_EXCEPTIONS, HEAP_CREATE_ENABLE_EXECUTE; others mean
  // nothing (HX-715). maximum 0: the heap grows; else its size, rounded up to pages (HX-011), never
  // changes. Null: no memory.
  static Heap* Create(std::uint32_t options, std::size_t initial, std::size_t maximum);

  // The heap that has this handle; null: there is none. The handle may be any value.
  static Heap* Find(const void* handle);

  // The process heap, made by the first call; null: no memory for it, the next call tries again.
  static Heap* Process();

  // Gives everything back, blocks too. The caller does not hold the lock.
  void Destroy();

  // For fork: waits until no other thread is in a heap, or makes or ends one, and keeps them out.
  static void HoldAll();
  static void LetAllGo();

  void* Handle() const { return index_.regions[0]->base; }
  bool IsProcess() const;
  bool IsFixed() const { return fixed_; }

  // What to lock for a call with these flags; null when the heap or the call does without.
  Lock* LockFor(std::uint32_t flags) {
    return ((options_ | flags) & HEAP_NO_SERIALIZE) != 0 ? nullptr : &lock_;
  }
  bool Raises(std::uint32_t flags) const;

  // Locks it for longer than a call, and unlocks it.
  void Keep();
  void EndKeep();

  // The caller holds the lock, if there is one, from here on. The bytes of blocks are the
  // program's: it may have taken away the right to touch them. They are touched by guarded copies
  // alone; one that faulted leaves everything as it was and *fault telling of it
  // (exception/raise.h).

  // Null: no memory, or a fault.
  void* Allocate(std::size_t size, const Wanted& wanted, Fault* fault);

  // The living block that begins at `address`; any value may be asked. No region: there is none.
  Place Locate(const void* address) const;

  // For a place that Locate gave:
  static void* AddressOf(Place place);
  void Free(Place place);
  static std::size_t SizeOf(Place place);
  static std::uint32_t UserOf(Place place);

  // Marks the block, unless it is marked: a block that comes to its address later does not have the
  // mark. A call that faulted marks the block that it was about, so that it knows when it begins
  // again whether the handler left it there. Not 0.
  static std::uint32_t Mark(Place place);
  static bool HasMark(Place place, std::uint32_t mark);

  static bool FrontEnd(Place place);  // the request was one for the front end (HA-057)

  // Gives the block another size; *block is its new address. With zero the added bytes are 0
  // (HX-036). kNoMemory and kFaulted: nothing changed.
  Resized Resize(Place place, std::size_t size, bool zero, Where where, void** block, Fault* fault);

  // The most bytes that one ordinary block could still have; 0: not even an empty one.
  std::size_t LargestRequest();

  // Whether all that the heap knows of its blocks fits together.
  bool Sound();

  // Makes the entry that of the element behind the one that it tells of; with lpData NULL, of the
  // first: a region, its blocks in the order of their addresses, what of it is not committed, and
  // so on; then the large blocks, the oldest first (HX-073, HX-076).
  Walked Walk(PROCESS_HEAP_ENTRY* entry);

  // Bytes of the largest committed free block.
  std::size_t LargestFree();

  // Whether the heap says that it has a low-fragmentation front end: it was told to have one, or
  // its blocks were of the one pattern that is known to bring it about (HA-058). Nothing else
  // changes.
  bool HasFrontEnd() const { return front_end_ || empty_requests_ >= kFrontEndAfter; }
  bool CanHaveFrontEnd() const { return !fixed_ && (options_ & HEAP_NO_SERIALIZE) == 0; }
  void TakeFrontEnd() { front_end_ = true; }

 private:
  Heap() = default;
  static std::uint32_t& NotesOf(Place place);
  void Enlist();
  void Delist();
  bool AcquireSoon();

  bool WalkTo(const Region& region, std::uint32_t index, PROCESS_HEAP_ENTRY* entry) const;
  bool WalkBehind(const Region& region, PROCESS_HEAP_ENTRY* entry) const;

  bool AddFirstRegions(std::size_t bytes, Entry* entries);
  bool SetUp(Region* region, Entry* entries, std::size_t lead);
  bool CommitFirst(std::size_t bytes);
  bool Commit(Region* region, std::size_t bytes);
  bool Prepare(Region* region, std::uint32_t granules);
  bool Grow(std::uint32_t granules);
  bool AddRegion(std::size_t bytes);
  void DropRegion(Region* region);

  Place Take(std::uint32_t granules);
  void LetGo();
  void Split(Place place, std::uint32_t granules);
  void GiveBack(Place place);
  bool Stretch(Place place, std::uint32_t granules);

  void* AllocateLarge(std::size_t size, const Wanted& wanted);
  void FreeLarge(Region* region);
  static Resized ResizeLarge(Region* region, std::size_t size, bool zero, Fault* fault);
  Resized ResizeHere(Place place, std::size_t size, bool zero, Fault* fault);

  Lock lock_;
  std::uint32_t options_ = 0;
  bool fixed_ = false;
  bool front_end_ = false;
  std::uint32_t empty_requests_ = 0;         // for zero bytes, counted up to kFrontEndAfter
  std::size_t next_region_ = kSecondRegion;  // how large the next region will be
  Region* spare_ = nullptr;                  // the one region that may be kept without a block
  Region* large_ = nullptr;                  // the large blocks
  // The block freed last is kept whole, neither busy nor in the index, until something else than
  // an allocation of as many granules happens.
  Place held_;
  FreeIndex index_;
  Heap* next_ = nullptr;  // all heaps
  Heap* prior_ = nullptr;
};

}  // namespace winmem::heap
