#include "conformance/runner/conversation.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "conformance/runner/error.h"
#include "conformance/runner/script_file.h"

namespace winmem::conformance {
namespace {

/// Takes a decimal number off the front.
bool take_number(std::string_view& text, unsigned long& number) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// What is wrong with the numbers of a system.
std::string impossible(const std::string& system, const ParseError& error) {
  std::size_t at = std::min<std::size_t>(error.column - 1, system.size());
  std::size_t begin = at == 0 ? 0 : system.rfind(' ', at - 1) + 1;
  return fmt::format("'{}' cannot be: expected {}",
                     system.substr(begin, system.find(' ', begin) - begin), error.expected);
}

std::string last_lines(const std::string& text) {
  std::size_t begin = text.size() > 2000 ? text.size() - 2000 : 0;
  return text.substr(begin);
}

}  // namespace

bool Hello::told(const std::string& key) const {
  return (" " + system_text).find(" " + key + "=") != std::string::npos;
}

bool parse_hello(const std::string& line, Hello& hello, std::string& problem) {
  std::istringstream words(line);
  std::string word, system, protocol;
  words >> word;
  if (word != "hello") return problem = "expected 'hello'", false;
  while (words >> word) {
    std::size_t sign = word.find('=');
    std::string key = word.substr(0, sign);
    std::string value = sign == std::string::npos ? "" : word.substr(sign + 1);
    if (key == "protocol")
      protocol = value;
    else if (key == "agent")
      hello.agent = value;
    else if (key == "vendor")
      hello.vendor = value;
    else if (key == "functions") {
      std::istringstream names(value);
      for (std::string name; std::getline(names, name, ',');) hello.functions.insert(name);
    } else {
      if (key == "version") hello.version = value;
      if (key == "heap") hello.heap = value;
      system += (system.empty() ? "" : " ") + word;
    }
  }
  if (protocol != "1") return problem = fmt::format("protocol '{}', and not 1", protocol), false;
  ParseError error;
  if (!parse_system(text_of(system), hello.system, error))
    return problem = impossible(system, error), false;
  if (hello.version.empty()) hello.system.major = hello.system.minor = hello.system.build = 0;
  hello.system_text = system;
  return true;
}

Answer parse_answer(std::string line) {
  Answer answer;
  std::string_view rest = line;
  unsigned long script = 0, number = 0;
  if (take_number(rest, script)) {
    answer.script = script;
    if (take(rest, ".") && take_number(rest, number) && take(rest, " -> ")) {
      answer.kind = Answer::Kind::outcome;
      answer.line = number;
      answer.text = rest;
      return answer;
    }
    if (rest == " end")
      answer.kind = Answer::Kind::end;
    else if (rest == " end dirty")
      answer.kind = Answer::Kind::dirty;
    else if (take(rest, " ends "))
      answer.kind = Answer::Kind::ends;
    if (answer.kind == Answer::Kind::ends) answer.text = rest;
    if (answer.kind != Answer::Kind::noise) return answer;
  }
  answer.text = std::move(line);
  return answer;
}

Conversation::Conversation(const Vendor& vendor, Clock::duration start_limit)
    : echoes_(vendor.agent.echoes), process_(vendor.agent) {
  greet(vendor, start_limit);
}

Conversation::~Conversation() {
  if (!echoes_) return;
  // What a library printed may still lie in its buffers until its process ends by itself.
  process_.send("bye\n");
  process_.finish_sending();
  process_.wait(Clock::now() + std::chrono::seconds(2));
}

void Conversation::greet(const Vendor& vendor, Clock::duration start_limit) {
  process_.send("hello\n");
  auto deadline = Clock::now() + start_limit;
  std::string line, noise;
  constexpr std::size_t most_noise = 1 << 20;  // an agent that only prints is not waited for
  std::size_t printed = 0;
  Process::Got got = Process::Got::line;
  while ((got = process_.next_line(line, deadline)) == Process::Got::line) {
    if (line.starts_with("0 hello")) {
      std::string problem;
      if (parse_hello(line.substr(2), hello_, problem)) return;
      throw CannotRun(fmt::format("the agent of {} does not say hello as the protocol has it: {}",
                                  vendor.title, problem));
    }
    if (noise.size() < 4000) noise += line.substr(0, 400) + "\n";
    printed += line.size() + 1;
    if (printed > most_noise) break;
  }
  if (got == Process::Got::interrupted) throw Interrupted();
  std::string how;
  if (got == Process::Got::closed) {
    const ExitStatus status = process_.wait(Clock::now() + std::chrono::seconds(2));
    if (status.kind == ExitStatus::Kind::signalled) how = fmt::format(": signal({})", status.code);
    if (status.kind == ExitStatus::Kind::exited) how = fmt::format(": exit({})", status.code);
  }
  const char* what = got == Process::Got::line     ? "prints and prints and does not say hello"
                     : got == Process::Got::closed ? "ended before it said hello"
                                                   : "did not say hello in time";
  std::string advice = vendor.missing.empty() ? "" : "(" + vendor.missing + ")\n";
  throw CannotRun(fmt::format("the agent of {} {}{}\n{}{}{}", vendor.title, what, how, noise,
                              last_lines(process_.log()), advice));
}

void Conversation::send(unsigned long number, std::string_view wire, std::string_view switches) {
  process_.send(
      fmt::format("begin {}{}{}\n{}end\n", number, switches.empty() ? "" : " ", switches, wire));
}

Answer Conversation::next(Clock::time_point deadline) {
  std::string line;
  Answer answer;
  switch (process_.next_line(line, deadline)) {
    case Process::Got::line:
      return parse_answer(std::move(line));
    case Process::Got::silence:
      answer.kind = Answer::Kind::silence;
      break;
    case Process::Got::closed:
      answer.kind = Answer::Kind::closed;
      break;
    case Process::Got::interrupted:
      answer.kind = Answer::Kind::interrupted;
      break;
  }
  return answer;
}

}  // namespace winmem::conformance
