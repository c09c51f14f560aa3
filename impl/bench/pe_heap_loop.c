/* The loop of heap.cc as a Windows program: what HeapAlloc and HeapFree cost where scripts/bench
 * runs it, under Wine. Prints the nanoseconds that one pair takes, the median of seven rounds. Not
 * part of the CMake build. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

enum { ROUNDS = 7, PAIRS = 1000000 };

static double nanoseconds_of_a_pair(HANDLE heap, double ticks_a_second) {
  LARGE_INTEGER begin, end;
  SIZE_T size = 16;
  QueryPerformanceCounter(&begin);
  for (int i = 0; i < PAIRS; ++i) {
    void* volatile p = HeapAlloc(heap, 0, size);
    if (p == NULL || !HeapFree(heap, 0, p)) exit(1);
    size = size == 512 ? 16 : size + 16;
  }
  QueryPerformanceCounter(&end);
  return (double)(end.QuadPart - begin.QuadPart) / ticks_a_second * 1e9 / PAIRS;
}

static int ascending(const void* a, const void* b) {
  const double x = *(const double*)a, y = *(const double*)b;
  return (x > y) - (x < y);
}

int main(void) {
  LARGE_INTEGER frequency;
  double rounds[ROUNDS];
  HANDLE heap = HeapCreate(0, 0, 0);
  if (heap == NULL || !QueryPerformanceFrequency(&frequency)) return 1;
  for (int i = 0; i < ROUNDS; ++i)
    rounds[i] = nanoseconds_of_a_pair(heap, (double)frequency.QuadPart);
  qsort(rounds, ROUNDS, sizeof rounds[0], ascending);
  printf("%.1f\n", rounds[ROUNDS / 2]);
  return 0;
}
