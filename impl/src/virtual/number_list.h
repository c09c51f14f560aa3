// A list of numbers whose length a program chose: addresses or physical pages.
#pragma once

#include <cstddef>
#include <cstdint>

namespace winmem::vm {

// A few fit into the object itself; for more the kernel gives memory, which goes with the object.
class NumberList {
 public:
  NumberList() = default;
  ~NumberList();
  NumberList(const NumberList&) = delete;
  NumberList& operator=(const NumberList&) = delete;

  // Makes room for so many, once. False: the kernel has no memory.
  bool Ensure(std::size_t room);
  void Add(std::uintptr_t number) { numbers_[count_++] = number; }
  // The first `count` numbers of the room, whatever they are, make the list.
  void SetCount(std::size_t count) { count_ = count; }

  std::uintptr_t* data() { return numbers_; }
  std::uintptr_t& operator[](std::size_t i) { return numbers_[i]; }
  std::size_t count() const { return count_; }

 private:
  static constexpr std::size_t kFew = 64;
  std::uintptr_t few_[kFew] = {};
  std::uintptr_t* numbers_ = few_;
  std::size_t count_ = 0;
  std::size_t mapped_ = 0;  // bytes
};

}  // namespace winmem::vm
