"""Who may include whom: the layers of README.md, from the includes of every source."""

import posixpath
import re

from project_files import assert_none, cpp_files, read, tracked

# A source under the first path may include, of the project's files, only those under the others. The first match counts.
MAY_INCLUDE = [
    ("impl/", ["impl/"]),
    ("model/language/", ["model/language/"]),
    ("model/", ["model/"]),
    ("conformance/agent/", ["conformance/agent/", "model/language/"]),
    ("conformance/", ["conformance/", "model/"]),
    ("fuzz/", ["fuzz/", "conformance/", "model/", "impl/include/"]),
]
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def resolve(includer: str, name: str, files: set[str], folders: list[str]) -> str | None:
    """The project's file that an include names: beside the includer, from the root, or in an include, src or test folder."""
    for folder in [posixpath.dirname(includer), "", *folders]:
        candidate = posixpath.normpath(posixpath.join(folder, name))
        if candidate in files:
            return candidate
    return None


def violations(sources: dict[str, str], files: set[str]) -> list[str]:
    """What breaks the rule, one sentence each; sources maps the path of a source to its text."""
    folders = sorted({match.group() for match in map(re.compile(r".*?/(include|src|test)(?=/)").match, files) if match})
    found = []
    for path, text in sources.items():
        allowed = next((targets for prefix, targets in MAY_INCLUDE if path.startswith(prefix)), [path])
        for mark, name in _INCLUDE.findall(text):
            target = resolve(path, name, files, folders)
            if target is None and mark == '"':
                found.append(f'{path}: "{name}" is not a file of the project')
            elif target is not None and not target.startswith(tuple(allowed)):
                found.append(f"{path} may not include {target}")
    return found


def test_every_source_includes_only_what_its_layer_may():
    assert_none(violations({path: read(path) for path in cpp_files()}, set(tracked())))


def test_the_check_sees_a_forbidden_include():
    files = {"impl/src/a.cpp", "impl/src/heap/c.h", "impl/include/winmem/w.h", "model/spec/b.h", "fuzz/f.cpp"}
    assert violations({"impl/src/a.cpp": '#include "model/spec/b.h"\n'}, files)
    assert violations({"model/spec/b.h": "#include <winmem/w.h>\n"}, files)
    assert violations({"model/spec/b.h": '#include "nowhere.h"\n'}, files)
    assert violations({"fuzz/f.cpp": '#include "heap/c.h"\n'}, files)
    assert not violations({"impl/test/t.cpp": '#include "heap/c.h"\n'}, files)
    assert not violations({"fuzz/f.cpp": "#include <winmem/w.h>\n#include <vector>\n"}, files)


def test_the_language_does_no_input_or_output():
    forbidden = re.compile(r"#\s*include\s*<(cstdio|stdio\.h|iostream|fstream|sstream|ostream|istream|unistd\.h)>")
    sources = [path for path in cpp_files() if path.startswith("model/language/") and "/test/" not in path]
    assert_none([f"{path}: {match.group()}" for path in sources for match in forbidden.finditer(read(path))])
