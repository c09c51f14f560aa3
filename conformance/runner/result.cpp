#include "conformance/runner/result.h"

namespace winmem::conformance {

const char* name_of(CaseVerdict verdict) {
  switch (verdict) {
    case CaseVerdict::conforms:
      return "conform";
    case CaseVerdict::deviates:
      return "deviate";
    case CaseVerdict::crashes:
      return "crash";
    case CaseVerdict::hangs:
      return "hang";
    case CaseVerdict::garbage:
      return "garbage";
    case CaseVerdict::unsupported:
      return "unsupported";
    case CaseVerdict::unjudged:
      return "unjudged";
  }
  return "";
}

}  // namespace winmem::conformance
