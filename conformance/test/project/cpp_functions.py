"""Finds the functions of a C or C++ source by counting braces, without a compiler.

Enough of the language is read to be exact on clang-formatted sources: comments, strings, raw strings and preprocessor
lines are blanked first; a brace opens a function when what stands before it reads as a function's head.
"""

import re

_BLANKED = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\''
    r"|^[ \t]*#(?:[^\n\\]|\\.|\\\n)*",
    re.DOTALL | re.MULTILINE,
)
# After the parameters of a function: qualifiers, a result type, the initializers of a constructor.
_FUNCTION_HEAD = re.compile(
    r"\)\s*(?:(?:const|volatile|mutable|noexcept|override|final|try|&&?)\s*|noexcept\s*\([^{}]*\)\s*"
    r"|__attribute__\s*\(\([^{}]*\)\)\s*|->[^{};=]*|(?<!:):(?!:)[^;]*|requires[^{};]*)*$",
    re.DOTALL,
)
_NAME = re.compile(r"(~?[\w:]+|operator\s*\S+)\s*\(")


def blank(source: str) -> str:
    """The source with comments, literals and preprocessor lines turned to spaces, line breaks kept."""
    return _BLANKED.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), source)


def _opens_function(head: str) -> bool:
    stripped = head.strip()
    if stripped and not head[-1].isspace():  # `x{1}` initializes; before a body clang-format leaves a space
        return False
    if re.match(r"(inline\s+)?namespace\b|extern\s*$|enum\b", stripped):
        return False
    if re.search(r"(=|\breturn|,|\()\s*$", stripped):
        return False
    return bool(_FUNCTION_HEAD.search(stripped))


def functions(source: str) -> list[tuple[str, int, int]]:
    """(name, line of the opening brace, number of lines from there to the closing brace) of each outermost function."""
    text = blank(source)
    found: list[tuple[str, int, int]] = []
    inside_initializer: list[bool] = []  # for each open brace outside functions
    start, position = 0, 0
    while position < len(text):
        letter = text[position]
        if letter == "{" and _opens_function(text[start:position]):
            end = _closing_brace(text, position)
            head = text[start:position]
            name = _NAME.search(head)
            first = text.count("\n", 0, position)
            found.append((name.group(1) if name else "lambda", first + 1, text.count("\n", 0, end) - first + 1))
            position = end
            if not any(inside_initializer):
                start = end + 1
        elif letter == "{":
            head = text[start:position].strip()
            # A type or namespace begins anew inside; the braces of an initializer belong to their statement.
            is_scope = not re.search(r"[=(,]\s*$|^[^(]*\)\s*:|\w$", head) or bool(
                re.match(r"(template\s*<.*>\s*)?(inline\s+)?(typedef\s+)?(namespace|extern|struct|class|union|enum)\b", head)
            )
            inside_initializer.append(not is_scope)
            if is_scope:
                start = position + 1
        elif letter == "}" and inside_initializer:
            if not inside_initializer.pop():
                start = position + 1
        elif letter == ";" and not any(inside_initializer):
            start = position + 1
        position += 1
    return found


def _closing_brace(text: str, opening: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, opening):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.start()
    raise ValueError(f"the brace in line {text.count(chr(10), 0, opening) + 1} is never closed")
