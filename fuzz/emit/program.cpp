#include "fuzz/emit/program.h"
namespace winmem::fuzz {
std::string program_of(const Draft&, const conformance::CaseResult&) {
  return "";
}
}  // namespace winmem::fuzz
