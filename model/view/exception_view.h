// Exceptions that a program raises itself, and the handlers that it adds and removes.
#pragma once

#include "model/rule/clause.h"

namespace winmem::spec {

struct RaiseView : View {
  std::uint32_t status;
  std::vector<std::uint64_t> saw;  ///< tokens of the handlers that see it, in order
  bool resumes = false;

  explicit RaiseView(View base) : View(base), status(dword(0)) {
    for (const VectoredHandler& handler : state.handlers) {
      if (handler.status != 0 && handler.status != status) continue;
      saw.push_back(handler.token);
      resumes = handler.resumes;
      if (resumes) break;
    }
  }
  bool reserved_bit() const { return status & 0x10000000; }
  /// More parameters than there can be, or some in the script's own memory.
  bool parameters_open() const { return dword(2) > 15 || (!agents_own(3) && argument[3] != 0); }
  bool continuable() const { return (dword(1) & EXCEPTION_NONCONTINUABLE) == 0; }
  bool exceptions_right(const Seen& seen) const {
    if (seen.outcome->sightings.size != saw.size()) return false;
    for (std::uint32_t i = 0; i < saw.size(); ++i)
      if (seen.outcome->sightings[i].exception.status != status) return false;
    const winmem::Exception& raised = seen.outcome->exception;
    const bool counted = seen.outcome->kind == Outcome::Kind::raises && raised.parameters_stated && argument[3] != 0;
    return !counted || raised.parameters.size == dword(2);
  }
};

struct HandlerView : View {
  explicit HandlerView(View base) : View(base) {}
  void add(std::uint64_t token) {
    const Handler& handler = call.arguments[1].handler;
    const VectoredHandler made{token, handler.status, handler.action == Handler::Action::resume};
    const bool first = argument[0] != 0;
    state.handlers.insert(first ? state.handlers.begin() : state.handlers.end(), made);
  }
};

struct RemoveView : View {
  explicit RemoveView(View base) : View(base) {}
  const VectoredHandler* handler() const {
    for (const VectoredHandler& each : state.handlers)
      if (each.token == argument[0]) return &each;
    return nullptr;
  }
  void remove() { state.handlers.erase(state.handlers.begin() + (handler() - state.handlers.data())); }
};

}  // namespace winmem::spec
