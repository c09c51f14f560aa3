#include "virtual/frames.h"

#include <sys/mman.h>

#include "system/layout.h"
#include "virtual/kernel.h"

namespace winmem::vm {

using system::kPageSize;

// Page number n, counted from 1, is the n-th page of the file.
constinit Frames frames;

bool Frames::Open() {
  if (places_ == nullptr) {
    std::uintptr_t where = 0;
    if (kernel.map(&where, kMost * sizeof *places_, PROT_READ | PROT_WRITE) != 0) return false;
    places_ = reinterpret_cast<std::uintptr_t*>(where);
  }
  return file_ >= 0 || kernel.make_file(&file_) == 0;
}

std::uintptr_t* Frames::PlaceOf(std::uintptr_t number) {
  return number == 0 || number > used_ ? nullptr : &places_[number - 1];
}

DWORD Frames::Allocate(std::size_t wanted, NumberList* made) {
  if (!Open()) return ERROR_NOT_ENOUGH_MEMORY;
  for (std::size_t i = 0; i < used_ && made->count() < wanted; ++i) {
    if (places_[i] != kFree) continue;
    places_[i] = kNowhere;
    made->Add(i + 1);
  }
  std::size_t fresh = wanted - made->count();
  if (fresh > kMost - used_) fresh = kMost - used_;
  if (kernel.size_file(file_, (used_ + fresh) * kPageSize) == 0) {
    for (; fresh != 0; --fresh) {
      places_[used_] = kNowhere;
      made->Add(++used_);
    }
  }
  return made->count() != 0 ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

bool Frames::Take(std::uintptr_t begin, std::uintptr_t end, NumberList& numbers) {
  for (std::size_t i = 0; i < numbers.count(); ++i) {
    std::uintptr_t* place = PlaceOf(numbers[i]);
    if (place == nullptr) return false;
    if (*place != kNowhere && (*place < begin || *place >= end)) return false;
    *place = kTaken;
  }
  return true;
}

bool Frames::Show(std::uintptr_t where, NumberList& numbers, std::size_t first, std::size_t last) {
  while (first < last) {
    const std::uintptr_t number = numbers[first];
    std::size_t next = first + 1;
    while (next < last && numbers[next] == (number == 0 ? 0 : number + (next - first))) ++next;
    const std::uintptr_t at = where + first * kPageSize;
    const std::size_t bytes = (next - first) * kPageSize;
    const int failed = number == 0 ? kernel.hide(at, bytes)
                                   : kernel.show(at, bytes, file_, (number - 1) * kPageSize);
    if (failed != 0) return false;
    first = next;
  }
  return true;
}

DWORD Frames::Map(std::uintptr_t where, std::size_t count, NumberList* numbers,
                  NumberList* before) {
  const std::uintptr_t end = where + count * kPageSize;
  before->SetCount(count);
  for (std::size_t i = 0; i < used_; ++i) {
    if (places_[i] >= where && places_[i] < end)
      (*before)[(places_[i] - where) / kPageSize] = i + 1;
  }
  const auto put = [&](NumberList& list) {
    for (std::size_t i = 0; i < list.count(); ++i) {
      if (std::uintptr_t* place = PlaceOf(list[i])) *place = where + i * kPageSize;
    }
  };
  const auto drop = [&](NumberList& list) {
    for (std::size_t i = 0; i < list.count(); ++i) {
      std::uintptr_t* place = PlaceOf(list[i]);
      if (place != nullptr && *place == kTaken) *place = kNowhere;
    }
  };
  if (numbers != nullptr && !Take(where, end, *numbers)) {
    drop(*numbers);
    put(*before);
    return ERROR_INVALID_PARAMETER;
  }
  const bool shown = numbers != nullptr ? Show(where, *numbers, 0, count)
                                        : kernel.hide(where, count * kPageSize) == 0;
  if (!shown) {
    Show(where, *before, 0, count);
    if (numbers != nullptr) drop(*numbers);
    put(*before);
    return ERROR_NOT_ENOUGH_MEMORY;
  }
  Leave(where, end);
  if (numbers != nullptr) put(*numbers);
  return ERROR_SUCCESS;
}

DWORD Frames::Free(NumberList& numbers, std::size_t* freed) {
  for (*freed = 0; *freed < numbers.count(); ++*freed) {
    const std::uintptr_t number = numbers[*freed];
    std::uintptr_t* place = PlaceOf(number);
    if (place == nullptr || *place == kFree || *place == kSpoiled) return ERROR_INVALID_PARAMETER;
    if (*place != kNowhere && kernel.hide(*place, kPageSize) != 0) return ERROR_NOT_ENOUGH_MEMORY;
    // A page that cannot be emptied is given to nobody any more.
    const bool empty = kernel.empty_file(file_, (number - 1) * kPageSize, kPageSize) == 0;
    *place = empty ? kFree : kSpoiled;
  }
  return ERROR_SUCCESS;
}

void Frames::Leave(std::uintptr_t begin, std::uintptr_t end) {
  for (std::size_t i = 0; i < used_; ++i) {
    if (places_[i] >= begin && places_[i] < end) places_[i] = kNowhere;
  }
}

}  // namespace winmem::vm
