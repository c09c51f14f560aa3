// Where a 32-bit agent has its stack and its views: below 2 GiB.
#include <pthread.h>
#include <sys/mman.h>

#include "conformance/agent/linux/linux.h"

namespace winmem::agent::platform {

namespace {

constexpr bool is_32_bit = sizeof(void*) == 4;
constexpr std::size_t stack_size = 0x800000;
Range low_stack;

struct Start {
  int (*main)(int, char**);
  int count;
  char** arguments;
  int code;
};

void* run(void* raw) {
  auto* start = static_cast<Start*>(raw);
  start->code = start->main(start->count, start->arguments);
  return nullptr;
}

bool run_on(void* stack, Start& start) {
  pthread_attr_t attributes;
  pthread_t thread;
  if (pthread_attr_init(&attributes) != 0) return false;
  const bool started = pthread_attr_setstack(&attributes, stack, stack_size) == 0 &&
                       pthread_create(&thread, &attributes, run, &start) == 0;
  pthread_attr_destroy(&attributes);
  return started && pthread_join(thread, nullptr) == 0;
}

}  // namespace

void* map_where_programs_are(std::size_t size, int access, int flags, int file) {
  if (!is_32_bit) return mmap(nullptr, size, access, flags, file, 0);
  constexpr std::uintptr_t highest = 0x7f000000, lowest = 0x1000000, step = 0x100000;
  for (std::uintptr_t at = highest; at > lowest; at -= step) {
    if (size > highest - at) continue;
    void* got =
        mmap(reinterpret_cast<void*>(at), size, access, flags | MAP_FIXED_NOREPLACE, file, 0);
    if (got != MAP_FAILED) return got;
  }
  return MAP_FAILED;
}

int run_where_programs_are(int (*main)(int, char**), int count, char** arguments) {
  if (!is_32_bit) return main(count, arguments);
  constexpr int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK;
  void* stack = map_where_programs_are(stack_size, PROT_READ | PROT_WRITE, flags, -1);
  if (stack == MAP_FAILED) return main(count, arguments);
  const auto begin = reinterpret_cast<std::uintptr_t>(stack);
  low_stack = {begin, begin + stack_size};
  Start start = {main, count, arguments, 0};
  if (run_on(stack, start)) return start.code;
  low_stack = {};
  return main(count, arguments);
}

Range stack_below_2_gib() {
  return low_stack;
}

}  // namespace winmem::agent::platform
