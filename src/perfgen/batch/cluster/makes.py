"""What a machine builds with (构成): where one of these differs, a document's bytes may, too."""

from __future__ import annotations

import hashlib
import platform
import sys
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from perfgen import __version__
from perfgen.layouts import templates_folder

WHEELS = (
    "cssselect2", "defusedxml", "fonttools", "jinja2", "lark", "lxml", "markupsafe", "olefile",
    "pillow", "pydyf", "pylopdf-fonts-zh-cn", "pypdf", "pyphen", "python-docx", "tinycss2",
    "tinyhtml5", "typst", "weasyprint", "xlsxwriter",
)  # fmt: skip
"""Packages that have a hand in what is read and printed; those that are not installed are none."""


@dataclass(frozen=True, slots=True)
class Make:
    """perfgen's version and a hash of its code and layouts; system, Python, zlib and wheels."""

    perfgen: str
    code: str
    system: str
    python: str
    zlib: str
    wheels: Mapping[str, str]


@cache
def this_make() -> Make:
    """Return what this machine builds with."""
    return Make(
        perfgen=__version__,
        code=_code_hash(),
        system=f"{sys.platform} {platform.machine()}",
        python=platform.python_version(),
        zlib=zlib.ZLIB_RUNTIME_VERSION,
        wheels={name: found for name in WHEELS if (found := _version(name))},
    )


def differences(ours: Make, theirs: Make) -> Sequence[str]:
    """Return what differs, as an officer reads it: Python 3.11.2（这里 3.11.7）."""
    pairs = {
        "perfgen": (ours.perfgen, theirs.perfgen),
        "系统": (ours.system, theirs.system),
        "Python": (ours.python, theirs.python),
        "zlib": (ours.zlib, theirs.zlib),
    }
    for name in sorted({*ours.wheels, *theirs.wheels}):
        pairs[name] = ours.wheels.get(name, "没有"), theirs.wheels.get(name, "没有")
    told = [f"{name} {there}（这里 {here}）" for name, (here, there) in pairs.items()
            if here != there]  # fmt: skip
    if not told and ours.code != theirs.code:
        told = [f"perfgen 的代码或版式不同，虽然都是 {ours.perfgen}"]
    return told


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _code_hash() -> str:
    """One hash of perfgen's own modules and layouts, wherever they lie."""
    package = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for home, kind in ((package, "*.py"), (templates_folder(), "*")):
        for file in sorted(path for path in home.rglob(kind) if path.is_file()):
            if "__pycache__" not in file.parts:
                content = file.read_bytes()
                digest.update(f"{file.relative_to(home).as_posix()}:{len(content)}\n".encode())
                digest.update(content)
    return digest.hexdigest()
