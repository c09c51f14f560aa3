#include "conformance/runner/vendor.h"

#include <gtest/gtest.h>

#include "conformance/runner/error.h"
#include "conformance/runner/paths.h"
#include "conformance/test/runner/temporary_folder.h"

namespace winmem::conformance {
namespace {

std::string refusal(const std::string& toml) {
  TemporaryFolder folder;
  std::string path = folder.write("toy.toml", toml);
  try {
    load_vendor(path);
  } catch (const CannotRun& error) {
    std::string text = error.what();
    return text.substr(text.find("toy.toml") + 9);
  }
  return "";
}

TEST(LoadVendor, ReadsEverythingThatAFileMaySay) {
  TemporaryFolder folder;
  Vendor vendor = load_vendor(folder.write("toy.toml", R"(
title = "Toy"
command = ["${build}/toy", "-x"]
version = ["toy", "--version"]
environment = { TOY = "${source}" }
bits = 32
profile = "documented"
privileges = ["SeLockMemoryPrivilege"]
[prepare]
command = ["make-toy"]
sets = "TOYBOX"
[[expected]]
case = "conformance/vendors/wine.toml"
rule = "HeapReAlloc.Null"
reason = "It never did."
fact = "HX-703"
verdict = "crash"
)"));
  EXPECT_EQ(vendor.name, "toy");
  EXPECT_EQ(vendor.title, "Toy");
  EXPECT_EQ(vendor.agent.arguments[0], build_folder().string() + "/toy");
  EXPECT_EQ(vendor.agent.environment.at("TOY"), source_folder().string());
  EXPECT_EQ(vendor.bits, 32u);
  EXPECT_EQ(vendor.profile, spec::Profile::documented);
  EXPECT_EQ(vendor.prepare_sets, "TOYBOX");
  ASSERT_EQ(vendor.expected.size(), 1u);
  EXPECT_EQ(vendor.expected[0].rule, "HeapReAlloc.Null");
  EXPECT_EQ(vendor.expected[0].fact, "HX-703");
  EXPECT_EQ(vendor.expected[0].verdict, CaseVerdict::crashes);
}

TEST(LoadVendor, NamesTheLineOfWhatIsWrong) {
  EXPECT_EQ(refusal("title = \"x\"\n"), "1: command: expected the words of a command");
  EXPECT_EQ(refusal("command = [\"a\"]\nbits = 48\n"), "2: bits: expected 32 or 64");
  EXPECT_EQ(
      refusal("command = [\"a\"]\ntitel = \"x\"\n"),
      "2: titel: expected one of bits, command, environment, expected, files, missing, prepare, "
      "privileges, profile, title, version");
  EXPECT_EQ(refusal("command = [\"a\"]\nprofile = \"xp\"\n"),
            "2: profile: expected the name of a profile");
  EXPECT_EQ(refusal("command = \"a\"\n"), "1: command: expected a list of texts");
  EXPECT_EQ(refusal("command = [\"a\"]\n[[expected]]\nreason = \"x\"\n"),
            "2: case: expected a case or a rule");
  EXPECT_EQ(refusal("command = [\"a\"]\n[[expected]]\nrule = \"HeapReAlloc.Null\"\n"),
            "2: reason: expected a sentence");
  EXPECT_EQ(refusal("command = [\"a\"]\n[[expected]]\nrule = \"HeapReAlloc.Nul\"\nreason = "
                    "\"y\"\n")
                .substr(0, 68),
            "3: rule: expected the id of a rule; the nearest are HeapReAlloc.Null");
  EXPECT_EQ(refusal("command = [\"a\"]\n[[expected]]\nrule = \"HeapReAlloc.Null\"\nreason = "
                    "\"y\"\nfact = \"XX-1\"\n"),
            "5: fact: expected the id of a fact in conformance/evidence");
  EXPECT_EQ(refusal("command = [\"a\"]\n[[expected]]\nrule = \"HeapReAlloc.Null\"\nreason = "
                    "\"y\"\nverdict = \"worse\"\n"),
            "5: verdict: expected deviates, crash or hang");
  EXPECT_EQ(refusal("command = [\"a\"]\nmissing = \"${buidl}/x\"\n"),
            "2: missing: '${buidl}' is neither ${source} nor ${build}");
  EXPECT_EQ(refusal("command = [\"a\"]\n[[expected]]\ncase = \"x\"\nreason = \"y\"\n"),
            "3: case: expected the path of a case, in the source tree or beside this file");
  EXPECT_NE(refusal("command = [\"a\"\n"), "");
}

TEST(FindVendor, KnowsNamesLibrariesAndCommands) {
  EXPECT_EQ(find_vendor("reference").title, "the reference");
  Vendor native = find_vendor("native:lib/x.so");
  ASSERT_EQ(native.agent.arguments.size(), 3u);
  EXPECT_TRUE(std::filesystem::path(native.agent.arguments[2]).is_absolute());
  EXPECT_EQ(find_vendor("exec:emulator --quiet 'my agent.exe'").agent.arguments,
            (std::vector<std::string>{"emulator", "--quiet", "my agent.exe"}));
}

TEST(FindVendor, KeepsWhatWasTypedSoThatItMeansTheSameInAnyFolder) {
  TemporaryFolder folder;
  std::string file = folder.write("own.toml", "command = [\"a\"]\n");
  std::string relative = std::filesystem::relative(file).string();
  EXPECT_EQ(find_vendor(relative).typed, file);
  EXPECT_EQ(find_vendor("native:lib/x.so").typed,
            "native:" + (std::filesystem::current_path() / "lib/x.so").string());
  EXPECT_EQ(find_vendor("reference").typed, "reference");
  EXPECT_EQ(find_vendor("exec:./a --file b.toml").typed, "exec:./a --file b.toml");
}

TEST(LoadVendor, TakesAnExpectationOfACaseBesideItsFile) {
  TemporaryFolder folder;
  std::string own = folder.write("cases/own.txt", "SetLastError(1)\n");
  std::string expected = "command = [\"a\"]\n[[expected]]\nreason = \"y\"\ncase = ";
  Vendor beside = load_vendor(folder.write("a.toml", expected + "\"cases/own.txt\"\n"));
  EXPECT_EQ(beside.expected[0].case_path, own);
  const char* known = "conformance/cases/virtual/VirtualUnlock/one-unlock-undoes-every-lock.txt";
  Vendor suite = load_vendor(folder.write("b.toml", expected + "\"" + known + "\"\n"));
  EXPECT_EQ(suite.expected[0].case_path, known);
}

TEST(FindVendor, ListsTheNamesWhereThereIsNoSuchVendor) {
  try {
    find_vendor("windows");
    FAIL() << "there is no such vendor";
  } catch (const CannotRun& error) {
    EXPECT_NE(std::string(error.what()).find("reference, reference32, wine, winpr"),
              std::string::npos)
        << error.what();
  }
}

TEST(PrepareVendor, NamesWhatIsMissingAndWhatToInstall) {
  TemporaryFolder folder;
  Vendor vendor = load_vendor(folder.write(
      "toy.toml",
      "title = \"Toy\"\ncommand = [\"no-such-program-here\"]\nmissing = \"install toys\"\n"));
  try {
    prepare_vendor(vendor);
    FAIL() << "it is not here";
  } catch (const CannotRun& error) {
    EXPECT_STREQ(error.what(), "Toy is not here: no-such-program-here is missing; install toys");
  }
}

TEST(PrepareVendor, PutsTheFirstLineOfThePreparationIntoTheEnvironment) {
  TemporaryFolder folder;
  Vendor vendor = load_vendor(folder.write(
      "toy.toml",
      "command = [\"true\"]\nversion = [\"sh\", \"-c\", \"echo $BOX\"]\n"
      "[prepare]\ncommand = [\"sh\", \"-c\", \"echo /box; echo more\"]\nsets = \"BOX\"\n"));
  prepare_vendor(vendor);
  EXPECT_EQ(vendor.agent.environment.at("BOX"), "/box");
  EXPECT_EQ(version_of(vendor), "/box");
}

TEST(PrepareVendor, TellsWhatAFailingPreparationSaid) {
  TemporaryFolder folder;
  Vendor vendor = load_vendor(folder.write("toy.toml",
                                           "command = [\"true\"]\n[prepare]\ncommand = [\"sh\", "
                                           "\"-c\", \"echo no room >&2; exit 2\"]\n"));
  try {
    prepare_vendor(vendor);
    FAIL() << "it failed";
  } catch (const CannotRun& error) {
    EXPECT_STREQ(error.what(), "sh failed: no room\n");
  }
}

}  // namespace
}  // namespace winmem::conformance
