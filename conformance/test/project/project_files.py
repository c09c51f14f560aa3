"""Which files belong to the project, and how a failed check lists what it found."""

import functools
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
CPP_SUFFIXES = {".h", ".hpp", ".c", ".cc", ".cpp", ".S", ".inc", ".def"}
DATA_SUFFIXES = {".jsonl", ".tsv", ".toml"}


@functools.cache
def tracked() -> tuple[str, ...]:
    """The paths of all files that git has, relative to the root, that exist in the work tree."""
    # safe.directory: a checkout may belong to another user than the one who runs the tests.
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return tuple(sorted(path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file()))


def with_suffix(*suffixes: str) -> list[str]:
    """The tracked paths that end in one of the suffixes."""
    return [path for path in tracked() if pathlib.PurePath(path).suffix in suffixes]


def cpp_files() -> list[str]:
    return with_suffix(*CPP_SUFFIXES)


def python_files() -> list[str]:
    return [path for path in tracked() if path.endswith(".py") or "python" in shebang(path)]


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def shebang(path: str) -> str:
    """The first line of a file when it begins with #!, else nothing."""
    with open(ROOT / path, "rb") as file:
        first = file.readline()
    return first.decode("utf-8", "replace").strip() if first.startswith(b"#!") else ""


def assert_none(found: list[str]) -> None:
    """Fails with one finding a line."""
    assert not found, "\n" + "\n".join(found)
