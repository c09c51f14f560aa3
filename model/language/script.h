// What a script or a trace is once it is read: plain structs in the caller's arena. A script is
// calls; a trace is a script with an outcome on every line; a case is a script with an expected
// outcome on the lines under test. All are this.
#pragma once

#include "model/language/functions.h"

namespace winmem {

/// A number whose value may depend on the bitness of the vendor.
struct Number {
  enum class Form : std::uint8_t {
    plain,     ///< `plain`
    pointers,  ///< pointers * PTRSIZE + plain (plain as a signed number): `0x8000*PTRSIZE-0x400`
    all_ones,  ///< SIZE_MAX + plain (signed, not positive): `SIZE_MAX`, `SIZE_MAX-7`
    pointer,   ///< plain as a signed number, sign-extended to a pointer: `PTR(-1)`,
               ///< `PTR(-0x21524120)`
    size_of,   ///< the size of the call's out structure, + plain (signed): `sizeof`, `sizeof-1`
  };
  std::uint64_t plain = 0;
  std::int64_t pointers = 0;
  Form form = Form::plain;
};

/// A use of a name: `p`, `p+0x10`, `b[3]`, `each b[0..18]`, `each reversed b`,
/// `i.lpMaximumApplicationAddress+1`.
struct Reference {
  enum class Reach : std::uint8_t { whole, element, each, each_reversed };
  std::uint32_t name = 0;  ///< index in Script::names
  Reach reach = Reach::whole;
  bool sliced = false;      ///< `each` over [first, end) and not over all
  std::uint32_t first = 0;  ///< the element, or where the slice begins
  std::uint32_t end = 0;
  Text field;     ///< a field of the outcome that the name's call gave; empty: the value
  Number offset;  ///< added; plain is signed
};

/// A number, or a name.
struct Value {
  bool is_reference = false;
  Number number;
  Reference reference;
};

/// What a scripted handler does with an exception of `status`.
struct Handler {
  enum class Action : std::uint8_t { resume, search };  ///< `do=continue`, `do=search`
  std::uint32_t status = 0;                             ///< 0: any
  Action action = Action::resume;
};

struct Argument {
  enum class Form : std::uint8_t {
    value,        ///< a number, NULL or a name; also a pointer given to an out parameter
    out,          ///< the agent's own buffer: `out`
    out_list,     ///< `out[n]`: room for n elements
    inout_value,  ///< `inout(n)`: a value that goes in
    inout_list,   ///< `inout[n]`: n zeroed elements that go in
    handler,      ///< `on=STATUS_X do=continue`
  };
  Form form = Form::value;
  Value value;  ///< also the n of out[n], inout(n), inout[n]
  Handler handler;
};

/// So often a call may be repeated: four times the handles that there are, and no more than an
/// agent has room for.
constexpr std::uint32_t max_repeat = 1u << 18;

struct Call {
  const Function* function = nullptr;
  std::uint8_t thread = 1;
  Span<Argument> arguments;
  std::uint32_t repeat = 1;  ///< `65536 * GlobalAlloc(...)`
  bool repeated = false;     ///< written with a count, so that a bound name is a list
  std::int32_t binds = -1;   ///< index in Script::names, or -1
};

/// A condition on one number; in a trace always `equal`, `untouched`, `list` or `bytes`.
struct Pattern {
  enum class Op : std::uint8_t {
    any,        ///< `_`: not stated
    ok,         ///< any success
    equal,      ///< a value
    not_equal,  ///< `!=x`
    at_least,   ///< `>=n`
    at_most,    ///< `<=n`
    multiple,   ///< `multiple(n)`
    bits,       ///< `bits(mask)=v`
    untouched,  ///< a field that the call did not write
    list,       ///< `[p+0x1000 p+0x2000]`: the elements of an out list
    poison,     ///< GetLastError after a call that left the last error alone
  };
  Op op = Op::any;
  Value value;
  std::uint64_t mask = 0;
  Span<Value> list;
};

/// Equal bytes, or bytes of a pattern: `0x00*16`, `pattern(7)+0x10*4080`.
struct Run {
  bool is_pattern = false;
  std::uint8_t byte = 0;
  std::uint32_t seed = 0;
  std::uint64_t offset = 0;  ///< where in the pattern the run begins
  std::uint64_t count = 0;
};

/// What a read saw: at most 8 runs, then the length and hash of the rest: `... 0x1000#0x1234`.
struct Content {
  Span<Run> runs;
  std::uint64_t rest = 0;
  std::uint64_t hash = 0;
};
constexpr unsigned max_runs = 8;

struct FieldPattern {
  std::uint8_t field = 0;  ///< index in Function::fields
  Pattern pattern;
};

/// An exception: its status and, where stated, its parameters.
struct Exception {
  std::uint32_t status = 0;
  bool parameters_stated = false;
  Span<Pattern> parameters;
};

/// An exception that a scripted handler saw while the call ran: `[v
/// STATUS_GUARD_PAGE_VIOLATION(write, q)]`.
struct Sighting {
  std::int32_t handler = -1;  ///< index in Script::names; -1 prints `?`
  std::uint64_t token = 0;    ///< on the wire: what AddVectoredExceptionHandler returned
  Exception exception;
};

struct LastError {
  enum class State : std::uint8_t {
    unchanged,     ///< nothing written: it is what it was before the call
    set,           ///< `!ERROR_X`
    not_recorded,  ///< `!?`: anything is allowed
  };
  State state = State::unchanged;
  std::uint32_t code = 0;
};

/// The last error that the agent sets before a call, so that "left alone" can be told from every
/// real code.
constexpr std::uint32_t poison = 0x5afe7a1e;

/// What came of a call, or what is expected to.
struct Outcome {
  enum class Kind : std::uint8_t {
    returned,     ///< value, fields, last error
    raises,       ///< `raises STATUS_X(parameters)`
    ends_status,  ///< the process died: `ends STATUS_X`
    ends_exit,    ///< `ends exit(n)`
    ends_signal,  ///< `ends signal(SIGX)`; `code` is the signal's number
    hangs,
    blocked,      ///< of a call on another thread that has not returned yet
    unsupported,  ///< the vendor does not have the function
    skipped,      ///< depends on a name whose call gave no pointer
    refused,      ///< the agent would have hurt itself: `refused(overlaps agent)`
    either,       ///< an expectation: one of `alternatives`
    any,          ///< an expectation: `_`
  };
  Kind kind = Kind::returned;
  Pattern value;
  bool is_content = false;
  Content content;
  Span<FieldPattern> fields;
  LastError last_error;
  Exception exception;
  std::uint32_t code = 0;  ///< of ends_exit and ends_signal
  Text reason;             ///< of refused
  Span<Sighting> sightings;
  Span<Outcome> alternatives;
  std::uint32_t count = 1;   ///< run-length coding: so many calls of a repetition ended like this
  std::uint64_t stride = 0;  ///< added to the value from one to the next: `0x8*65536 by 0x10`
};

/// One line: a call, or a later return of a blocked call (`T2 returns -> TRUE`).
struct Step {
  std::uint32_t line = 0;
  bool returns = false;  ///< `T2 returns`; then only call.thread counts
  Call call;
  bool has_outcome = false;
  Span<Outcome> outcomes;  ///< one, but for repetitions, whose outcomes are run-length coded
};

/// `# key: value`, or with an empty key a plain comment line; `before` is the index of the step
/// that follows it.
struct Remark {
  Text key, value;
  std::uint32_t before = 0;
};

struct Script {
  Span<Remark> remarks;
  Span<Text> names;
  Span<Step> steps;
};

/// The value of the first remark with that key, or an empty text.
Text header(const Script& script, Text key);

/// Whether the header `requires` holds that word, such as `bits=64`.
bool requires_word(const Script& script, Text word);
/// The requirement, and the agent's switch, of a script that is played with that privilege.
constexpr Text lock_memory_privilege("privilege=SeLockMemoryPrivilege");

/// The number that it is in a process of that bitness; `function` is the call's, whose structure
/// `sizeof` is the size of.
std::uint64_t resolve(const Number& number, const Function* function, unsigned bits);

/// Equality of everything that printing shows (not of line numbers): what a round trip must keep.
bool same(const Script& a, const Script& b);
bool same(const Outcome& a, const Outcome& b);

}  // namespace winmem
