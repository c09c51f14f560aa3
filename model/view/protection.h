// Page protections: which numbers are one, and what they allow. VirtualAlloc and VirtualProtect
// check them alike.
#pragma once

#include "model/rule/clause.h"

namespace winmem::spec {

constexpr std::uint32_t base_protections = 0xff;
constexpr std::uint32_t caching_bits = win::PAGE_NOCACHE | win::PAGE_WRITECOMBINE;
constexpr std::uint32_t modifier_bits = win::PAGE_GUARD | caching_bits;

constexpr std::uint32_t base_of(std::uint32_t protection) {
  return protection & base_protections;
}
constexpr bool one_base(std::uint32_t protection) {
  const std::uint32_t base = base_of(protection);
  return base != 0 && (base & (base - 1)) == 0;
}
constexpr bool copies_on_write(std::uint32_t protection) {
  return protection & (win::PAGE_WRITECOPY | win::PAGE_EXECUTE_WRITECOPY);
}
/// Guard or write-combined pages without any access (VA-105, VA-106).
constexpr bool modifies_no_access(std::uint32_t protection) {
  return base_of(protection) == win::PAGE_NOACCESS && (protection & (win::PAGE_GUARD | win::PAGE_WRITECOMBINE));
}
/// Mixes that only documentation forbids: no public test shows what Windows does (VA-108 to
/// VA-112).
constexpr bool untested_mix(std::uint32_t protection) {
  if (base_of(protection) != 0 && !one_base(protection)) return false;  // VA-104: refused whatever else is set
  const std::uint32_t modifiers = protection & modifier_bits;
  return (base_of(protection) == 0 && modifiers != 0 && (protection & ~modifier_bits) == 0) ||
         (base_of(protection) == win::PAGE_NOACCESS && (modifiers & win::PAGE_NOCACHE)) ||
         ((modifiers & win::PAGE_GUARD) && (modifiers & caching_bits)) || modifiers == caching_bits;
}
/// Bits that are neither a base protection nor a modifier, such as PAGE_TARGETS_INVALID, beside a
/// proper base (VA-117, VQ-051).
constexpr bool other_bits(std::uint32_t protection) {
  return one_base(protection) && (protection & ~(base_protections | modifier_bits)) != 0;
}
/// A number that no version takes: no base protection or several, and not one of the open cases.
constexpr bool no_protection(std::uint32_t protection) {
  return !one_base(protection) && !untested_mix(protection);
}

/// What the pages of a view may become by what it was opened with, as far as it is told: read-only ones no writable
/// ones (VQ-048, VA-134), but ones that copy on write (VQ-049); writable ones read-only (VA-131).
constexpr bool view_forbids(std::uint32_t opened, std::uint32_t wanted) {
  return opened == win::PAGE_READONLY && wanted == win::PAGE_READWRITE;
}
constexpr bool view_permits(std::uint32_t opened, std::uint32_t wanted) {
  return wanted == opened || (opened == win::PAGE_READWRITE && wanted == win::PAGE_READONLY) ||
         (opened == win::PAGE_READONLY && wanted == win::PAGE_WRITECOPY);
}

/// What is told of a protection of the allocation's pages: where caching bits were changed for a part, versions differ
/// on them (VQ-045).
inline Expect reported(const Allocation& allocation, std::uint32_t protection) {
  return allocation.caching_open ? bits(~std::uint64_t{caching_bits}, protection & ~caching_bits) : equal(protection);
}

constexpr bool readable(std::uint32_t protection) {
  return protection & (win::PAGE_READONLY | win::PAGE_READWRITE | win::PAGE_WRITECOPY | win::PAGE_EXECUTE_READ |
                       win::PAGE_EXECUTE_READWRITE | win::PAGE_EXECUTE_WRITECOPY);
}
constexpr bool writable(std::uint32_t protection) {
  return protection &
         (win::PAGE_READWRITE | win::PAGE_WRITECOPY | win::PAGE_EXECUTE_READWRITE | win::PAGE_EXECUTE_WRITECOPY);
}
constexpr bool executable(std::uint32_t protection) {
  return protection &
         (win::PAGE_EXECUTE | win::PAGE_EXECUTE_READ | win::PAGE_EXECUTE_READWRITE | win::PAGE_EXECUTE_WRITECOPY);
}

}  // namespace winmem::spec
