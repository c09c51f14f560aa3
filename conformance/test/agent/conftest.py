"""The agents under test: on Linux, of both bitnesses, with several vendors, and the PE32+ agent under Wine."""

import collections.abc
import dataclasses
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = pathlib.Path(os.environ.get("WINMEM_BUILD", ROOT / "build" / "release"))
PE64 = pathlib.Path(os.environ.get("WINMEM_PE64", ROOT / "build" / "mingw64" / "winmem-agent.exe"))
PE32 = pathlib.Path(os.environ.get("WINMEM_PE32", ROOT / "build" / "mingw32" / "winmem-agent.exe"))
WINPR = pathlib.Path("/usr/lib/x86_64-linux-gnu/libwinpr2.so.2")
SECONDS = 60


@dataclasses.dataclass
class Agent:
    """A command that plays scripts, and what it needs around it."""

    name: str
    command: list[str]
    environment: dict[str, str] = dataclasses.field(default_factory=dict)
    bits: int = 64

    def run(self, *arguments: str, text: str | bytes = "") -> subprocess.CompletedProcess:
        return subprocess.run(
            [*self.command, *arguments],
            input=text if isinstance(text, bytes) else text.encode(),
            capture_output=True,
            timeout=SECONDS,
            env=self.surroundings(),
        )

    def surroundings(self) -> dict[str, str]:
        return {**os.environ, **self.environment}

    def talk(self, text: str | bytes) -> list[str]:
        """The lines that the agent answers."""
        return self.run(text=text).stdout.decode().splitlines()

    def play(self, *lines: str, switches: str = "", end: bool = False) -> list[str]:
        """What came of each line of a script; with `end` also how the script ended."""
        script = "".join(line + "\n" for line in lines)
        answers = self.talk(f"begin 1 {switches}\n{script}end\nbye\n")
        outcomes = [answer.split(" -> ", 1)[1] for answer in answers if answer.startswith("1.")]
        return outcomes + [answers[-1].removeprefix("1 ")] if end else outcomes


def built(path: pathlib.Path, how: str) -> pathlib.Path:
    if not path.exists():
        pytest.fail(f"{path} is missing: {how}")
    return path


def on_linux(name: str, library: pathlib.Path, agent: str = "winmem-agent") -> Agent:
    command = [built(BUILD / agent, "scripts/build release"), "--library", built(library, "scripts/build release")]
    return Agent(name, [str(word) for word in command])


def on_linux_32(name: str, library: str) -> Agent:
    if not (BUILD / "winmem-agent-i386").exists():
        pytest.skip("the compiler does not build for 32 bits (g++-multilib)")
    return dataclasses.replace(on_linux(name, BUILD / library, "winmem-agent-i386"), bits=32)


@pytest.fixture(scope="session")
def reference() -> Agent:
    return on_linux("reference", BUILD / "libwinmem.so")


@pytest.fixture(scope="session")
def plain() -> Agent:
    return on_linux("plain", BUILD / "winmem_plain_vendor.so")


@pytest.fixture(scope="session")
def i386() -> Agent:
    return on_linux_32("i386", "winmem_plain_vendor_i386.so")


@pytest.fixture(scope="session")
def reference32() -> Agent:
    return on_linux_32("reference32", "libwinmem-i386.so")


@pytest.fixture(scope="session")
def winpr() -> Agent:
    if not WINPR.exists():
        pytest.skip("libwinpr2-2 is not installed")
    return on_linux("winpr", WINPR)


@pytest.fixture(scope="session")
def wine() -> collections.abc.Iterator[Agent]:
    if shutil.which("wine") is None:
        pytest.skip("Wine is not installed")
    prefix = subprocess.run([ROOT / "scripts" / "wine-prefix"], check=True, capture_output=True, text=True, timeout=300)
    built(PE64, "scripts/build mingw64")
    environment = {"WINEPREFIX": prefix.stdout.strip(), "WINEDEBUG": "-all", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    agent = Agent("wine", ["wine", str(PE64)], environment)
    # While one process of the prefix lives, the next starts in a twentieth of the time.
    with subprocess.Popen(
        agent.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=agent.surroundings()
    ) as idle:
        idle.stdin.write(b"hello\n")
        idle.stdin.flush()
        assert idle.stdout.readline().startswith(b"0 hello ")
        yield agent
        idle.communicate(b"bye\n", timeout=SECONDS)


def runs_pe32() -> bool:
    """Whether a 32-bit Wine is here, by the same look as scripts/run takes."""
    look = f". {ROOT}/scripts/lib.sh && has_wine32"
    return subprocess.run(["bash", "-c", look], capture_output=True, timeout=SECONDS).returncode == 0


@pytest.fixture(scope="session")
def wine32(wine) -> Agent:
    if not runs_pe32():
        pytest.skip("there is no 32-bit Wine here")
    return Agent("wine32", ["wine", str(built(PE32, "scripts/build mingw32"))], wine.environment)


@pytest.fixture(params=["reference", "reference32", "plain", "i386", "wine"])
def guarded(request) -> Agent:
    """Every way in which the agent catches a fault: through the vendor's filter, its own handlers, Windows' filter."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["reference", "reference32", "wine"])
def windows(request) -> Agent:
    """Implementations that have all the functions."""
    return request.getfixturevalue(request.param)
