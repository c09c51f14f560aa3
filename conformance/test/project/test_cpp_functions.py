"""The brace counter that the size check stands on finds what a compiler would call a function."""

from cpp_functions import functions


def names_and_lengths(source: str) -> list[tuple[str, int]]:
    return [(name, length) for name, _, length in functions(source)]


def test_a_function_counts_from_its_opening_to_its_closing_brace():
    assert functions("int f(int a) {\n  return a;\n}\n") == [("f", 1, 3)]


def test_namespaces_and_classes_are_not_functions_but_what_they_hold_is():
    source = "namespace a {\nstruct S : B {\n  int get() const noexcept { return 1; }\n  int x = 0;\n};\nvoid g() {\n}\n}\n"
    assert names_and_lengths(source) == [("get", 1), ("g", 2)]


def test_a_constructor_with_braced_initializers_is_one_function():
    assert names_and_lengths("S::S(int a)\n    : x{a}, y(2) {\n  z();\n}\nint h() {}\n") == [("S::S", 3), ("h", 1)]


def test_braces_in_comments_strings_and_macros_do_not_count():
    source = '// {\n/* { */\n#define M(x) \\\n  {x\nvoid f() {\n  s = "{"; c = \'{\'; r = R"(\n{)";\n}\n'
    assert names_and_lengths(source) == [("f", 4)]


def test_lambdas_in_a_table_count_one_by_one_and_the_table_does_not():
    source = "const Rule rules[] = {\n  {1, [](int a) {\n    return a;\n  }},\n  {2, [] { return 3; }},\n};\nint f() {\n}\n"
    assert [length for _, length in names_and_lengths(source)] == [3, 2]


def test_a_trailing_result_type_and_a_test_macro_are_function_heads():
    source = "auto f() -> std::vector<int> {\n}\nTEST(A, B) {\n\n}\n"
    assert names_and_lengths(source) == [("f", 2), ("TEST", 3)]


def test_arrays_and_enums_are_not_functions():
    assert functions("enum class E : int { kA, kB };\nint a[] = {1, 2};\nstd::array<int, 2> b{1, 2};\n") == []
