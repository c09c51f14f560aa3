#include "conformance/agent/core/out_parameters.h"

#include <cstring>

#include "conformance/agent/core/memory.h"
#include "conformance/agent/core/outcome.h"

namespace winmem::agent {

namespace {

constexpr unsigned bits = sizeof(void*) * 8;
/// What no call is likely to write. Every eight bytes are alike, so that any place can be checked
/// by itself.
constexpr unsigned char mark[8] = {0xc5, 0x9a, 0xe3, 0x5d, 0xb6, 0x97, 0xd1, 0xae};
/// Behind each out parameter: a structure that an implementation thinks longer hurts nobody.
constexpr std::size_t margin = 256;

struct Place {
  unsigned char* bytes;  ///< null: the parameter is not the agent's memory
  std::size_t size;
  std::uint32_t count;  ///< elements of a list
};
Place places[max_parameters];

bool is_out(Argument::Form form) {
  return form != Argument::Form::value && form != Argument::Form::handler;
}

bool is_marked(const unsigned char* bytes, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    if (bytes[i] != mark[reinterpret_cast<std::uintptr_t>(bytes + i) % 8]) return false;
  return true;
}

void put_marks(unsigned char* bytes, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes[i] = mark[i % 8];
}

std::uint64_t read_number(const unsigned char* bytes, unsigned width) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, width < 8 ? width : 8);
  return value;
}

/// Bytes of a parameter without the margin; ~0 when a list is too long.
std::size_t size_of(const Request& request, unsigned parameter, std::uint32_t& count) {
  const Argument& argument = request.call.arguments[parameter];
  count = 0;
  if (argument.form == Argument::Form::out_list || argument.form == Argument::Form::inout_list) {
    const std::uint64_t wanted = request.arguments[parameter];
    if (wanted > out_bytes / sizeof(void*)) return ~std::size_t{0};
    count = static_cast<std::uint32_t>(wanted);
    return count * sizeof(void*);
  }
  const std::size_t size = structure_size(*request.call.function, bits);
  return size != 0 ? size : sizeof(std::uint64_t);
}

/// HeapWalk goes on from the entry that it left: a repetition of it is a walk. The first entry
/// asked for is NULL's.
bool walks(const Request& request) {
  return request.call.function->name == Text("HeapWalk");
}

Pattern describe_list(const Place& place, bool went_in, Arena& arena) {
  Pattern pattern;
  pattern.op = Pattern::Op::untouched;
  std::uint32_t count = 0;
  if (went_in) {
    for (std::uint32_t i = 0; i < place.count; ++i)
      if (read_number(place.bytes + i * sizeof(void*), sizeof(void*)) != 0) count = place.count;
  } else {
    while (count < place.count && !is_marked(place.bytes + count * sizeof(void*), sizeof(void*)))
      ++count;
  }
  if (count == 0) return pattern;
  auto* list = arena.take<Value>(count);
  if (list == nullptr) return pattern;
  for (std::uint32_t i = 0; i < count; ++i)
    list[i] = number(read_number(place.bytes + i * sizeof(void*), sizeof(void*)));
  pattern.op = Pattern::Op::list;
  pattern.list = {list, count};
  return pattern;
}

Pattern describe_field(const Request& request, const Field& field) {
  const Place& place = places[field.parameter];
  const Argument::Form form = request.call.arguments[field.parameter].form;
  const bool went_in = form == Argument::Form::inout_value || form == Argument::Form::inout_list;
  if (field.kind == Kind::list) return describe_list(place, went_in, request.arena);
  const unsigned char* bytes = place.bytes + (bits == 64 ? field.offset64 : field.offset32);
  const unsigned width = bits == 64 ? field.width64 : field.width32;
  // A value that went in is told as it stands: nobody can say whether the same number was written
  // again.
  if (!went_in && is_marked(bytes, width)) {
    Pattern pattern;
    pattern.op = Pattern::Op::untouched;
    return pattern;
  }
  return equal(read_number(bytes, width));
}

}  // namespace

bool prepare_out(const Request& request, std::uintptr_t* arguments) {
  std::size_t used = 0;
  for (unsigned i = 0; i < request.call.arguments.size; ++i) {
    Place& place = places[i];
    place.bytes = nullptr;
    const Argument::Form form = request.call.arguments[i].form;
    if (!is_out(form)) continue;
    place.size = size_of(request, i, place.count);
    if (place.size > out_bytes - margin || used + place.size + margin > out_bytes) return false;
    place.bytes = memory.out + used;
    used += (place.size + margin + 15) & ~std::size_t{15};
    arguments[i] = reinterpret_cast<std::uintptr_t>(place.bytes);
    const bool goes_on = walks(request) && request.play != 0;
    if (goes_on) continue;
    put_marks(place.bytes, place.size + margin);
    if (form == Argument::Form::inout_list) std::memset(place.bytes, 0, place.size);
    if (form == Argument::Form::inout_value)
      std::memcpy(place.bytes, &request.arguments[i], sizeof(std::uint64_t));
    if (form == Argument::Form::out && walks(request)) std::memset(place.bytes, 0, sizeof(void*));
  }
  return true;
}

void describe_out(const Request& request, Outcome& outcome) {
  const Function& function = *request.call.function;
  std::uint32_t count = 0;
  for (unsigned i = 0; i < function.field_count; ++i)
    if (places[function.fields[i].parameter].bytes != nullptr) ++count;
  if (count == 0) return;
  auto* list = request.arena.take<FieldPattern>(count);
  if (list == nullptr) return;
  std::uint32_t at = 0;
  for (unsigned i = 0; i < function.field_count; ++i) {
    if (places[function.fields[i].parameter].bytes == nullptr) continue;
    list[at].field = static_cast<std::uint8_t>(i);
    list[at++].pattern = describe_field(request, function.fields[i]);
  }
  outcome.fields = {list, count};
}

}  // namespace winmem::agent
