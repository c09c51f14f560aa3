// The constants as C++ names, for the rules of the model: `win::ERROR_INVALID_PARAMETER`. The list
// itself is constants.def.
#pragma once

#include <cstdint>

namespace winmem::win {

#define CONSTANT(set, name, value) constexpr std::uint32_t name = (value);
#define ALSO(set, name, value) static_assert((name) == (value));
#include "model/language/constants.def"
#undef ALSO
#undef CONSTANT

}  // namespace winmem::win
