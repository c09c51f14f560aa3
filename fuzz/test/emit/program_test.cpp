// The programs are compiled and run here: against the reference they do as Windows does.
#include "fuzz/emit/program.h"

#include <gtest/gtest.h>

#include "conformance/runner/process.h"
#include "conformance/test/runner/temporary_folder.h"
#include "fuzz/play/session.h"

namespace winmem::fuzz {
namespace {

using conformance::TemporaryFolder;

struct Ran {
  int code = -1;
  std::string output;
};

Ran run(std::vector<std::string> words) {
  conformance::Process process({std::move(words), {}});
  Ran ran;
  std::string line;
  const auto deadline = conformance::Clock::now() + std::chrono::seconds(60);
  while (process.next_line(line, deadline) == conformance::Process::Got::line)
    ran.output += line + "\n";
  ran.code = process.wait(deadline).code;
  ran.output += process.log();
  return ran;
}

/// Compiles a program with the reference's header in place of windows.h and runs it.
Ran compiled_and_run(const std::string& source, const std::string& library = "winmem") {
  TemporaryFolder folder;
  const std::string file = folder.write("program.c", source),
                    program = (folder.path() / "program").string();
  const Ran compiled = run({"cc", "-Wall", "-Werror", "-Wno-unused-function", "-O1", "-I",
                            WINMEM_HEADERS, "-o", program, file, "-L", WINMEM_LIBRARIES,
                            "-l:" + (library == "winmem" ? "libwinmem.so" : library + ".so"),
                            "-lwinmem", "-Wl,-rpath," WINMEM_LIBRARIES});
  if (compiled.code != 0) return {-2, compiled.output + source};
  return run({program});
}

Shown shown_by(const std::string& vendor_name, const Draft& draft) {
  conformance::Vendor vendor = conformance::find_vendor(vendor_name);
  conformance::prepare_vendor(vendor);
  Session session(vendor, spec::Profile::windows, std::chrono::seconds(10));
  return session.play_one(draft, conformance::Sharing::isolated);
}

TEST(Program, OfEveryKindOfCallCompilesAndDoesAsWindowsOnTheReference) {
  const auto file = conformance::parse_script_text(
      "test",
      "p = VirtualAlloc(NULL, 0x3000, MEM_COMMIT|MEM_RESERVE, PAGE_READWRITE)\n"
      "VirtualQuery(p, out, sizeof)\nVirtualProtect(p, 0x1000, PAGE_READONLY, out)\n"
      "fill(p, 4, 1)\npattern(p+0x1000, 0x10, 3)\nread(p+0x1000, 0x10)\nload(p, 8)\n"
      "store(p+0x1000, 4, 9)\nb = 4 * GlobalAlloc(GMEM_MOVEABLE, 16)\nGlobalFree(each b)\n"
      "h = HeapCreate(0, 0, 0)\n8 * HeapWalk(h, out)\nSetLastError(5)\nGetLastError()\n"
      "GetSystemInfo(out)\nv = AddVectoredExceptionHandler(1, on=0xe0000001 do=continue)\n"
      "RaiseException(0xe0000001, 0, 0, NULL)\n");
  const Draft draft = Draft::of(file->script);
  conformance::CaseResult result;
  result.file = file.get();
  const Ran ran = compiled_and_run(program_of(draft, result, System{}, spec::Profile::windows));
  EXPECT_EQ(ran.code, 0) << ran.output;
  EXPECT_NE(ran.output.find("raises 0xc0000005"), std::string::npos) << ran.output;
  EXPECT_NE(ran.output.find("as Windows does"), std::string::npos) << ran.output;
}

TEST(Program, OfADeviationExitsWithZeroWhereItIsDoneAsOnWindowsAndWithOneWhereNot) {
  const auto file =
      conformance::parse_script_text("test", "p = VirtualAlloc(NULL, 0x1000, 0, PAGE_READWRITE)\n");
  const Draft draft = Draft::of(file->script);
  const Shown shown = shown_by(std::string("native:") + WINMEM_ABSURD "flags_ignored.so", draft);
  ASSERT_FALSE(shown.result.deviations.empty());
  const std::string source = program_of(draft, shown.result, System{}, spec::Profile::windows);
  EXPECT_NE(source.find("source: "), std::string::npos);
  const Ran right = compiled_and_run(source);
  EXPECT_EQ(right.code, 0) << right.output << source;
  const Ran wrong = compiled_and_run(source, "winmem_absurd_flags_ignored");
  EXPECT_EQ(wrong.code, 1) << wrong.output << source;
  EXPECT_NE(wrong.output.find("deviates from Windows"), std::string::npos);
}

}  // namespace
}  // namespace winmem::fuzz
