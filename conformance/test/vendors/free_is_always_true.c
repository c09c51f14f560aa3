/* An absurd vendor: HeapFree always tells success and frees nothing; all else is the reference's.
 */
#include <stdint.h>

__attribute__((visibility("default"))) int HeapFree(void* heap, uint32_t flags, void* block) {
  (void)heap, (void)flags, (void)block;
  return 1;
}
