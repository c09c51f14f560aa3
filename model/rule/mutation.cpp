#include "model/rule/mutation.h"

namespace winmem::spec {
namespace {
constexpr std::uint32_t another_status = 0xc000001d;  // an illegal instruction
}  // namespace

bool can_fail(const Function& function, bool clause_tells_its_value) {
  return function.success != Success::always || clause_tells_its_value ||
         function.family == Family::access;
}

const char* name_of(Mutation mutation) {
  switch (mutation) {
    case Mutation::dropped:
      return "dropped";
    case Mutation::another_error:
      return "another error";
    case Mutation::wider_error:
      return "any error";
    case Mutation::may_fail:
      return "may fail";
    case Mutation::changes_nothing:
      return "changes nothing";
  }
  return "";
}

bool change_errors(Failures& failures) {
  bool changed = false;
  for (Failure& failure : failures) {
    if (failure.raises) {
      failure.raises = another_status;
      changed = true;
    } else if (failure.used && failure.error.kind != Error::Kind::anything) {
      failure.error = Error(another_error);
      changed = true;
    }
  }
  return changed;
}

bool widen_errors(Failures& failures) {
  bool changed = false;
  for (Failure& failure : failures) {
    if (!failure.used || failure.raises || failure.error.kind == Error::Kind::anything) continue;
    failure.error = any_error;
    changed = true;
  }
  return changed;
}

}  // namespace winmem::spec
