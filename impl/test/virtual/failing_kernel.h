// A kernel whose n-th system call of one kind fails.
#pragma once

#include <cerrno>

#include "virtual/kernel.h"

namespace winmem::test {

// While one lives, the n-th (from 1) of its calls fails with ENOMEM and does nothing; later ones
// work again. The calls of Kernel that it knows are those that can fail for want of memory.
class FailingKernel {
 public:
  enum Call { kMap, kUnmap, kProtect, kDiscard, kLock };

  FailingKernel(Call call, int n) : saved_(vm::kernel) {
    current_ = this;
    call_ = call;
    left_ = n;
    vm::kernel.map = [](std::uintptr_t* where, std::size_t size, int protection) {
      return current_->Fails(kMap) ? ENOMEM : current_->saved_.map(where, size, protection);
    };
    vm::kernel.unmap = [](std::uintptr_t where, std::size_t size) {
      return current_->Fails(kUnmap) ? ENOMEM : current_->saved_.unmap(where, size);
    };
    vm::kernel.protect = [](std::uintptr_t where, std::size_t size, int protection) {
      return current_->Fails(kProtect) ? ENOMEM : current_->saved_.protect(where, size, protection);
    };
    vm::kernel.discard = [](std::uintptr_t where, std::size_t size) {
      return current_->Fails(kDiscard) ? ENOMEM : current_->saved_.discard(where, size);
    };
    vm::kernel.lock = [](std::uintptr_t where, std::size_t size) {
      return current_->Fails(kLock) ? ENOMEM : current_->saved_.lock(where, size);
    };
  }
  ~FailingKernel() { vm::kernel = saved_; }
  FailingKernel(const FailingKernel&) = delete;
  FailingKernel& operator=(const FailingKernel&) = delete;

  // Whether the n-th call came.
  bool failed() const { return left_ <= 0; }

 private:
  bool Fails(Call call) { return call == call_ && --left_ == 0; }

  static inline FailingKernel* current_ = nullptr;
  vm::Kernel saved_;
  Call call_;
  int left_;
};

}  // namespace winmem::test
