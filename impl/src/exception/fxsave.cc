#include "exception/fxsave.h"

#include <cstdint>
#include <cstring>

namespace winmem::exception {

void MarkUsed(void* saved) {
  constexpr std::size_t kMagicAt = 464, kPartsAt = 512;
  constexpr std::uint32_t kMagic = 0x46505853;
  constexpr std::uint64_t kX87AndSse = 3;
  auto* bytes = static_cast<std::byte*>(saved);
  std::uint32_t magic;
  std::memcpy(&magic, bytes + kMagicAt, sizeof magic);
  if (magic != kMagic) return;
  std::uint64_t parts;
  std::memcpy(&parts, bytes + kPartsAt, sizeof parts);
  parts |= kX87AndSse;
  std::memcpy(bytes + kPartsAt, &parts, sizeof parts);
}

}  // namespace winmem::exception
