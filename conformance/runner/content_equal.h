// Equality of contents by their bytes: runs may be cut differently, and a long rest is told by its
// hash alone.
#pragma once

#include "model/language/content.h"

namespace winmem::conformance {

/// Whether two contents denote the same bytes. A rest that only one of the two tells as a hash is
/// held against the hash of the other's bytes; rests that cannot be compared because both begin at
/// different places count as different.
bool content_equal(const Content& a, const Content& b);

}  // namespace winmem::conformance
