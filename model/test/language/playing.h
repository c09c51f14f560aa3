// Plays a written trace through Bindings, as the oracle does.
#pragma once

#include <gtest/gtest.h>

#include "model/language/bindings.h"
#include "model/test/language/reading.h"

namespace winmem::test {

class Playing {
 public:
  explicit Playing(const std::string& trace, unsigned bits = 64)
      : reading_(trace, 32 << 20), bindings_(reading_.script, system_of(bits), reading_.arena) {
    EXPECT_TRUE(reading_.ok) << complaint(trace);
    EXPECT_TRUE(bindings_.valid());
  }
  /// All steps, or all up to but without step `end`.
  Playing& play(std::size_t end = ~std::size_t{0}) {
    for (; next_ < reading_.script.steps.size && next_ < end; ++next_) step(reading_.step(next_));
    return *this;
  }
  Binding::State state(const char* name, std::uint32_t element = 0) const {
    return bindings_.at(index(name), element).state;
  }
  const Binding& binding(const char* name, std::uint32_t element = 0) const {
    return bindings_.at(index(name), element);
  }
  const Bindings& bindings() const { return bindings_; }
  const Reading& reading() const { return reading_; }
  Arena& arena() { return reading_.arena; }

  /// What the outcome of a step is for people, before the step itself is taken up.
  std::string described(std::size_t i) {
    play(i);
    const Step& step = reading_.step(i);
    char room[4096];
    Output out(room, sizeof room);
    const Outcome outcome = bindings_.describe(step.call, step.outcomes[0], reading_.arena);
    print_outcome(out, reading_.script, step.call, outcome, Style::text);
    return string(out.text());
  }

 private:
  static System system_of(unsigned bits) {
    System system;
    system.bits = bits;
    return system;
  }
  std::uint32_t index(const char* name) const {
    for (std::uint32_t i = 0; i < reading_.script.names.size; ++i)
      if (string(reading_.script.names[i]) == name) return i;
    ADD_FAILURE() << "no name " << name;
    return 0;
  }
  void step(const Step& step) {
    std::uint32_t play = 0;
    for (const Outcome& run : step.outcomes)
      for (std::uint32_t i = 0; i < run.count; ++i, ++play) {
        std::uint64_t numbers[max_parameters] = {};
        for (std::uint32_t a = 0; a < step.call.arguments.size; ++a)
          numbers[a] = bindings_.resolve(step.call, step.call.arguments[a].value, play);
        Outcome outcome = run;
        outcome.value.value.number.plain += run.stride * i;
        bindings_.record(step.call, play, {numbers, step.call.arguments.size}, outcome);
      }
  }

  Reading reading_;
  Bindings bindings_;
  std::size_t next_ = 0;
};

}  // namespace winmem::test
