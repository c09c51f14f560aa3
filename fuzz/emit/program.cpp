#include "fuzz/emit/program.h"

#include <fmt/core.h>

#include <algorithm>

#include "conformance/runner/facts.h"
#include "conformance/runner/script_file.h"
#include "fuzz/emit/expressions.h"
#include "fuzz/emit/prelude.h"
#include "model/oracle/oracle.h"

namespace winmem::fuzz {

using namespace conformance;

namespace {

/// A few facts say how it is known; the rule has them all.
constexpr std::size_t most_sources = 5;

/// Text as a C string's content.
std::string quoted(const std::string& text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') result += '\\';
    result += letter == '\n' ? ' ' : letter;
  }
  return result;
}

/// Text inside a C comment.
std::string comment(std::string text) {
  for (std::size_t at = text.find("*/"); at != std::string::npos; at = text.find("*/"))
    text.replace(at, 2, "* /");
  return text;
}

/// What the model allows at one step of a trace, with the names of the trace's own script.
struct Judged {
  std::unique_ptr<ScriptFile> trace;
  std::unique_ptr<spec::Oracle> oracle;
  std::vector<spec::Allowed> allowed;
  std::uint32_t step = 0;
};

Judged judged_again(const CaseResult& result, const System& system, spec::Profile profile) {
  Judged judged;
  const Deviation& deviation = result.deviations.front();
  std::string text;
  for (const std::string& line : result.trace) text += line + "\n";
  judged.trace = parse_script_text("trace", text);
  judged.step = deviation.step;
  const Script& script = judged.trace->script;
  if (judged.step >= script.steps.size) return judged;
  judged.oracle = std::make_unique<spec::Oracle>(script, system, profile);
  for (std::uint32_t i = 0; i < judged.step; ++i) {
    const Step& step = script.steps[i];
    judged.oracle->judge(step, {step.outcomes.data, step.outcomes.size});
  }
  judged.allowed = judged.oracle->allowed(script.steps[judged.step]);
  return judged;
}

class Program {
 public:
  Program(const Draft& draft, const CaseResult& result, const System& system, spec::Profile profile)
      : draft_(draft), result_(result), as_c_(draft) {
    if (!result.deviations.empty()) judged_ = judged_again(result, system, profile);
  }

  std::string text() {
    for (std::size_t i = 0; i < draft_.lines.size(); ++i) line(i);
    std::string constants;
    for (const std::string& one : as_c_.constants()) constants += one;
    return head() + prelude + (accesses_ ? access_prelude : "") + "\n" + constants + variables_ +
           "\nint main(void) {\n  SetUnhandledExceptionFilter(top_level);\n" + body_ +
           "\n  printf(deviates ? \"deviates from Windows\\n\" : \"as Windows does\\n\");\n"
           "  return deviates;\n}\n";
  }

 private:
  const Draft& draft_;
  const CaseResult& result_;
  Expressions as_c_;
  Judged judged_;
  std::string variables_, body_;
  bool accesses_ = false;

  std::string head() const {
    std::string text = "/* ";
    if (result_.deviations.empty()) return text + "A script that was played. */\n";
    const Deviation& one = result_.deviations.front();
    text += fmt::format("{}\n   Rule {}, on line {}: {}\n", comment(one.says), one.rule,
                        one.step + 1, comment(one.call));
    for (const AllowedText& allowed : one.allowed)
      text += fmt::format("   allowed: {}\n", comment(allowed.outcome));
    text += fmt::format("   was seen: {}\n", comment(one.seen));
    if (!one.reason.empty()) text += fmt::format("   {}\n", comment(one.reason));
    std::vector<std::string> ids = split_ids(one.facts);
    if (ids.size() > most_sources) ids.resize(most_sources);
    for (const std::string& id : ids) text += source_of(id);
    return text + "   Exit code: 0 as Windows does, 1 otherwise, 2 could not be run. */\n";
  }

  static std::string source_of(const std::string& id) {
    static const std::map<std::string, Fact> facts = load_facts();
    const auto found = facts.find(id);
    return found == facts.end() || found->second.sources.empty()
               ? fmt::format("   source: {}\n", id)
               : fmt::format("   source: {} {}\n", id, comment(found->second.sources.front()));
  }

  void declare(const Line& line, std::size_t i) {
    if (line.binds()) {
      const std::uint32_t plays = draft_.plays(line);
      const std::string name = as_c_.variable(static_cast<std::uint32_t>(line.call.binds));
      variables_ += line.call.repeated || plays > 1
                        ? fmt::format("static ULONG_PTR {}[{}];\n", name, plays)
                        : fmt::format("static ULONG_PTR {};\n", name);
    }
    for (unsigned k = 0; k < line.arguments.size(); ++k) {
      const Argument& argument = line.arguments[k];
      const Parameter& parameter = line.function().parameters[k];
      if (argument.form == Argument::Form::handler) {
        const Handler& handler = argument.handler;
        variables_ += fmt::format(
            "static LONG CALLBACK handler{}(EXCEPTION_POINTERS* info) {{\n"
            "  return {} ? {} : 0;\n}}\n",
            i,
            handler.status == 0 ? "info != NULL"
                                : fmt::format("info->ExceptionRecord->ExceptionCode == {}",
                                              hex_text(handler.status)),
            handler.action == Handler::Action::resume ? -1 : 0);
      } else if (argument.form == Argument::Form::out_list ||
                 argument.form == Argument::Form::inout_list) {
        variables_ += fmt::format("static ULONG_PTR out{}_{}[{}];\n", i, k,
                                  std::max<std::uint64_t>(argument.value.number.plain, 1));
      } else if (argument.form != Argument::Form::value) {
        const char* type = parameter.kind != Kind::structure ? "ULONG_PTR"
                           : line.function().name == Text("VirtualQuery")
                               ? "MEMORY_BASIC_INFORMATION"
                           : line.function().name == Text("HeapWalk") ? "PROCESS_HEAP_ENTRY"
                                                                      : "SYSTEM_INFO";
        variables_ += fmt::format("static {} out{}_{};\n", type, i, k);
      }
    }
  }

  void line(std::size_t i) {
    const Line& line = draft_.lines[i];
    const Function& function = line.function();
    declare(line, i);
    const std::string shown = call_text(i);
    if (function.family == Family::setup) return set_up(line, i, shown);
    accesses_ = accesses_ || !function.from_vendor;
    const bool is_error = function.name == Text("GetLastError");
    const bool after_set = i > 0 && draft_.lines[i - 1].function().name == Text("SetLastError");
    const std::uint32_t plays = draft_.plays(line);
    std::string indent = "  ";
    body_ += fmt::format("\n  /* {} */\n", comment(shown));
    if (plays > 1) {
      body_ += fmt::format("  for (int play = 0; play < {}; ++play) {{\n", plays);
      indent = "    ";
    }
    if (!is_error && !after_set) body_ += indent + "SetLastError(POISON);\n";
    const std::string call = as_c_.call(line, i);
    body_ += indent + (function.result == Kind::nothing || function.result == Kind::content
                           ? fmt::format("GUARDED((void){});\n", call)
                           : fmt::format("GUARDED(seen = (ULONG_PTR){});\n", call));
    body_ += indent + (is_error ? "last_error = POISON;\n" : "last_error = GetLastError();\n");
    if (line.binds()) {
      const std::string name = as_c_.variable(static_cast<std::uint32_t>(line.call.binds));
      body_ +=
          indent + name + (line.call.repeated || plays > 1 ? "[play] = seen;\n" : " = seen;\n");
    }
    if (plays > 1) body_ += "  }\n";
    body_ += fmt::format("  show(\"{}\");\n", quoted(shown));
    if (!result_.deviations.empty() && i == result_.deviations.front().step) check(line, i);
  }

  std::string call_text(std::size_t i) const {
    const std::string text = draft_.text();
    std::size_t begin = 0;
    for (; i > 0; --i) begin = text.find('\n', begin) + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
  }

  void set_up(const Line& line, std::size_t, const std::string& shown) {
    const std::string name =
        line.binds() ? as_c_.variable(static_cast<std::uint32_t>(line.call.binds)) : "";
    body_ += fmt::format("\n  /* {} */\n", comment(shown));
    if (line.function().name == Text("image"))
      body_ +=
          "#ifdef WINMEM_WINDOWS_H\n  return cannot_run(\"there is no PE image here\");\n#else\n "
          " " +
          name + " = (ULONG_PTR)GetModuleHandleA(NULL);\n#endif\n";
    else if (line.function().name == Text("stack"))
      body_ += "  { int local; " + name + " = (ULONG_PTR)&local; }\n";
    else if (line.function().name == Text("view"))
      body_ += fmt::format(
          "#ifdef WINMEM_WINDOWS_H\n  return cannot_run(\"there are no sections here\");\n#else\n"
          "  {0} = (ULONG_PTR)MapViewOfFile(\n      CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, "
          "{1}, 0, {2}, NULL), {3}, 0, 0, 0);\n  if ({0} == 0) return cannot_run(\"no "
          "view\");\n#endif\n",
          name, as_c_.value(line, line.arguments[1].value, Kind::constant, Set::protection),
          as_c_.value(line, line.arguments[0].value, Kind::size, Set::none),
          line.arguments[1].value.number.plain == 2 ? "FILE_MAP_READ" : "FILE_MAP_ALL_ACCESS");
    else
      body_ += "  return cannot_run(\"the commit limit is the system's\");\n";
  }

  /// The condition under which one allowed outcome was seen.
  std::string holds(const Line& line, std::size_t i, const Outcome& outcome) {
    if (outcome.kind == Outcome::Kind::raises)
      return fmt::format("raised == {}", hex_text(outcome.exception.status));
    const Function& function = line.function();
    std::string text = "!raised";
    const auto also = [&](const std::string& condition) {
      if (condition != "1") text += " && " + condition;
    };
    if (function.result != Kind::nothing && function.result != Kind::content)
      also(as_c_.condition(line, outcome.value, function.result, function.result_set, "seen"));
    for (const FieldPattern& field : outcome.fields) {
      const Field& told = function.fields[field.field];
      const Argument& from = line.arguments[told.parameter];
      if (told.kind == Kind::list || from.form == Argument::Form::value ||
          field.pattern.op == Pattern::Op::untouched)
        continue;
      also(as_c_.condition(line, field.pattern, told.kind, told.set,
                           as_c_.field(line, i, field.field)));
    }
    if (outcome.last_error.state == LastError::State::set)
      also(fmt::format("last_error == {}", as_c_.number(line, plain(outcome.last_error.code),
                                                        Kind::constant, Set::error)));
    if (outcome.last_error.state == LastError::State::unchanged) also("last_error == POISON");
    return text;
  }

  static Number plain(std::uint64_t value) {
    Number number;
    number.plain = value;
    return number;
  }

  void check(const Line& line, std::size_t i) {
    std::string condition;
    for (const spec::Allowed& one : judged_.allowed)
      condition += (condition.empty() ? "(" : " ||\n      (") + holds(line, i, one.outcome) + ")";
    if (condition.empty()) condition = "1";
    // What no single number says: the same as was seen then is as wrong now.
    const Deviation& deviation = result_.deviations.front();
    if (deviation.subject == "contents")
      contents(line);
    else if (deviation.subject == "value" && only_as_seen())
      condition = "(" + condition + ") &&\n      !(" + as_seen(line) + ")";
    body_ += fmt::format("  if (!({})) deviates = 1;\n", condition);
  }

  /// Whether the outcome that was seen fits one of those that are listed: then a promise was broken
  /// that says more than they.
  bool only_as_seen() const {
    return std::any_of(
        judged_.allowed.begin(), judged_.allowed.end(), [](const spec::Allowed& one) {
          const Pattern::Op op = one.outcome.value.op;
          return one.outcome.kind == Outcome::Kind::returned &&
                 (op == Pattern::Op::ok || op == Pattern::Op::multiple || op == Pattern::Op::any);
        });
  }

  std::string as_seen(const Line& line) {
    const Script& script = judged_.trace->script;
    const Span<Outcome>& outcomes = script.steps[judged_.step].outcomes;
    if (outcomes.size == 0 || outcomes[0].kind != Outcome::Kind::returned) return "0";
    const Value& value = outcomes[0].value.value;
    if (!value.is_reference && line.function().result != Kind::size) return meets_living();
    return "seen == (ULONG_PTR)(" +
           as_c_.value(line, value, line.function().result, line.function().result_set) + ")";
  }

  /// An address that an earlier call gave.
  std::string meets_living() {
    std::string text = "0";
    for (std::size_t i = 0; i < judged_.step; ++i)
      if (draft_.lines[i].binds() && !draft_.lines[i].call.repeated)
        text +=
            " || seen == " + as_c_.variable(static_cast<std::uint32_t>(draft_.lines[i].call.binds));
    return text;
  }

  /// The bytes that a read should have found, where they are known.
  void contents(const Line& line) {
    const Deviation& deviation = result_.deviations.front();
    constexpr const char* holds_text = "the memory holds ";
    const std::size_t at = deviation.reason.find(holds_text);
    if (at == std::string::npos || line.function().result != Kind::content) return;
    const std::string runs = deviation.reason.substr(at + std::string(holds_text).size());
    std::unique_ptr<ScriptFile> known;
    try {
      known = parse_script_text("contents",
                                "p = VirtualAlloc(0, 1, 0, 0)\nread(p, 1) -> " + runs + "\n");
    } catch (const std::exception&) {
      return;
    }
    const Content& content = known->script.steps[1].outcomes[0].content;
    body_ += "  {\n    SIZE_T i, at = 0;\n";
    for (const Run& run : content.runs)
      body_ += fmt::format(
          "    for (i = 0; i < {}; ++i, ++at)\n      if (!raised && bytes[at] != {}) deviates = "
          "1;\n",
          run.count,
          run.is_pattern ? fmt::format("pattern_byte({}, {} + i)", run.seed, hex_text(run.offset))
                         : hex_text(run.byte));
    body_ += "  }\n";
  }
};

}  // namespace

std::string program_of(const Draft& draft, const CaseResult& result, const System& system,
                       spec::Profile profile) {
  return Program(draft, result, system, profile).text();
}

}  // namespace winmem::fuzz
