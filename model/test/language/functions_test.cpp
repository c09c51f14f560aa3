#include "model/language/functions.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>

#include "model/test/language/reading.h"

namespace winmem::test {
namespace {

const Function& function(Text name) {
  const Function* found = find_function(name);
  if (found == nullptr) throw std::runtime_error(string(name));
  return *found;
}

TEST(Functions, AreFoundByTheirNameAndNothingElseIs) {
  std::set<std::string> names;
  for (const Function& f : functions()) {
    EXPECT_EQ(find_function(f.name), &f);
    EXPECT_EQ(&functions()[index_of(&f)], &f);
    EXPECT_TRUE(names.insert(string(f.name)).second);
  }
  EXPECT_EQ(find_function("VirtualAlloc2"), nullptr);
  EXPECT_EQ(find_function("virtualalloc"), nullptr);
  EXPECT_EQ(find_function(""), nullptr);
}

TEST(Functions, TheTableHoldsAllFunctionsUnderTestAndTheirCompanions) {
  for (const char* name : {"VirtualAlloc",
                           "VirtualFree",
                           "HeapAlloc",
                           "HeapFree",
                           "GlobalAlloc",
                           "GlobalFree",
                           "LocalAlloc",
                           "LocalFree",
                           "GetLastError",
                           "SetLastError",
                           "VirtualQuery",
                           "VirtualProtect",
                           "VirtualLock",
                           "VirtualUnlock",
                           "GetWriteWatch",
                           "ResetWriteWatch",
                           "GetSystemInfo",
                           "GetLargePageMinimum",
                           "HeapCreate",
                           "HeapDestroy",
                           "HeapReAlloc",
                           "HeapSize",
                           "HeapValidate",
                           "GetProcessHeap",
                           "HeapLock",
                           "HeapUnlock",
                           "HeapWalk",
                           "HeapCompact",
                           "HeapSetInformation",
                           "HeapQueryInformation",
                           "GlobalReAlloc",
                           "GlobalLock",
                           "GlobalUnlock",
                           "GlobalSize",
                           "GlobalFlags",
                           "GlobalHandle",
                           "LocalReAlloc",
                           "LocalLock",
                           "LocalUnlock",
                           "LocalSize",
                           "LocalFlags",
                           "LocalHandle",
                           "RaiseException",
                           "AddVectoredExceptionHandler",
                           "RemoveVectoredExceptionHandler",
                           "AllocateUserPhysicalPages",
                           "MapUserPhysicalPages",
                           "FreeUserPhysicalPages",
                           "fill",
                           "pattern",
                           "read",
                           "load",
                           "store",
                           "execute",
                           "view",
                           "commit_limit",
                           "image",
                           "stack"})
    EXPECT_NE(find_function(Text(name, std::char_traits<char>::length(name))), nullptr) << name;
}

TEST(Functions, EveryEntryHoldsTogether) {
  for (const Function& f : functions()) {
    SCOPED_TRACE(string(f.name));
    EXPECT_LE(f.parameter_count, max_parameters);
    EXPECT_TRUE(f.ends == no_parameter || f.ends < f.parameter_count);
    EXPECT_TRUE(f.extent == no_parameter || f.parameters[f.extent].kind == Kind::size);
    EXPECT_EQ(f.from_vendor, f.family != Family::access && f.family != Family::setup);
    for (unsigned i = 0; i < f.field_count; ++i) {
      const Field& field = f.fields[i];
      ASSERT_LT(field.parameter, f.parameter_count);
      const Kind kind = f.parameters[field.parameter].kind;
      EXPECT_TRUE(kind == Kind::structure || kind == Kind::value || kind == Kind::list);
      if (kind != Kind::structure) continue;
      EXPECT_LE(field.offset64 + field.width64, f.structure64);
      EXPECT_LE(field.offset32 + field.width32, f.structure32);
    }
  }
}

TEST(Functions, StructuresHaveTheSizesOfTheWindowsSdk) {
  EXPECT_EQ(structure_size(function("VirtualQuery"), 64), 48u);
  EXPECT_EQ(structure_size(function("VirtualQuery"), 32), 28u);
  EXPECT_EQ(structure_size(function("GetSystemInfo"), 64), 48u);
  EXPECT_EQ(structure_size(function("GetSystemInfo"), 32), 36u);
  EXPECT_EQ(structure_size(function("HeapWalk"), 64), 40u);
  EXPECT_EQ(structure_size(function("HeapWalk"), 32), 28u);
  EXPECT_EQ(structure_size(function("HeapFree"), 64), 0u);
}

TEST(Functions, SuccessIsReadAsTheFunctionGivesIt) {
  EXPECT_TRUE(succeeded(function("VirtualAlloc"), 0x10000, 64));
  EXPECT_FALSE(succeeded(function("VirtualAlloc"), 0, 64));
  EXPECT_TRUE(succeeded(function("GlobalFree"), 0, 64));
  EXPECT_FALSE(succeeded(function("GlobalFree"), 0x5f0008, 64));
  EXPECT_TRUE(succeeded(function("HeapSize"), 0, 64));
  EXPECT_FALSE(succeeded(function("HeapSize"), ~0ull, 64));
  EXPECT_FALSE(succeeded(function("HeapSize"), 0xffffffffu, 32));
  EXPECT_TRUE(succeeded(function("HeapSize"), 0xffffffffu, 64));
  EXPECT_TRUE(succeeded(function("GetWriteWatch"), 0, 64));
  EXPECT_TRUE(succeeded(function("SetLastError"), 0, 64));
}

TEST(Functions, FailureIsToldAsTheFunctionTellsIt) {
  EXPECT_EQ(failure_value(function("VirtualAlloc"), 0x10000, 64), 0u);
  EXPECT_EQ(failure_value(function("GlobalFree"), 0x5f0008, 64), 0x5f0008u);
  EXPECT_EQ(failure_value(function("GetWriteWatch"), 1, 64), 0xffffffffu);
  EXPECT_EQ(failure_value(function("HeapSize"), 1, 64), ~0ull);
  EXPECT_EQ(failure_value(function("HeapSize"), 1, 32), 0xffffffffu);
  EXPECT_EQ(failure_value(function("GlobalFlags"), 0x5f0008, 64), 0x8000u);
}

TEST(Functions, WidthsFollowTheBitness) {
  EXPECT_EQ(width_of(Kind::number, 64), 32u);
  EXPECT_EQ(width_of(Kind::boolean, 64), 32u);
  EXPECT_EQ(width_of(Kind::size, 64), 64u);
  EXPECT_EQ(width_of(Kind::size, 32), 32u);
  EXPECT_EQ(width_of(Kind::handle, 32), 32u);
  EXPECT_EQ(width_of(Kind::nothing, 64), 0u);
}

}  // namespace
}  // namespace winmem::test
