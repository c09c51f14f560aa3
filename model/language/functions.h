// The function table: one entry a function says all that parser, printer, agent, model and reports
// know of its shape. Adding a function to the language is adding an entry here.
#pragma once

#include "model/language/constants.h"

namespace winmem {

/// What a parameter, a field or a result is; it decides how the number is printed and how wide it
/// is.
enum class Kind : std::uint8_t {
  nothing,    ///< a result only: void; prints `ok`
  number,     ///< 32 bits, hex
  size,       ///< as wide as a pointer, hex (`sizeof` where it is the size of the out structure)
  address,    ///< a pointer
  heap,       ///< a heap handle
  handle,     ///< a moveable memory handle or, for fixed memory, a pointer
  token,      ///< an opaque pointer: what AddVectoredExceptionHandler gives
  boolean,    ///< BOOL: nonzero is TRUE
  constant,   ///< 32 bits with the names of `set`
  handler,    ///< a scripted exception handler: `on=STATUS_X do=continue`
  structure,  ///< an out structure whose fields the table names; `out`
  value,      ///< a single out or inout value; `out`, `inout(n)`
  list,       ///< an out or inout array; `out[n]`, `inout[n]`
  content,    ///< a result only: the bytes of a `read`
};

enum class Family : std::uint8_t {
  virtual_memory,
  heap,
  global,
  local,
  error,
  system,
  exception,
  access,
  setup
};

/// How a return value tells success.
enum class Success : std::uint8_t {
  nonzero,       ///< most
  zero,          ///< GlobalFree, LocalFree, GetWriteWatch
  not_all_ones,  ///< HeapSize
  always,        ///< no failure is reported through the value
};

struct Parameter {
  Text name;
  Kind kind = Kind::number;
  Set set = Set::none;
};

/// A value that an out parameter carries back. Offsets and widths are those of a 64-bit and of a
/// 32-bit process.
struct Field {
  Text name;
  Kind kind = Kind::number;
  Set set = Set::none;
  std::uint8_t parameter = 0;  ///< which parameter it comes from
  std::uint8_t offset64 = 0, width64 = 0;
  std::uint8_t offset32 = 0, width32 = 0;
};

constexpr unsigned max_parameters = 6;
constexpr std::uint8_t no_parameter = 0xff;

struct Function {
  Text name;
  Family family = Family::error;
  Parameter parameters[max_parameters] = {};
  std::uint8_t parameter_count = 0;
  Kind result = Kind::nothing;
  Set result_set = Set::none;
  Success success = Success::nonzero;
  const Field* fields = nullptr;
  std::uint8_t field_count = 0;
  std::uint8_t structure64 = 0, structure32 = 0;  ///< bytes of the out structure: what `sizeof` is
  std::uint8_t extent = no_parameter;  ///< the parameter that says how many bytes the result names
  std::uint8_t ends = no_parameter;    ///< the parameter whose name a success ends
  std::uint64_t ends_if =
      0;  ///< for VirtualFree: the last parameter's value with which it ends; 0 = any
  bool reallocates = false;  ///< a success that gives the same value back keeps the name living
  bool observes = false;     ///< where it is missing only the line is unsupported, not the case
  bool from_vendor = true;   ///< false for accesses and set-up calls: the agent itself plays them
};

Span<const Function> functions();
/// The entry of that name, or null.
const Function* find_function(Text name);
/// Index of an entry in functions().
std::uint16_t index_of(const Function* function);
/// Whether a returned value is a success.
bool succeeded(const Function& function, std::uint64_t value, unsigned bits);
/// The value with which the function tells failure: of those that give their argument back, that.
std::uint64_t failure_value(const Function& function, std::uint64_t first_argument, unsigned bits);
/// Bytes of the out structure in a process of that bitness; 0 where there is none.
unsigned structure_size(const Function& function, unsigned bits);
/// Bits of a parameter, field or result of that kind in a process of `bits` bits.
unsigned width_of(Kind kind, unsigned bits);

}  // namespace winmem
