// Rules made wrong on purpose. A specification is worth what notices when it is changed: each rule
// is made wrong in each way that it can be, one at a time, and the traces of real Windows and the
// cases must tell (conformance/tools/mutants.cpp).
#pragma once

#include "model/rule/clause.h"

namespace winmem::spec {

enum class Mutation : std::uint8_t {
  dropped,          ///< the clause is not there
  another_error,    ///< it fails with another error, or raises another exception
  wider_error,      ///< the last error may be any
  may_fail,         ///< an effect may fail as well
  changes_nothing,  ///< what it changes stays as it was
};
constexpr Mutation all_mutations[] = {Mutation::dropped, Mutation::another_error,
                                      Mutation::wider_error, Mutation::may_fail,
                                      Mutation::changes_nothing};
const char* name_of(Mutation mutation);

/// ERROR_CURRENT_DIRECTORY: none of the functions sets it, and no rule allows it.
constexpr std::uint32_t another_error = 16;

/// Makes the failures others; false where they say nothing that could be another.
bool change_errors(Failures& failures);
/// Lets the failures have any last error; false where they do already.
bool widen_errors(Failures& failures);

/// Whether a call of the function can fail at all: by a value, of which those tell that a clause
/// does not take, too; accesses by an exception.
bool can_fail(const Function& function, bool clause_tells_its_value);

/// Makes the clause of the function's page wrong; false where that would change nothing.
template <class V>
bool mutate(Clause<V>& clause, Mutation mutation, const Function& function) {
  if (clause.undefined || clause.unspecified) return false;
  switch (mutation) {
    case Mutation::dropped:
      clause.when = [](const V&) { return false; };
      return true;
    case Mutation::another_error: {
      const bool first = change_errors(clause.fails_first);
      return change_errors(clause.fails) || first;
    }
    case Mutation::wider_error: {
      bool changed = widen_errors(clause.fails_first);
      changed = widen_errors(clause.fails) || changed;
      changed = changed || (clause.succeeds && clause.leaves.kind != Error::Kind::anything);
      clause.leaves = any_error;
      return changed;
    }
    case Mutation::may_fail:
      if (!clause.succeeds || clause.may_fail[0].used) return false;
      if (!can_fail(function, clause.returns != nullptr)) return false;
      clause.may_fail = {Failure(any_error), raising(STATUS_ACCESS_VIOLATION)};
      return true;
    case Mutation::changes_nothing:
      if (!clause.then) return false;
      clause.then = nullptr;
      return true;
  }
  return false;
}

}  // namespace winmem::spec
