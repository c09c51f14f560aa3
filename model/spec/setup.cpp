// view, image, stack: set-up calls, which give a script memory that no function under test made.
#include "model/rule/pages.h"
#include "model/view/setup_view.h"

namespace winmem::spec {
namespace {

using V = SetupView;

constexpr Clause<V> view_clauses[] = {
    {.id = "view.Untold",
     .says = "Views of other protections, of no bytes and of very many are not told by the evidence.",
     .when = [](const V& v) { return !v.mappable(); },
     .unspecified = true},
    {.id = "view.Maps",
     .says = "A view of a section in the page file is committed memory with the protection that it was opened with; "
             "with SEC_RESERVE it is reserved.",
     .facts = "VQ-024 VQ-711 VA-131",
     .succeeds = true,
     .may_fail = {any_error},
     .then = [](V& v, const Seen& seen) { v.map(seen.value); }},
};
constexpr Clause<V> image_clauses[] = {
    {.id = "image.Begins",
     .says = "A program begins with a read-only page of a mapping that may be run and copied on write.",
     .facts = "VQ-021",
     .succeeds = true,
     .then = [](V& v, const Seen& seen) { v.begin_program(seen.value); }},
};
constexpr Clause<V> stack_clauses[] = {
    {.id = "stack.InUse",
     .says = "What is in use of a stack is committed.",
     .facts = "VQ-023",
     .succeeds = true,
     .then = [](V& v, const Seen& seen) { v.use_stack(seen.value); }},
};

}  // namespace

void add_setup_pages(PageList& pages) {
  add(pages, "view", view_clauses);
  add(pages, "image", image_clauses);
  add(pages, "stack", stack_clauses);
}

}  // namespace winmem::spec
