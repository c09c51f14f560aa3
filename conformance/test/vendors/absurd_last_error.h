/* The last error of an absurd vendor: kept as it should be, so that its failures can be told. */
#ifndef WINMEM_ABSURD_LAST_ERROR_H
#define WINMEM_ABSURD_LAST_ERROR_H

static __thread unsigned last_error;
__attribute__((visibility("default"))) unsigned GetLastError(void) {
  return last_error;
}
__attribute__((visibility("default"))) void SetLastError(unsigned code) {
  last_error = code;
}

#endif
