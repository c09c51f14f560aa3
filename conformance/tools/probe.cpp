// winmem-probe: who a vendor is, what it has, and what it lacks.
#include <fmt/core.h>
#include <fmt/ranges.h>

#include "conformance/runner/conversation.h"
#include "conformance/runner/error.h"
#include "conformance/runner/json.h"
#include "conformance/runner/script_file.h"
#include "conformance/runner/vendor.h"
#include "conformance/tools/tool.h"

namespace winmem::conformance {
namespace {

struct Options {
  std::string vendor, json;
};

struct Functions {
  std::vector<std::string> present, absent;
};

Functions sort_functions(const Hello& hello) {
  Functions result;
  for (const Function& function : functions()) {
    if (!function.from_vendor) continue;
    std::string name(view(function.name));
    (hello.functions.contains(name) ? result.present : result.absent).push_back(name);
  }
  return result;
}

void print_text(std::FILE* out, const Vendor& vendor, const Hello& hello,
                const std::string& version, const Functions& found) {
  const System& system = hello.system;
  auto assumed = [&](const char* key) { return hello.told(key) ? "" : " (assumed: not told)"; };
  fmt::print(out, "vendor:      {}{}\n", vendor.title, version.empty() ? "" : " (" + version + ")");
  fmt::print(out, "agent:       {}\n", hello.agent.empty() ? "not told" : hello.agent);
  fmt::print(out, "version:     {}\n", hello.version.empty() ? "not told" : hello.version);
  fmt::print(out, "bits:        {}{}\n", system.bits, assumed("bits"));
  fmt::print(out, "page:        0x{:x}{}\n", system.page, assumed("page"));
  fmt::print(out, "granularity: 0x{:x}{}\n", system.granularity, assumed("granularity"));
  fmt::print(out, "minimum:     0x{:x}{}\n", system.minimum, assumed("minimum"));
  fmt::print(out, "maximum:     0x{:x}{}\n", system.maximum, assumed("maximum"));
  fmt::print(out, "large page:  0x{:x}{}\n", system.large_page, assumed("large"));
  fmt::print(out, "heap:        {}\n", hello.heap.empty() ? "not told" : hello.heap);
  fmt::print(out, "profile:     {}\n", spec::name_of(vendor.profile));
  fmt::print(out, "has {}:  {}\n", found.present.size(), fmt::join(found.present, " "));
  fmt::print(out, "lacks {}: {}\n", found.absent.size(), fmt::join(found.absent, " "));
}

int work(const Options& options) {
  Vendor vendor = find_vendor(options.vendor);
  prepare_vendor(vendor);
  Conversation agent(vendor, std::chrono::seconds(60));
  const Hello& hello = agent.hello();
  std::string version = version_of(vendor);
  Functions found = sort_functions(hello);
  print_text(options.json == "-" ? stderr : stdout, vendor, hello, version, found);
  if (options.json.empty()) return exit_conforms;
  write_json(options.json, {{"vendor", vendor.name},
                            {"title", vendor.title},
                            {"version", version},
                            {"agent", hello.agent},
                            {"system", hello.system_text},
                            {"bits", hello.system.bits},
                            {"present", found.present},
                            {"absent", found.absent}});
  return exit_conforms;
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  Options options;
  CLI::App app{"Tells who a vendor is, which functions it has, and which it lacks.",
               "winmem probe"};
  app.add_option(
         "--vendor", options.vendor,
         "a name from conformance/vendors, the path of a file like those, native:PATH.so or "
         "exec:COMMAND")
      ->required();
  app.add_option("--json", options.json, "writes the answer to this file, - for stdout");
  return run_tool(app, argc, argv, [&] { return work(options); });
}
