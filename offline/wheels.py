"""The wheels (软件包) of a platform: resolved for it, downloaded for it, and what there is none of.

pip's own `--platform` judges markers by the machine that it runs on, so uv resolves, which knows
the target's markers, and pip downloads exactly that list.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "build" / "offline-tools"
LOCK = ROOT / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13")

_REQUIREMENT = re.compile(r"^[A-Za-z0-9][\w.-]*==", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NO_WHEEL = re.compile(r"No matching distribution found for (\S+==[^\s(]+)")
_GLIBC = (28, 27, 26, 24, 17, 12, 5)
"""The versions 2.x of glibc that wheels are made for and that glibc 2.28 can run."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One kind of machine: its name, what uv calls it, and the tags of wheels that it runs."""

    name: str
    spoken: str
    target: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A package that has no wheel for a platform and a version of Python."""

    platform: Platform
    python: str
    requirement: str


def _linux(machine: str) -> tuple[str, ...]:
    old = {12: "manylinux2010", 5: "manylinux1", 17: "manylinux2014"}
    plain = [f"manylinux_2_{minor}_{machine}" for minor in _GLIBC]
    return (*plain, *(f"{name}_{machine}" for name in old.values()), f"linux_{machine}")


PLATFORMS = {
    platform.name: platform
    for platform in (
        Platform("windows-x86_64", "Windows 10/11 64 位", "x86_64-pc-windows-msvc", ("win_amd64",)),
        Platform("linux-x86_64", "Linux x86_64（glibc 2.28 以上）", "x86_64-manylinux_2_28",
                 _linux("x86_64")),
        Platform("linux-aarch64", "Linux ARM64（glibc 2.28 以上）", "aarch64-manylinux_2_28",
                 _linux("aarch64")),
        Platform("macos-arm64", "macOS 13 以上（Apple 芯片）", "aarch64-apple-darwin",
                 ("macosx_13_0_arm64",)),
        Platform("macos-x86_64", "macOS 13 以上（Intel）", "x86_64-apple-darwin",
                 ("macosx_13_0_x86_64",)),
        Platform("windows-arm64", "Windows ARM64", "aarch64-pc-windows-msvc", ("win_arm64",)),
        Platform("musl-x86_64", "Linux x86_64（musl，如 Alpine）", "x86_64-unknown-linux-musl",
                 ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64")),
        Platform("linux-loongarch64", "Linux 龙芯 LoongArch", "x86_64-manylinux_2_36",
                 ("manylinux_2_36_loongarch64", "manylinux_2_38_loongarch64")),
    )
}  # fmt: skip
"""uv has no name for LoongArch; the markers of perfgen's packages are those of any Linux."""


def tools() -> Path:
    """Return the folder of programs of an environment with uv and a new pip, made once."""
    programs = TOOLS / ("Scripts" if sys.platform == "win32" else "bin")
    if not (TOOLS / "ready").is_file():
        venv.create(TOOLS, with_pip=True, clear=True)
        run([str(programs / "python"), "-m", "pip", "install", "--quiet",
             "--disable-pip-version-check", "--upgrade", "pip", "uv"])  # fmt: skip
        (TOOLS / "ready").touch()
    return programs


def run(command: Sequence[str]) -> str:
    """Return what a command prints; its complaints go to the terminal. Raises where it fails."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


def download(
    platform: Platform, python: str, folder: Path, say: Callable[[str], None]
) -> tuple[Missing, ...]:
    """Put the wheels for a platform and a Python into `folder`; return what there is none of."""
    say(f"{platform.name}，Python {python}")
    wanted = list(each_requirement(resolve(platform, python)))
    missing: list[Missing] = []
    while (refused := _refused(wanted, platform, python, folder)) is not None:
        missing.append(Missing(platform, python, refused.split(maxsplit=1)[0]))
        wanted.remove(refused)
    return tuple(missing)


def resolve(platform: Platform, python: str) -> str:
    """Return the locked requirements with their hashes, for the platform's own markers."""
    return run([
        str(tools() / "uv"), "pip", "compile", "--quiet", "--no-header", "--no-annotate",
        "--generate-hashes", "--python-platform", platform.target, "--python-version", python,
        "--extra", "web", "--constraint", str(LOCK), str(ROOT / "pyproject.toml"),
    ])  # fmt: skip


def each_requirement(wanted: str) -> Iterator[str]:
    """Yield each requirement of a list, its hashes with it."""
    starts = [found.start() for found in _REQUIREMENT.finditer(wanted)]
    for start, end in zip(starts, [*starts[1:], len(wanted)], strict=True):
        yield wanted[start:end]


def _refused(wanted: Sequence[str], platform: Platform, python: str, folder: Path) -> str | None:
    """Download what is wanted, each held against its locked hash; return one that has no wheel."""
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    compact = python.replace(".", "")
    with tempfile.TemporaryDirectory(prefix="perfgen-offline-") as scratch:
        listed = Path(scratch, "wanted.txt")
        listed.write_text("".join(wanted), encoding="utf-8")
        done = subprocess.run(
            [
                str(tools() / "python"), "-m", "pip", "download", "--quiet", "--no-deps",
                "--disable-pip-version-check", "--only-binary=:all:", "--require-hashes",
                "--implementation", "cp", "--python-version", python,
                "--abi", f"cp{compact}", "--abi", "abi3", "--abi", "none",
                *tags, "--dest", str(folder), "--requirement", str(listed),
            ],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
    if done.returncode == 0:
        return None
    found = _NO_WHEEL.search(done.stderr)
    refused = [one for one in wanted if found and one.startswith(f"{found.group(1)} ")]
    if not refused:
        raise RuntimeError(f"pip download failed:\n{done.stderr}")
    return refused[0]


def unlocked(folder: Path, lock: Path = LOCK) -> tuple[str, ...]:
    """Return the wheels in `folder` whose hash does not stand in the lock file."""
    locked = set(_HASH.findall(lock.read_text(encoding="utf-8")))
    wheels = sorted(folder.glob("*.whl"))
    return tuple(
        wheel.name
        for wheel in wheels
        if hashlib.sha256(wheel.read_bytes()).hexdigest() not in locked
    )


def download_pip(folder: Path) -> None:
    """Put pip's own wheel into `folder`: a Python without ensurepip needs no more than that."""
    run([str(tools() / "python"), "-m", "pip", "download", "--quiet", "--no-deps",
         "--disable-pip-version-check", "--only-binary=:all:", "--dest", str(folder),
         "pip"])  # fmt: skip


def build_perfgen(folder: Path) -> None:
    """Build perfgen's own wheel into `folder`."""
    run([str(tools() / "uv"), "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT)])
