// The book: all pages of the specification.
#pragma once

#include "model/rule/page.h"

namespace winmem::spec {

/// The page of a function; null where a function has none yet.
const Page* page_of(const Function* function);
/// Whether the page of the function has the rule.
bool has_rule(const Function& function, const Rule& rule);
/// Makes the rule wrong on every page that has it, until `restore_rules`; false where it cannot be
/// made wrong so. Not while somebody judges.
bool mutate_rule(const Rule& rule, Mutation mutation);
void restore_rules();

}  // namespace winmem::spec
