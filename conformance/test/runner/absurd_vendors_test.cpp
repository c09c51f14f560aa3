// The suite sees what is wrong: each absurd vendor is found out in a case of every function that it
// gets wrong.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "conformance/runner/paths.h"
#include "conformance/runner/run.h"
#include "conformance/test/vendors/absurd_functions.h"

namespace winmem::conformance {
namespace {

#define NAME_OF(name) #name,
const std::set<std::string> all_functions = {ABSURD_BOOLEANS(NAME_OF) ABSURD_VALUES(
    NAME_OF) ABSURD_HANDLES(NAME_OF) ABSURD_SIZES(NAME_OF) ABSURD_FLAGS(NAME_OF)};
#undef NAME_OF

/// The functions that a case is about: that of its folder, and those of which it expects something.
std::set<std::string> functions_under_test(const ScriptFile& file) {
  std::set<std::string> names = {
      std::filesystem::path(file.path).parent_path().filename().string()};
  for (const Step& step : file.script.steps)
    if (step.has_outcome) names.emplace(view(step.call.function->name));
  return names;
}

class AbsurdVendor : public testing::Test {
 protected:
  AbsurdVendor() {
    for (const auto& path :
         collect_scripts({(source_folder() / "conformance" / "cases").string()})) {
      files_.push_back(load_script(path));
      scripts_.push_back(files_.back().get());
      tested_.merge(functions_under_test(*files_.back()));
    }
  }

  struct Found {
    std::set<std::string> in_cases;  ///< of which some case deviates
    std::set<std::string> in_calls;  ///< of which a call itself deviates
  };
  Found found_out(const std::string& vendor, spec::Profile profile) {
    vendor_ =
        find_vendor("native:" + std::string(WINMEM_TOOLS) + "/winmem_absurd_" + vendor + ".so");
    RunOptions options;
    options.profile = profile;
    VendorRun run = run_vendor(vendor_, scripts_, options);
    Found found;
    for (const CaseResult& result : run.results) {
      if (result.is_finding()) found.in_cases.merge(functions_under_test(*result.file));
      for (const Deviation& deviation : result.deviations)
        found.in_calls.emplace(view(result.file->script.steps[deviation.step].call.function->name));
    }
    return found;
  }

  /// `but` are functions in which one thread cannot see anything wrong, `right_calls` those whose
  /// calls by themselves answer as they should.
  void expect_found_out(const std::string& vendor, const std::set<std::string>& but = {},
                        const std::set<std::string>& right_calls = {}) {
    const Found found = found_out(vendor, spec::Profile::windows);
    for (const std::string& name : all_functions) {
      bool must_be_seen = tested_.contains(name) && !but.contains(name);
      EXPECT_TRUE(found.in_cases.contains(name) || !must_be_seen)
          << vendor << " passes for right in " << name;
    }
    for (const char* name : {"VirtualAlloc", "VirtualFree", "HeapAlloc", "HeapFree", "GlobalAlloc",
                             "GlobalFree", "LocalAlloc", "LocalFree"})
      EXPECT_TRUE(found.in_calls.contains(name) || right_calls.contains(name))
          << vendor << ": no call of " << name << " deviates";
  }

  std::vector<std::unique_ptr<ScriptFile>> files_;
  std::vector<const ScriptFile*> scripts_;
  std::set<std::string> tested_;
  Vendor vendor_;
};

TEST_F(AbsurdVendor, InWhichEverythingFailsIsFoundOutInEveryFunction) {
  expect_found_out("everything_fails");
}

// TRUE is what HeapFree should say; that it frees nothing, HeapValidate tells. Any value but NULL
// may be the process heap's handle, and that HeapLock locks nothing can be seen by a second thread
// alone.
TEST_F(AbsurdVendor, InWhichNothingHappensIsFoundOutInEveryFunctionThatItGetsWrong) {
  expect_found_out("nothing_happens", {"GetProcessHeap", "HeapLock"}, {"HeapFree"});
}

TEST_F(AbsurdVendor, ThatIgnoresTheFlagsOfVirtualAllocIsFoundOutInItsOwnCalls) {
  const Found found = found_out("flags_ignored", spec::Profile::windows);
  EXPECT_TRUE(found.in_calls.contains("VirtualAlloc"));
}

// What it does not free is still valid (HF-008), and by the documentation flags make it fail.
TEST_F(AbsurdVendor, WhoseHeapFreeIsAlwaysTrueIsFoundOutInCasesOfHeapFree) {
  const Found on_windows = found_out("free_is_always_true", spec::Profile::windows);
  EXPECT_TRUE(on_windows.in_cases.contains("HeapFree"));
  EXPECT_TRUE(on_windows.in_calls.contains("HeapValidate"));
  const Found documented = found_out("free_is_always_true", spec::Profile::documented);
  EXPECT_TRUE(documented.in_calls.contains("HeapFree"));
}

}  // namespace
}  // namespace winmem::conformance
