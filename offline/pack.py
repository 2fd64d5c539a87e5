"""`make offline`: one zip with all that perfgen needs on machines without network (离线安装包).

python offline/pack.py windows-x86_64 linux-x86_64     writes dist/perfgen-离线安装包-….zip
python offline/pack.py --compare                       says which platforms have all wheels
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from guide import guide_html
from wheels import (
    PLATFORMS,
    PYTHONS,
    ROOT,
    Missing,
    Platform,
    build_perfgen,
    download,
    download_pip,
    unlocked,
)

PACKED = Path(__file__).resolve().parent / "packed"
DEFAULT = ("windows-x86_64", "linux-x86_64")
FONTS = (
    "FandolFang-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolSong-Bold.otf",
    "FandolSong-Regular.otf",
    "Fandol-COPYING.txt",
    "Fandol-README.txt",
)
TOP = "perfgen"
"""The folder that the zip unpacks to: a short name, for Windows allows 260 characters to a path."""
_DATE = (1980, 1, 1, 0, 0, 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Pack, or compare; return the exit code."""
    options = _options(arguments)
    names = options.platforms or (list(PLATFORMS) if options.compare else list(DEFAULT))
    platforms = [PLATFORMS[name] for name in names]
    with tempfile.TemporaryDirectory(prefix="perfgen-offline-") as scratch:
        folder = Path(scratch)
        missing = _download_all(platforms, folder)
        _tell(platforms, missing)
        if missing or options.compare:
            return int(bool(missing) and not options.compare)
        if strange := unlocked(folder):
            say(f"requirements.lock 里没有这些文件的哈希，先运行 make lock：{'、'.join(strange)}")
            return 1
        build_perfgen(folder)
        download_pip(folder)
        target = options.output or _target(names)
        write_zip(target, contents(platforms, sorted(folder.glob("*.whl")), fonts_folder()))
    say(f"已生成 {target}（{target.stat().st_size // 1_000_000} MB）")
    return 0


def say(text: str) -> None:
    """Print a line of progress."""
    print(f"离线安装包：{text}", file=sys.stderr, flush=True)


def contents(
    platforms: Sequence[Platform], wheels: Sequence[Path], fonts: Path
) -> Mapping[str, bytes]:
    """Return all files of the zip by their names in it."""
    files = {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in wheels}
    files |= {f"fonts/{name}": (fonts / name).read_bytes() for name in FONTS}
    files |= {f"samples/{path.name}": path.read_bytes() for path in _samples()}
    files |= dict(_packed())
    files["使用手册.md"] = (ROOT / "docs" / "使用手册.md").read_bytes()
    files["LICENSE"] = (ROOT / "LICENSE").read_bytes()
    files["setup/contents.json"] = _declaration(platforms)
    files["安装说明.html"] = guide_html([platform.spoken for platform in platforms]).encode()
    return files


def write_zip(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the zip; scripts for a Unix shell may be run."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{TOP}/{name}", _DATE)
            entry.external_attr = (0o755 if name.endswith(".sh") else 0o644) << 16
            packed = name.endswith((".whl", ".png", ".xlsx"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    draft.replace(target)


def fonts_folder() -> Path:
    """Return the folder with the free fonts as they came, fetched where they are not there."""
    where = "from perfgen.render.fonts.places import data_folder; print(data_folder())"
    folder = Path(_perfgen("-X", "utf8", "-c", where).strip())
    if not all((folder / name).is_file() for name in FONTS):
        _perfgen("-m", "perfgen", "fonts", "--install")
    return folder


def _perfgen(*arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT / "src")
    return done.stdout.decode("utf-8")


def _download_all(platforms: Sequence[Platform], folder: Path) -> list[Missing]:
    return [
        missing
        for platform in platforms
        for python in PYTHONS
        for missing in download(platform, python, folder, say)
    ]


def _tell(platforms: Sequence[Platform], missing: Sequence[Missing]) -> None:
    for platform in platforms:
        lacks: dict[str, list[str]] = {}
        for one in missing:
            if one.platform == platform:
                lacks.setdefault(one.requirement, []).append(one.python)
        words = "；".join(f"{name}（Python {'、'.join(found)}）" for name, found in lacks.items())
        say(f"{platform.name}：{f'没有这些软件包：{words}' if words else '齐全'}")


def _samples() -> list[Path]:
    return sorted((ROOT / "inputs").glob("*.xlsx"))


def _packed() -> Iterator[tuple[str, bytes]]:
    """Yield the files that are packed as they are; those for Windows get its line ends."""
    for path in sorted(PACKED.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes().replace(b"\r\n", b"\n")
            if path.suffix in (".bat", ".txt"):
                content = content.replace(b"\n", b"\r\n")
            yield path.relative_to(PACKED).as_posix(), content


def _declaration(platforms: Sequence[Platform]) -> bytes:
    data = {
        "platforms": {platform.name: platform.spoken for platform in platforms},
        "pythons": PYTHONS,
    }
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _target(names: Sequence[str]) -> Path:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return ROOT / "dist" / f"perfgen-{project['version']}-offline-{'-'.join(names)}.zip"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="生成离线安装包")
    parser.add_argument("platforms", nargs="*", choices=[[], *PLATFORMS], metavar="平台",
                        help=f"{'、'.join(PLATFORMS)}；默认 {'、'.join(DEFAULT)}")  # fmt: skip
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写成哪个文件")
    parser.add_argument("--compare", action="store_true", help="只说哪些平台的软件包齐全")
    if not shutil.which("python3") and sys.platform != "win32":
        parser.error("需要 Python 3.11 以上")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
