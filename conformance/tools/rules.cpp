// winmem-rules: the whole specification as a book.
#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "conformance/runner/error.h"
#include "conformance/runner/facts.h"
#include "conformance/runner/json.h"
#include "conformance/tools/rule_book.h"
#include "conformance/tools/rule_text.h"
#include "conformance/tools/tool.h"

namespace winmem::conformance {
namespace {

void print_text() {
  std::string function;
  for (const spec::Rule* rule : spec::rules()) {
    if (function_name(*rule) != function) fmt::print("\n{}\n", function = function_name(*rule));
    std::string holds = where_it_holds(*rule);
    fmt::print("  {:<12} {}{}\n", spec::name_of(rule->kind), rule->id,
               holds.empty() ? "" : "  (" + holds + ")");
    fmt::print("               {}\n               facts: {}\n", rule->says, rule->facts);
  }
}

void print_json() {
  nlohmann::ordered_json document = nlohmann::ordered_json::array();
  for (const spec::Rule* rule : spec::rules())
    document.push_back({{"id", rule->id},
                        {"function", function_name(*rule)},
                        {"kind", spec::name_of(rule->kind)},
                        {"says", rule->says},
                        {"facts", split_ids(rule->facts)},
                        {"holds", where_it_holds(*rule)},
                        {"outcomes", rule->outcomes}});
  write_json("-", document);
}

}  // namespace
}  // namespace winmem::conformance

int main(int argc, char** argv) {
  using namespace winmem::conformance;
  std::string format = "text";
  CLI::App app{"Prints every rule of the model with its sentence and its facts.", "winmem rules"};
  app.add_option("--format", format, "how to print them")
      ->check(CLI::IsMember({"text", "md", "json"}))
      ->capture_default_str();
  return run_tool(app, argc, argv, [&] {
    if (format == "json")
      print_json();
    else if (format == "md")
      fmt::print("{}", rule_book());
    else
      print_text();
    return exit_conforms;
  });
}
