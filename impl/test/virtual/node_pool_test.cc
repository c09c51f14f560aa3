#include "virtual/node_pool.h"

#include <gtest/gtest.h>

#include "failing_kernel.h"

namespace {

using winmem::test::FailingKernel;
using winmem::vm::NodePool;

TEST(NodePool, GivesACellBackBeforeItTakesAnother) {
  NodePool pool(32);
  ASSERT_TRUE(pool.Ensure(2));
  void* first = pool.Take();
  void* second = pool.Take();
  EXPECT_NE(first, second);
  pool.Give(first);
  EXPECT_EQ(pool.Take(), first);
}

TEST(NodePool, WithoutMemoryEnsuresNothing) {
  NodePool pool(32);
  const FailingKernel kernel(FailingKernel::kMap, 1);
  EXPECT_FALSE(pool.Ensure(1));
  EXPECT_TRUE(pool.Ensure(1));
}

TEST(NodePool, TakesMemoryWhereNobodyEnsuredIt) {
  NodePool pool(32);
  EXPECT_NE(pool.Take(), nullptr);
}

TEST(NodePoolDeathTest, WithoutMemoryThereIsNothingToTake) {
  NodePool pool(32);
  const FailingKernel kernel(FailingKernel::kMap, 1, FailingKernel::kFails);
  EXPECT_DEATH(pool.Take(), "");
}

}  // namespace
