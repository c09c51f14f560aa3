/* HeapAllocFree of heap.cc as a Windows program: what the same loop costs where scripts/bench runs
 * it, under Wine. Prints a line for each size: the size and the nanoseconds that one pair takes,
 * the best of seven rounds. Built by scripts/bench, not by CMake. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

enum { ROUNDS = 7, PAIRS = 500000 };

static double nanoseconds_of_a_pair(SIZE_T size, double ticks_a_second) {
  HANDLE heap = GetProcessHeap();
  LARGE_INTEGER begin, end;
  QueryPerformanceCounter(&begin);
  for (int i = 0; i < PAIRS; ++i) {
    void* volatile block = HeapAlloc(heap, 0, size);
    if (block == NULL) exit(1);
    HeapFree(heap, 0, block);
  }
  QueryPerformanceCounter(&end);
  return (double)(end.QuadPart - begin.QuadPart) / ticks_a_second * 1e9 / PAIRS;
}

int main(void) {
  LARGE_INTEGER frequency;
  if (!QueryPerformanceFrequency(&frequency)) return 1;
  for (SIZE_T size = 16; size <= 512; size *= 2) {
    double best = nanoseconds_of_a_pair(size, (double)frequency.QuadPart);
    for (int i = 1; i < ROUNDS; ++i) {
      const double round = nanoseconds_of_a_pair(size, (double)frequency.QuadPart);
      if (round < best) best = round;
    }
    printf("%u %.2f\n", (unsigned)size, best);
  }
  return 0;
}
