"""Writing files whole: a reader sees the old file or the new one, never a half."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from perfgen.errors import OutputError

Writer = Callable[[BinaryIO], None]
"""Writes a file's content to a stream, where it is too large to be held in memory."""

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EEXIST: "有同名的文件",
    errno.EFBIG: "文件太大",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EISDIR: "有同名的文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENOENT: "找不到",
}


def reason(error: OSError) -> str:
    """Return why the system refused, in Chinese where it is a usual reason."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def write_whole(files: Mapping[Path, bytes | Writer]) -> None:
    """Write every file whole, or leave all of them as they were where one cannot be written.

    Each is written beside its place, flushed to the disk, and renamed only when all are there.
    Raises OutputError, in Chinese, where a folder or a file cannot be written.
    """
    written: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            written[path] = _write_beside(path, content)
        _put_all_in_place(written)
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)


def _put_all_in_place(written: Mapping[Path, Path]) -> None:
    """Rename one after the other; where one fails, what was there before comes back."""
    kept: dict[Path, Path | None] = {}
    try:
        for path, temporary in written.items():
            kept[path] = _keep(path)
            _put_in_place(temporary, path)
    except BaseException:
        for path, old in kept.items():
            _put_back(path, old, renamed=not written[path].exists())
        raise
    for old in kept.values():
        if old is not None:
            old.unlink(missing_ok=True)


def _put_back(path: Path, old: Path | None, *, renamed: bool) -> None:
    if renamed and old is None:
        path.unlink(missing_ok=True)
    elif renamed and old is not None:
        old.replace(path)
    elif old is not None:
        old.unlink(missing_ok=True)


def _keep(path: Path) -> Path | None:
    """Give the old file a second name while its place is taken; None where there is none."""
    if not path.is_file():
        return None
    try:
        handle, name = tempfile.mkstemp(prefix=".perfgen-", suffix=".old", dir=path.parent)
        os.close(handle)
        old = Path(name)
        try:
            old.unlink()
            old.hardlink_to(path)
        except OSError:  # a file system without hard links
            old.write_bytes(path.read_bytes())
    except OSError as error:
        raise OutputError(
            f"不能替换 {path.name}（{reason(error)}），原来的文件没有动", hint="检查权限和磁盘空间"
        ) from error
    return old


def _write_beside(path: Path, content: bytes | Writer) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".perfgen-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise OutputError(
            f"不能写入文件夹 {path.parent}（{reason(error)}）",
            hint="检查权限，或用 -o 换一个文件夹",
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            if callable(content):
                content(stream)
            else:
                stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(
            f"写 {path.name} 时出错（{reason(error)}），原来的文件没有动", hint="检查磁盘空间"
        ) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _put_in_place(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except PermissionError as error:
        raise OutputError(
            f"{path.name} 正被其他程序打开，没有覆盖",
            hint="在 Word 或 PDF 阅读器里关闭它，再运行一次",
        ) from error
    except OSError as error:
        raise OutputError(
            f"不能写 {path}（{reason(error)}）", hint="检查是不是有同名的文件夹，或换一个位置"
        ) from error
