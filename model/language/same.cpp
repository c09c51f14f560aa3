// Equality of what printing shows.
#include "model/language/script.h"

namespace winmem {
namespace {

/// Compares the parts of two scripts. Names are compared as text where both scripts are known, else
/// by their index.
struct Comparer {
  Span<Text> a_names, b_names;
  bool by_text = false;

  bool name(std::int64_t a, std::int64_t b) const {
    if (a < 0 || b < 0) return a < 0 && b < 0;
    if (!by_text) return a == b;
    if (a >= a_names.size || b >= b_names.size) return false;
    return a_names[static_cast<std::size_t>(a)] == b_names[static_cast<std::size_t>(b)];
  }
  bool number(const Number& a, const Number& b) const {
    return a.form == b.form && a.plain == b.plain &&
           (a.form != Number::Form::pointers || a.pointers == b.pointers);
  }
  bool reference(const Reference& a, const Reference& b) const {
    const bool element = a.reach == Reference::Reach::element;
    const bool each =
        a.reach == Reference::Reach::each || a.reach == Reference::Reach::each_reversed;
    if (!name(a.name, b.name) || a.reach != b.reach || a.field != b.field) return false;
    if (element && a.first != b.first) return false;
    if (each && a.sliced != b.sliced) return false;
    if (each && a.sliced && (a.first != b.first || a.end != b.end)) return false;
    return number(a.offset, b.offset);
  }
  bool value(const Value& a, const Value& b) const {
    if (a.is_reference != b.is_reference) return false;
    return a.is_reference ? reference(a.reference, b.reference) : number(a.number, b.number);
  }
  bool argument(const Argument& a, const Argument& b) const {
    if (a.form != b.form) return false;
    if (a.form == Argument::Form::out) return true;
    if (a.form == Argument::Form::handler)
      return a.handler.status == b.handler.status && a.handler.action == b.handler.action;
    return value(a.value, b.value);
  }
  bool call(const Call& a, const Call& b) const {
    if (a.function != b.function || a.thread != b.thread || a.repeated != b.repeated) return false;
    if (a.repeated && a.repeat != b.repeat) return false;
    if (!name(a.binds, b.binds) || a.arguments.size != b.arguments.size) return false;
    for (std::uint32_t i = 0; i < a.arguments.size; ++i)
      if (!argument(a.arguments[i], b.arguments[i])) return false;
    return true;
  }
  bool pattern(const Pattern& a, const Pattern& b) const {
    if (a.op != b.op) return false;
    switch (a.op) {
      case Pattern::Op::any:
      case Pattern::Op::ok:
      case Pattern::Op::untouched:
      case Pattern::Op::poison:
        return true;
      case Pattern::Op::list:
        if (a.list.size != b.list.size) return false;
        for (std::uint32_t i = 0; i < a.list.size; ++i)
          if (!value(a.list[i], b.list[i])) return false;
        return true;
      case Pattern::Op::bits:
        return a.mask == b.mask && value(a.value, b.value);
      default:
        return value(a.value, b.value);
    }
  }
  bool run(const Run& a, const Run& b) const {
    if (a.is_pattern != b.is_pattern || a.count != b.count) return false;
    return a.is_pattern ? a.seed == b.seed && a.offset == b.offset : a.byte == b.byte;
  }
  bool content(const Content& a, const Content& b) const {
    if (a.runs.size != b.runs.size || a.rest != b.rest) return false;
    for (std::uint32_t i = 0; i < a.runs.size; ++i)
      if (!run(a.runs[i], b.runs[i])) return false;
    return a.rest == 0 || a.hash == b.hash;
  }
  bool exception(const Exception& a, const Exception& b) const {
    if (a.status != b.status || a.parameters_stated != b.parameters_stated) return false;
    if (!a.parameters_stated) return true;
    if (a.parameters.size != b.parameters.size) return false;
    for (std::uint32_t i = 0; i < a.parameters.size; ++i)
      if (!pattern(a.parameters[i], b.parameters[i])) return false;
    return true;
  }
  bool sighting(const Sighting& a, const Sighting& b) const {
    return name(a.handler, b.handler) && (a.handler >= 0 || a.token == b.token) &&
           exception(a.exception, b.exception);
  }
  bool last_error(const LastError& a, const LastError& b) const {
    return a.state == b.state && (a.state != LastError::State::set || a.code == b.code);
  }
  bool fields(const Outcome& a, const Outcome& b) const {
    if (a.fields.size != b.fields.size) return false;
    for (std::uint32_t i = 0; i < a.fields.size; ++i)
      if (a.fields[i].field != b.fields[i].field ||
          !pattern(a.fields[i].pattern, b.fields[i].pattern))
        return false;
    return true;
  }
  bool head(const Outcome& a, const Outcome& b) const {
    switch (a.kind) {
      case Outcome::Kind::returned:
        if (a.is_content != b.is_content) return false;
        return a.is_content ? content(a.content, b.content) : pattern(a.value, b.value);
      case Outcome::Kind::raises:
        return exception(a.exception, b.exception);
      case Outcome::Kind::ends_status:
        return a.exception.status == b.exception.status;
      case Outcome::Kind::ends_exit:
      case Outcome::Kind::ends_signal:
        return a.code == b.code;
      case Outcome::Kind::refused:
        return a.reason == b.reason;
      case Outcome::Kind::either:
        if (a.alternatives.size != b.alternatives.size) return false;
        for (std::uint32_t i = 0; i < a.alternatives.size; ++i)
          if (!outcome(a.alternatives[i], b.alternatives[i])) return false;
        return true;
      default:
        return true;
    }
  }
  /// Without counts: one outcome as it is printed alone.
  bool outcome(const Outcome& a, const Outcome& b) const {
    if (a.kind != b.kind || a.sightings.size != b.sightings.size) return false;
    for (std::uint32_t i = 0; i < a.sightings.size; ++i)
      if (!sighting(a.sightings[i], b.sightings[i])) return false;
    if (!head(a, b)) return false;
    if (a.kind != Outcome::Kind::returned && a.kind != Outcome::Kind::raises) return true;
    return fields(a, b) && last_error(a.last_error, b.last_error);
  }
  bool counted(const Outcome& a, const Outcome& b) const {
    return outcome(a, b) && a.count == b.count && a.stride == b.stride;
  }
  bool step(const Step& a, const Step& b) const {
    if (a.returns != b.returns || a.has_outcome != b.has_outcome) return false;
    if (a.returns ? a.call.thread != b.call.thread : !call(a.call, b.call)) return false;
    if (a.outcomes.size != b.outcomes.size) return false;
    for (std::uint32_t i = 0; i < a.outcomes.size; ++i)
      if (!counted(a.outcomes[i], b.outcomes[i])) return false;
    return true;
  }
};

}  // namespace

bool same(const Outcome& a, const Outcome& b) {
  return Comparer{}.counted(a, b);
}

bool same(const Script& a, const Script& b) {
  if (a.remarks.size != b.remarks.size || a.steps.size != b.steps.size) return false;
  for (std::uint32_t i = 0; i < a.remarks.size; ++i)
    if (a.remarks[i].key != b.remarks[i].key || a.remarks[i].value != b.remarks[i].value ||
        a.remarks[i].before != b.remarks[i].before)
      return false;
  const Comparer comparer{a.names, b.names, true};
  for (std::uint32_t i = 0; i < a.steps.size; ++i)
    if (!comparer.step(a.steps[i], b.steps[i])) return false;
  return true;
}

}  // namespace winmem
