// Isolated scripts on Windows: the program starts itself anew and reads the full exit status of
// what it started.
#include "conformance/agent/windows/imports.h"

#include <cstring>

namespace winmem::agent::platform {

namespace {

/// The exit status with which a child reports that its script is over.
constexpr DWORD finished_status = 0x57a9e0d5;
constexpr DWORD turn_milliseconds = 100;
constexpr DWORD grace_milliseconds = 10000;
constexpr DWORD pipe_bytes = 0x400000;
constexpr std::size_t command_bytes = 0x2000;
constexpr int extended_limits = 9;  // JobObjectExtendedLimitInformation

struct Functions {
  BOOL(WINAPI* create_process)(LPCSTR, LPSTR, LPSECURITY_ATTRIBUTES, LPSECURITY_ATTRIBUTES, BOOL,
                               DWORD, LPVOID, LPCSTR, LPSTARTUPINFOA,
                               LPPROCESS_INFORMATION) = nullptr;
  DWORD(WINAPI* module_file_name)(HMODULE, LPSTR, DWORD) = nullptr;
  BOOL(WINAPI* create_pipe)(PHANDLE, PHANDLE, LPSECURITY_ATTRIBUTES, DWORD) = nullptr;
  BOOL(WINAPI* set_handle_information)(HANDLE, DWORD, DWORD) = nullptr;
  DWORD(WINAPI* wait)(HANDLE, DWORD) = nullptr;
  BOOL(WINAPI* exit_code)(HANDLE, LPDWORD) = nullptr;
  BOOL(WINAPI* terminate)(HANDLE, UINT) = nullptr;
  HANDLE(WINAPI* create_job)(LPSECURITY_ATTRIBUTES, LPCSTR) = nullptr;
  BOOL(WINAPI* limit_job)(HANDLE, JOBOBJECTINFOCLASS, LPVOID, DWORD) = nullptr;
  BOOL(WINAPI* assign_to_job)(HANDLE, HANDLE) = nullptr;

  template <typename Type>
  static void load(Type& slot, const char* name) {
    slot = from_kernel<Type>(name);
  }
  /// False when one of those is missing without which no process can be started and waited for.
  bool load_all() {
    load(create_process, "CreateProcessA");
    load(module_file_name, "GetModuleFileNameA");
    load(create_pipe, "CreatePipe");
    load(set_handle_information, "SetHandleInformation");
    load(wait, "WaitForSingleObject");
    load(exit_code, "GetExitCodeProcess");
    load(terminate, "TerminateProcess");
    load(create_job, "CreateJobObjectA");
    load(limit_job, "SetInformationJobObject");
    load(assign_to_job, "AssignProcessToJobObject");
    return create_process != nullptr && module_file_name != nullptr && create_pipe != nullptr &&
           set_handle_information != nullptr && wait != nullptr && exit_code != nullptr &&
           terminate != nullptr;
  }
};

/// Appends a quoted argument; quotation marks inside do not occur in paths.
void append(char* command, std::size_t& size, const char* text) {
  if (size != 0 && size + 1 < command_bytes) command[size++] = ' ';
  std::size_t length = std::strlen(text);
  if (size + length + 3 > command_bytes) return;
  command[size++] = '"';
  std::memcpy(command + size, text, length);
  size += length;
  command[size++] = '"';
  command[size] = 0;
}

/// A job that ends what is in it when this process ends, however it does; null where there are
/// none.
HANDLE make_job(const Functions& f) {
  static HANDLE job;
  if (job != nullptr || f.create_job == nullptr || f.limit_job == nullptr ||
      f.assign_to_job == nullptr)
    return job;
  job = f.create_job(nullptr, nullptr);
  if (job == nullptr) return nullptr;
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  f.limit_job(job, static_cast<JOBOBJECTINFOCLASS>(extended_limits), &limits, sizeof limits);
  return job;
}

bool start(const Functions& f, const char* const* arguments, HANDLE input,
           PROCESS_INFORMATION& child) {
  static char path[command_bytes];
  static char command[command_bytes];
  DWORD length = f.module_file_name(nullptr, path, sizeof path);
  if (length == 0 || length >= sizeof path) return false;
  std::size_t size = 0;
  append(command, size, path);
  for (; *arguments != nullptr; ++arguments) append(command, size, *arguments);
  HANDLE handles[] = {input, GetStdHandle(STD_OUTPUT_HANDLE), GetStdHandle(STD_ERROR_HANDLE)};
  for (HANDLE handle : handles)
    f.set_handle_information(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
  STARTUPINFOA startup = {};
  startup.cb = sizeof startup;
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = handles[0];
  startup.hStdOutput = handles[1];
  startup.hStdError = handles[2];
  return f.create_process(path, command, nullptr, nullptr, TRUE, 0, nullptr, nullptr, &startup,
                          &child) != 0;
}

Ending attend(const Functions& f, HANDLE process, bool (*host_gone)()) {
  DWORD left = grace_milliseconds;
  while (f.wait(process, turn_milliseconds) == WAIT_TIMEOUT) {
    if (!host_gone()) continue;
    left -= turn_milliseconds;
    if (left == 0) f.terminate(process, 1);
  }
  DWORD status = 0;
  f.exit_code(process, &status);
  return {status == finished_status ? Ending::Kind::finished : Ending::Kind::died, status};
}

}  // namespace

Ending run_self(const char* const* arguments, Text input, bool (*host_gone)()) {
  Ending ending = {Ending::Kind::not_started, 0};
  Functions f;
  if (!f.load_all()) return ending;
  HANDLE reading = nullptr;
  HANDLE writing = nullptr;
  if (!f.create_pipe(&reading, &writing, nullptr, pipe_bytes)) return ending;
  PROCESS_INFORMATION child = {};
  bool started = start(f, arguments, reading, child);
  CloseHandle(reading);
  if (started) {
    HANDLE job = make_job(f);
    if (job != nullptr) f.assign_to_job(job, child.hProcess);
    while (input.size != 0) {
      DWORD done = 0;
      DWORD piece = input.size < 0x1000 ? static_cast<DWORD>(input.size) : 0x1000;
      // A child that died early leaves a broken pipe: its exit status says the rest.
      if (!WriteFile(writing, input.data, piece, &done, nullptr)) break;
      input.data += done;
      input.size -= done;
    }
  }
  CloseHandle(writing);
  if (started) {
    ending = attend(f, child.hProcess, host_gone);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
  }
  return ending;
}

// The exit status has all bits here.
void report_death(std::uint32_t) {}

void finish_child() {
  leave(finished_status);
}

}  // namespace winmem::agent::platform
