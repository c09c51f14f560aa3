// Input, output and files on Windows.
#include "conformance/agent/windows/imports.h"

namespace winmem::agent::platform {

namespace {

bool write_all(DWORD which, Text text) {
  HANDLE file = GetStdHandle(which);
  while (text.size != 0) {
    DWORD piece = text.size < 0x10000 ? static_cast<DWORD>(text.size) : 0x10000;
    DWORD done = 0;
    if (!WriteFile(file, text.data, piece, &done, nullptr) || done == 0) return false;
    text.data += done;
    text.size -= done;
  }
  return true;
}

}  // namespace

std::size_t read_input(char* buffer, std::size_t size) {
  DWORD got = 0;
  DWORD most = size < 0x10000 ? static_cast<DWORD>(size) : 0x10000;
  return ReadFile(GetStdHandle(STD_INPUT_HANDLE), buffer, most, &got, nullptr) ? got : 0;
}

bool input_waiting() {
  using Peek = BOOL(WINAPI*)(HANDLE, LPVOID, DWORD, LPDWORD, LPDWORD, LPDWORD);
  auto peek = from_kernel<Peek>("PeekNamedPipe");
  if (peek == nullptr) return false;
  DWORD waiting = 0;
  if (peek(GetStdHandle(STD_INPUT_HANDLE), nullptr, 0, nullptr, &waiting, nullptr))
    return waiting != 0;
  // The writing end is closed: a read returns at once. Of a file or a console nothing is known.
  using LastError = DWORD(WINAPI*)();
  auto last_error = from_kernel<LastError>("GetLastError");
  return last_error != nullptr && last_error() == ERROR_BROKEN_PIPE;
}

bool write_output(Text text) {
  return write_all(STD_OUTPUT_HANDLE, text);
}

void write_error(Text text) {
  write_all(STD_ERROR_HANDLE, text);
}

bool read_file(const char* path, char* buffer, std::size_t capacity, std::size_t& size) {
  HANDLE file =
      CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
  if (file == INVALID_HANDLE_VALUE) return false;
  size = 0;
  DWORD got = 0;
  bool read = true;
  do {
    std::size_t room = capacity - size;
    DWORD piece = room < 0x10000 ? static_cast<DWORD>(room) : 0x10000;
    read = ReadFile(file, buffer + size, piece, &got, nullptr) != 0;
    size += got;
  } while (read && got != 0 && size < capacity);
  CloseHandle(file);
  return read && size < capacity;
}

void leave(std::uint32_t status) {
  ExitProcess(status);
  __builtin_unreachable();
}

}  // namespace winmem::agent::platform
