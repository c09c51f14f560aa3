// The functions of the implementation under test.
#pragma once

#include "conformance/agent/core/guard.h"
#include "model/language/functions.h"
#include "model/language/script.h"
#include "model/language/system.h"

namespace winmem::agent {

/// Looks up all functions of the table and finds out what the system is like. Called once, when the
/// implementation is loaded.
void look_up_vendor();
/// Address of a function of the table, or null.
void* address_of(const Function& function);
/// What the implementation and the platform say of the system.
const System& vendor_system();
/// The names of what this agent can play with this implementation, separated by commas.
void print_functions(Output& out);

/// Calls a function of the implementation that is not in a script. 0 where it is missing or raises.
std::uintptr_t call_vendor(const char* name, std::uintptr_t a = 0, std::uintptr_t b = 0,
                           std::uintptr_t c = 0, std::uintptr_t d = 0, std::uintptr_t e = 0,
                           std::uintptr_t f = 0);

/// The implementation's last error, through its own functions. Both cheap: they are looked up once.
struct LastErrorAccess {
  std::uint32_t (*get)();
  void (*set)(std::uint32_t);
};
const LastErrorAccess& last_error_access();

/// Profile `documented` or `windows`, where the implementation has a switch; for the scripts that
/// follow.
void choose_profile(bool documented);
/// Whether SeLockMemoryPrivilege is held, where the implementation has a switch; for the scripts
/// that follow.
void hold_privileges(bool lock_memory);

}  // namespace winmem::agent
