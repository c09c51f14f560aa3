/* An absurd vendor: every call fails with ERROR_NOT_ENOUGH_MEMORY (8). */
#include "absurd_functions.h"
#include "absurd_last_error.h"

static unsigned long failing(unsigned long value) {
  last_error = 8;
  return value;
}

#define EXPORT __attribute__((visibility("default"))) unsigned long
#define FAIL_ZERO(name) \
  EXPORT name(void) {   \
    return failing(0);  \
  }
#define FAIL_HANDLE(name)             \
  EXPORT name(unsigned long handle) { \
    return failing(handle);           \
  }
#define FAIL_ONES(name)   \
  EXPORT name(void) {     \
    return failing(~0ul); \
  }
#define FAIL_FLAGS(name)    \
  EXPORT name(void) {       \
    return failing(0x8000); \
  }

ABSURD_BOOLEANS(FAIL_ZERO)
ABSURD_VALUES(FAIL_ZERO)
ABSURD_HANDLES(FAIL_HANDLE)
ABSURD_SIZES(FAIL_ONES)
ABSURD_FLAGS(FAIL_FLAGS)
