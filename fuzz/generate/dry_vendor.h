// A vendor that is not there: it answers as the model allows, at addresses that nobody used before.
// The generator plays its calls on it, and so knows what lives.
#pragma once

#include <vector>

#include "model/oracle/oracle.h"

namespace winmem::fuzz {

class DryVendor {
 public:
  explicit DryVendor(const System& system);

  /// An allowed outcome as a vendor would report it: a success where one is allowed. Its fields
  /// live until the next answer. With nothing allowed: `unsupported`.
  Outcome answer(const Call& call, const std::vector<spec::Allowed>& allowed,
                 std::uint64_t wanted_bytes);

 private:
  System system_;
  std::uint64_t next_;  ///< nothing lies here or above
  std::vector<FieldPattern> fields_;

  std::uint64_t fresh(std::uint64_t bytes);
  void settle(const Function& function, Kind kind, Pattern& pattern, std::uint64_t bytes);
};

}  // namespace winmem::fuzz
