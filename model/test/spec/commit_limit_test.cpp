// A commit limit that the script set, and large pages with and without their privilege.
#include "model/test/oracle/judging.h"

namespace winmem::test {
namespace {

TEST(CommitLimit, IsExactWhereOnlyTheScriptCommits) {
  judge(std::string(two_pages()) + R"(
commit_limit(0x4fff) -> ok
VirtualAlloc(p, 0x7000, MEM_COMMIT, PAGE_READWRITE) -> p                                     ;; deviates VirtualAlloc.Commit.WithinTheLimit value)");
  judge(std::string(two_pages()) + R"(
commit_limit(0x4fff) -> ok
VirtualAlloc(p, 0x7000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_NOT_ENOUGH_MEMORY         ;; deviates VirtualAlloc.Commit.WithinTheLimit last error
VirtualAlloc(p, 0x7000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_COMMITMENT_LIMIT
VirtualAlloc(NULL, 0x5000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_COMMITMENT_LIMIT
VirtualAlloc(p, 0x6000, MEM_COMMIT, PAGE_READWRITE) -> p
VirtualAlloc(p, 0x6000, MEM_COMMIT, PAGE_READONLY) -> NULL !ERROR_COMMITMENT_LIMIT)");
}

TEST(CommitLimit, LeavesRoomForWhatIsWithinIt) {
  judge(std::string(two_pages()) + R"(
commit_limit(0x1000) -> ok
VirtualAlloc(p+0x2000, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_COMMITMENT_LIMIT   ;; deviates VirtualAlloc.Commit.CommitsWholePages value)");
  judge(std::string(two_pages()) + R"(
commit_limit(0) -> ok
VirtualAlloc(p+0x2000, 1, MEM_COMMIT, PAGE_READWRITE) -> NULL !ERROR_COMMITMENT_LIMIT
q = VirtualAlloc(NULL, 0x10000, MEM_RESERVE, PAGE_READWRITE) -> 0x11000000
VirtualFree(p, 0x1000, MEM_DECOMMIT) -> TRUE
VirtualAlloc(q, 0x1000, MEM_COMMIT, PAGE_READWRITE) -> q
commit_limit(SIZE_MAX) -> ok
VirtualAlloc(q, 0x2000, MEM_COMMIT, PAGE_READWRITE) -> q)");
}

TEST(CommitLimit, IsVagueWhereHeapsCommitToo) {
  for (const char* came : {"p", "NULL !ERROR_COMMITMENT_LIMIT"})
    judge(std::string(two_pages()) + R"(
h = HeapCreate(0, 0, 0) -> 0x600000
commit_limit(0x1000) -> ok
VirtualAlloc(p, 0x3000, MEM_COMMIT, PAGE_READWRITE) -> )" +
          came);
  judge(R"(
commit_limit(0x1000) -> ok
HeapCreate(0, 0, 0) -> NULL !ERROR_NOT_ENOUGH_MEMORY)");
}

TEST(LargePages, AreThereOnlyWithThePrivilege) {
  const std::string call =
      "VirtualAlloc(NULL, 0x200000, MEM_RESERVE|MEM_COMMIT|MEM_LARGE_PAGES, PAGE_READWRITE) -> ";
  judge(call + "NULL !ERROR_PRIVILEGE_NOT_HELD");
  judge(call + "0x10000000     ;; deviates VirtualAlloc.LargePages.NeedPrivilege value");
  const std::string held = "# requires: bits=64 privilege=SeLockMemoryPrivilege\n";
  judge(held + call + "0x10000000     ;; conforms VirtualAlloc.LargePages.MayNotBeHad");
  judge(held + call + "NULL !ERROR_NO_SYSTEM_RESOURCES");
  judge(held + call +
        "NULL !ERROR_PRIVILEGE_NOT_HELD     ;; deviates VirtualAlloc.LargePages.MayNotBeHad value");
}

}  // namespace
}  // namespace winmem::test
