#include "model/test/oracle/random_trace.h"

#include <cstdio>

namespace winmem::test {
namespace {

std::string text_of(Text t) {
  return std::string(t.begin(), t.end());
}

bool is_pointer(Kind kind) {
  return kind == Kind::address || kind == Kind::heap || kind == Kind::handle || kind == Kind::token;
}

}  // namespace

std::string RandomTrace::hex(std::uint64_t number) const {
  char text[32];
  if (bits_ == 32) number &= 0xffffffff;
  (void)std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(number));
  return text;
}

/// Pages, blocks, handles and heaps that lie close together, and what nobody can own.
std::uint64_t RandomTrace::address() {
  switch (below(12)) {
    case 0:
      return 0;
    case 1:
      return below(0x20000);
    case 2:
      return 0ull - below(0x30000);
    case 3:
      return 0xffffffffdeadbee0 + below(16);
    case 4:
      return (bits_ == 64 ? 0x7ffffffe0000 : 0x7ffe0000) + below(0x20000);
    case 5:
      return 0x600000 + below(3) * 0x10000;
    case 6:
    case 7:
      return 0x20000000 + below(40) * 16 + (one_in(4) ? 8 : 0);
    case 8:
      return 0x500000 + below(8) * 16 + bits_ / 8;
    default:
      return 0x10000000 + below(5) * 0x10000 + (one_in(3) ? below(0x20) * 0x1000 : 0) +
             (one_in(4) ? below(0x1000) : 0);
  }
}

std::string RandomTrace::pointer() {
  if (!names_.empty() && !one_in(3)) {
    const std::string name = names_[below(static_cast<std::uint32_t>(names_.size()))];
    return one_in(3) ? name + "+" + hex(below(0x3000)) : name;
  }
  if (!numbers_.empty() && one_in(2))
    return hex(numbers_[below(static_cast<std::uint32_t>(numbers_.size()))]);
  return hex(address());
}

std::string RandomTrace::size() {
  static const char* const sizes[] = {"0",
                                      "1",
                                      "8",
                                      "16",
                                      "100",
                                      "0x1000",
                                      "0x1001",
                                      "0x2000",
                                      "0xffff",
                                      "0x10000",
                                      "0x10001",
                                      "0x40000",
                                      "0x100000",
                                      "0x40000000",
                                      "0x7ffffffd0000",
                                      "SIZE_MAX",
                                      "SIZE_MAX-31",
                                      "0x7fffffffffff",
                                      "0x20000*PTRSIZE",
                                      "4",
                                      "2",
                                      "sizeof"};
  return one_in(4) ? hex(below(0x5000)) : sizes[below(std::size(sizes) - 1)];
}

std::string RandomTrace::flags(Set set) {
  if (one_in(12)) return hex(random_());
  std::vector<std::string> of_set;
  for (const Constant& constant : constants())
    if (constant.set == set) of_set.push_back(text_of(constant.name));
  if (of_set.empty()) return one_in(2) ? "0" : hex(below(0x10000));
  const auto pick = [&] { return of_set[below(static_cast<std::uint32_t>(of_set.size()))]; };
  if (!is_flags(set) || one_in(2)) return one_in(6) && is_flags(set) ? "0" : pick();
  std::string text = pick();
  for (unsigned more = one_in(4) ? 2 : 1; more > 0; --more) text.append("|").append(pick());
  return text;
}

std::string RandomTrace::argument(const Function& function, unsigned index) {
  const Parameter& parameter = function.parameters[index];
  switch (parameter.kind) {
    case Kind::number:
      return one_in(2) ? hex(below(20)) : size();
    case Kind::size:
      return index == 2 && function.structure64 && !one_in(4) ? "sizeof" : size();
    case Kind::constant:
      if (parameter.set == Set::allocation_type && !one_in(3))
        return one_in(2) ? "MEM_RESERVE|MEM_COMMIT" : one_in(2) ? "MEM_RESERVE" : "MEM_COMMIT";
      if (parameter.set == Set::protection && !one_in(3))
        return one_in(4) ? "PAGE_READWRITE|PAGE_GUARD" : "PAGE_READWRITE";
      return flags(parameter.set);
    case Kind::handler:
      return one_in(2)   ? "on=STATUS_GUARD_PAGE_VIOLATION do=continue"
             : one_in(2) ? "on=any do=search"
                         : "on=any do=continue";
    case Kind::structure:
      return one_in(6) ? pointer() : "out";
    case Kind::value:
      return one_in(6) ? pointer() : one_in(3) ? "inout(16)" : "out";
    case Kind::list:
      return one_in(6) ? pointer() : one_in(2) ? "out[4]" : "inout[4]";
    default:
      return pointer();
  }
}

std::string RandomTrace::content() {
  static const char* const contents[] = {"0x00*16",
                                         "0x00*4096",
                                         "0xa5*1",
                                         "pattern(7)+0*24",
                                         "0x00*8 pattern(7)+0x10*8",
                                         "0x00*18446744073709551615",
                                         "0x00*1 ... 0xfff#0x1234",
                                         "pattern(3)+0*100 0x01*4000"};
  return contents[below(std::size(contents))];
}

std::string RandomTrace::returned(const Function& function) {
  switch (function.result) {
    case Kind::nothing:
      return "ok";
    case Kind::content:
      return one_in(8) ? "ok" : content();
    case Kind::boolean:
      return one_in(3) ? "FALSE" : "TRUE";
    case Kind::constant:
      return flags(function.result_set);
    case Kind::number:
    case Kind::size:
      return size();
    default:
      break;
  }
  if (one_in(4)) return "NULL";
  if (function.success == Success::zero) return one_in(2) ? "NULL" : hex(address());
  const std::uint64_t number = !numbers_.empty() && one_in(4)
                                   ? numbers_[below(static_cast<std::uint32_t>(numbers_.size()))]
                                   : address();
  if (numbers_.size() < 12) numbers_.push_back(number);
  return hex(number);
}

std::string RandomTrace::fields(const Function& function) {
  if (function.field_count == 0 || one_in(4)) return "";
  std::string text;
  for (unsigned i = 0; i < function.field_count; ++i) {
    const Field& field = function.fields[i];
    if (field.kind == Kind::list || one_in(6)) continue;
    const std::string value = one_in(8)                      ? "untouched"
                              : field.kind == Kind::constant ? flags(field.set)
                              : is_pointer(field.kind)       ? hex(address())
                                                             : hex(below(0x30000));
    text += (text.empty() ? " {" : " ") + text_of(field.name) + "=" + value;
  }
  return text.empty() ? "" : text + "}";
}

std::string RandomTrace::outcome(const Function& function) {
  static const char* const rare[] = {"hangs",
                                     "unsupported",
                                     "skipped",
                                     "blocked",
                                     "refused(overlaps agent)",
                                     "ends exit(3)",
                                     "ends signal(SIGSEGV)",
                                     "ends STATUS_HEAP_CORRUPTION",
                                     "_",
                                     "ok",
                                     "either(NULL; ok)"};
  if (one_in(25)) return rare[below(std::size(rare))];
  static const char* const errors[] = {"",
                                       " !?",
                                       " !ERROR_INVALID_PARAMETER",
                                       " !ERROR_INVALID_ADDRESS",
                                       " !ERROR_SUCCESS",
                                       " !ERROR_NOT_ENOUGH_MEMORY",
                                       " !ERROR_INVALID_HANDLE"};
  std::string seen;
  if (one_in(8)) seen = "[? STATUS_GUARD_PAGE_VIOLATION(write, " + hex(address()) + ")] ";
  if (function.family == Family::access ? one_in(3) : one_in(20))
    return seen +
           (one_in(2) ? "raises STATUS_ACCESS_VIOLATION" : "raises STATUS_GUARD_PAGE_VIOLATION") +
           (one_in(2) ? "(read, " + hex(address()) + ")" : "");
  return seen + returned(function) + fields(function) + errors[below(std::size(errors))];
}

std::string RandomTrace::call(const Function& function, bool many) {
  std::string text, name;
  if (is_pointer(function.result) && !one_in(6)) {
    name.append("n").append(std::to_string(names_.size()));
    text = name + " = ";
  }
  if (many) text += "3 * ";
  text += text_of(function.name) + "(";
  for (unsigned i = 0; i < function.parameter_count; ++i)
    text += (i ? ", " : "") + argument(function, i);
  if (!name.empty()) names_.push_back(many ? name + "[1]" : name);
  return text + ")";
}

std::string RandomTrace::call(const Function& function) {
  return call(function, false);
}

std::string RandomTrace::line() {
  const Span<const Function> all = functions();
  const Function& function = all[below(all.size)];
  const bool many = one_in(15);
  std::string text = call(function, many) + " -> " + outcome(function);
  if (many) text += one_in(2) ? "*3" : "*2 by 0x10, " + outcome(function);
  return text;
}

std::vector<std::string> RandomTrace::lines(unsigned count) {
  std::vector<std::string> result;
  result.reserve(count);
  for (unsigned i = 0; i < count; ++i) result.push_back(line());
  return result;
}

}  // namespace winmem::test
