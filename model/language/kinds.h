// Questions about kinds. Inside model/language only.
#pragma once

#include "model/language/functions.h"

namespace winmem {

/// Numbers that people read as names: addresses and handles.
constexpr bool is_pointer(Kind kind) {
  return kind == Kind::address || kind == Kind::heap || kind == Kind::handle || kind == Kind::token;
}
/// Pointers to nothing: an offset from them means nothing.
constexpr bool is_handle(Kind kind) {
  return is_pointer(kind) && kind != Kind::address;
}

}  // namespace winmem
