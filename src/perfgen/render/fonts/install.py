"""Fetches the free fonts for official documents: Fandol's FangSong, Kai, Hei and Song.

They are taken out of Debian's package, whose signature apt checks; nothing else of it is kept. Or
they are copied from a folder that holds them, such as the one in the zip for machines without
network.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from perfgen.errors import FontError
from perfgen.files import write_whole
from perfgen.render.fonts.files import code_points_in
from perfgen.render.fonts.places import data_folder
from perfgen.scratch import scratch_folder

FREE_FONTS = (
    "FandolFang-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolSong-Bold.otf",
    "FandolSong-Regular.otf",
)
_LICENCES = {"COPYING.gz": "Fandol-COPYING.txt", "README": "Fandol-README.txt"}
_PACKAGE = "texlive-lang-chinese"
_PACKAGE_FOLDER = "fandol"
_OWN_LISTS = "apt"
"""The folder, among the temporary files, of apt's lists where the machine's cannot be used."""
_SECONDS_BETWEEN = 3.0
_LEAST_CHARACTERS = 6763
"""The Chinese characters of GB 2312: a font with fewer is not what it should be."""


def install_free_fonts(
    target: Path | None, say: Callable[[str], None], *, source: Path | None = None
) -> tuple[Path, ...]:
    """Put the free fonts into `target` (None: the user's own data folder); return their files.

    Fonts that are there already are kept; else they are copied from the folder `source`, or
    downloaded where that is None. `say` is told, in Chinese, what is going on.
    Raises FontError where they cannot be had, OutputError where they cannot be written.
    """
    folder = target or data_folder()
    files = tuple(folder / name for name in FREE_FONTS)
    if all(file.is_file() for file in files):
        say(f"免费字体已在 {folder}")
        return files
    if source is not None:
        say(f"从 {source} 复制免费的仿宋、楷体、黑体和宋体字体")
        _keep(_lying_in(source), folder, f"需要的文件是 {'、'.join(FREE_FONTS)}")
    else:
        _fetch(folder, say)
    say(f"免费字体已放入 {folder}")
    return files


def _fetch(folder: Path, say: Callable[[str], None]) -> None:
    by_hand = (
        f"将仿宋、楷体、黑体、小标宋的字体文件放入 {folder} 或工作簿旁的 fonts 文件夹；"
        "没有也能生成，PDF 用 perfgen 自带的宋体和黑体"
    )
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise FontError("这台机器没有 apt-get，不能自动下载免费字体", hint=by_hand)
    again = f"检查网络后运行 perfgen fonts --install；或{by_hand}"
    with scratch_folder("fonts") as scratch:
        say("下载免费的仿宋、楷体、黑体和宋体字体（Fandol，约 50 MB）")
        package = _download(scratch, say, again)
        _keep(_take_out(package, scratch), folder, again)


def _lying_in(source: Path) -> Mapping[str, Path]:
    """Return the free fonts and their licence that lie in a folder, by their names."""
    licences = (*_LICENCES, *_LICENCES.values())
    paths = (source / name for name in (*FREE_FONTS, *licences))
    return {path.name: path for path in paths if path.is_file()}


def _keep(taken: Mapping[str, Path], folder: Path, hint: str) -> None:
    _check(taken, hint)
    write_whole({folder / _kept_name(name): _content(path) for name, path in taken.items()})


def _download(scratch: Path, say: Callable[[str], None], hint: str) -> Path:
    """Return the package, downloaded; renew apt's lists where they do not have it.

    Anyone may download, but only root may renew the machine's lists: anyone else, or root in a
    machine that cannot be written, gets lists of its own among the temporary files.
    """
    update, download = ["update"], ["download", _PACKAGE]
    own = _own_lists(scratch)
    steps = [download, [*own, *update], [*own, *download]]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        steps[1:1] = [update, download]
    said = ""
    for step in steps:
        if "update" in step:
            say("读取软件源的目录")
        code, errors = _run(["apt-get", "-qq", *step], scratch, say)
        package = _package_in(scratch)
        if package and code == 0:
            return package
        said = _last_error(errors) or said
    raise FontError(f"免费字体下载失败：{said or f'软件源中没有 {_PACKAGE}'}", hint=hint)


def _own_lists(scratch: Path) -> Sequence[str]:
    """Return the options by which apt keeps its lists in a folder of ours; make that folder."""
    folder = scratch / _OWN_LISTS
    (folder / "state" / "lists" / "partial").mkdir(parents=True)
    (folder / "cache" / "archives" / "partial").mkdir(parents=True)
    settings = (f"Dir::State={folder}/state", f"Dir::Cache={folder}/cache", "Debug::NoLocking=1")
    return [word for setting in settings for word in ("-o", setting)]


def _last_error(said: str) -> str:
    """Return the last error that apt told, else its last line."""
    lines = said.strip().splitlines()
    errors = [line for line in lines if line.startswith("E:")]
    return next(reversed(errors or lines), "")


def _run(command: Sequence[str], scratch: Path, say: Callable[[str], None]) -> tuple[int, str]:
    """Run a command in `scratch`; say now and then how much of the package has come."""
    with subprocess.Popen(
        command,
        cwd=scratch,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as running:
        while True:
            try:
                _, errors = running.communicate(timeout=_SECONDS_BETWEEN)
            except subprocess.TimeoutExpired:
                if package := _package_in(scratch):
                    say(f"已下载 {package.stat().st_size // 1_000_000} MB")
            else:
                return running.returncode, errors


def _package_in(scratch: Path) -> Path | None:
    return next(scratch.glob(f"{_PACKAGE}_*.deb"), None)


def _take_out(package: Path, scratch: Path) -> Mapping[str, Path]:
    """Return the free fonts and their licence, by name, without unpacking the rest."""
    wanted = {*FREE_FONTS, *_LICENCES}
    taken: dict[str, Path] = {}
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as unpacker,
        tarfile.open(fileobj=unpacker.stdout, mode="r|") as archive,
    ):
        for member in archive:
            path = PurePosixPath(member.name)
            if path.parent.name != _PACKAGE_FOLDER or path.name not in wanted:
                continue
            if content := archive.extractfile(member):
                taken[path.name] = scratch / path.name
                taken[path.name].write_bytes(content.read())
            if len(taken) == len(wanted):
                unpacker.kill()
                break
    return taken


def _check(taken: Mapping[str, Path], hint: str) -> None:
    """Raise FontError unless every font is there, opens, and has its characters."""
    for name in FREE_FONTS:
        if name not in taken:
            raise FontError(f"没有字体文件 {name}", hint=hint)
        if len(code_points_in(taken[name])) < _LEAST_CHARACTERS:
            raise FontError(f"字体不完整：{name}", hint=hint)


def _kept_name(name: str) -> str:
    return _LICENCES.get(name, name)


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content
