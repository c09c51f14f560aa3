/* An absurd vendor: every call succeeds and does nothing. */
#include "absurd_functions.h"
#include "absurd_last_error.h"

#define EXPORT __attribute__((visibility("default"))) unsigned long
#define GIVE_TRUE(name) \
  EXPORT name(void) {   \
    return 1;           \
  }
#define GIVE_SOMETHING(name) \
  EXPORT name(void) {        \
    return 0x7e0000000000;   \
  }
#define GIVE_ZERO(name) \
  EXPORT name(void) {   \
    return 0;           \
  }

ABSURD_BOOLEANS(GIVE_TRUE)
ABSURD_VALUES(GIVE_SOMETHING)
ABSURD_HANDLES(GIVE_ZERO)
ABSURD_SIZES(GIVE_ZERO)
ABSURD_FLAGS(GIVE_ZERO)
