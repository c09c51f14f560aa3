// A kernel whose n-th system call of one kind fails.
#pragma once

#include <cerrno>

#include "virtual/kernel.h"

namespace winmem::test {

// While one lives, the n-th (from 1) of its calls fails with ENOMEM and does nothing; later ones
// work again, or fail like it. The calls of Kernel that it knows are those that can fail for want
// of memory.
class FailingKernel {
 public:
  enum Call {
    kMap,
    kUnmap,
    kProtect,
    kDiscard,
    kLock,
    kMapLarge,
    kMakeFile,
    kSizeFile,
    kEmptyFile,
    kShow,
    kHide
  };

  enum Later { kWorks, kFails };

  FailingKernel(Call call, int n, Later later = kWorks) : saved_(vm::kernel), later_(later) {
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
    vm::kernel.map_large = [](std::uintptr_t* where, std::size_t size, int protection) {
      return current_->Fails(kMapLarge) ? ENOMEM
                                        : current_->saved_.map_large(where, size, protection);
    };
    vm::kernel.make_file = [](int* file) {
      return current_->Fails(kMakeFile) ? ENOMEM : current_->saved_.make_file(file);
    };
    vm::kernel.size_file = [](int file, std::size_t size) {
      return current_->Fails(kSizeFile) ? ENOMEM : current_->saved_.size_file(file, size);
    };
    vm::kernel.empty_file = [](int file, std::size_t offset, std::size_t size) {
      return current_->Fails(kEmptyFile) ? ENOMEM : current_->saved_.empty_file(file, offset, size);
    };
    vm::kernel.show = [](std::uintptr_t where, std::size_t size, int file, std::size_t offset) {
      return current_->Fails(kShow) ? ENOMEM : current_->saved_.show(where, size, file, offset);
    };
    vm::kernel.hide = [](std::uintptr_t where, std::size_t size) {
      return current_->Fails(kHide) ? ENOMEM : current_->saved_.hide(where, size);
    };
  }
  ~FailingKernel() { vm::kernel = saved_; }
  FailingKernel(const FailingKernel&) = delete;
  FailingKernel& operator=(const FailingKernel&) = delete;

  // Whether the n-th call came.
  bool failed() const { return left_ <= 0; }

 private:
  bool Fails(Call call) {
    if (call != call_) return false;
    --left_;
    return left_ == 0 || (left_ < 0 && later_ == kFails);
  }

  static inline FailingKernel* current_ = nullptr;
  vm::Kernel saved_;
  Later later_;
  Call call_;
  int left_;
};

}  // namespace winmem::test
