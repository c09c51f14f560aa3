#include "exception/vectored.h"

#include <pthread.h>

#include <new>

#include "virtual/node_pool.h"

namespace winmem::exception {
namespace {

// A doubly linked ring with this list's head in it. A handler that is removed while somebody calls
// it keeps its place until the last caller is done.
struct Node {
  Node* before;
  Node* after;
  PVECTORED_EXCEPTION_HANDLER handler;
  int callers;
  bool removed;
};

pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
constinit Node head = {&head, &head, nullptr, 0, false};
constinit vm::NodePool pool{sizeof(Node)};

class Locked {
 public:
  Locked() { HoldVectored(); }
  ~Locked() { LetVectoredGo(); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;
};

void DropIfUnused(Node* node) {
  if (!node->removed || node->callers != 0) return;
  node->before->after = node->after;
  node->after->before = node->before;
  pool.Give(node);
}

// The first handler behind `node` that is there, for one more caller; null at the end. One caller
// fewer for `node`.
Node* Advance(Node* node) {
  const Locked locked;
  Node* next = node->after;
  while (next != &head && next->removed) next = next->after;
  if (next != &head) ++next->callers;
  if (node != &head) {
    --node->callers;
    DropIfUnused(node);
  }
  return next == &head ? nullptr : next;
}

void Leave(Node* node) {
  const Locked locked;
  --node->callers;
  DropIfUnused(node);
}

}  // namespace

void* AddVectored(bool first, PVECTORED_EXCEPTION_HANDLER handler) {
  const Locked locked;
  if (!pool.Ensure(1)) return nullptr;
  Node* before = first ? &head : head.before;
  Node* node = new (pool.Take()) Node{before, before->after, handler, 0, false};
  before->after->before = node;
  before->after = node;
  return node;
}

bool RemoveVectored(void* handle) {
  const Locked locked;
  Node* node = head.after;
  while (node != &head && (node != handle || node->removed)) node = node->after;
  if (node == &head) return false;
  node->removed = true;
  DropIfUnused(node);
  return true;
}

void HoldVectored() {
  pthread_mutex_lock(&lock);
}

void LetVectoredGo() {
  pthread_mutex_unlock(&lock);
}

bool CallVectored(EXCEPTION_POINTERS* exception) {
  for (Node* node = Advance(&head); node != nullptr; node = Advance(node)) {
    if (node->handler(exception) == EXCEPTION_CONTINUE_EXECUTION) {
      Leave(node);
      return true;
    }
  }
  return false;
}

}  // namespace winmem::exception
