"""Writing files whole: a reader sees the old file or the new one, never a half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from perfgen.errors import OutputError


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write every file whole, or leave all of them as they were where one cannot be written.

    Each is written beside its place, flushed to the disk, and renamed only when all are there.
    Raises OutputError, in Chinese, where a folder or a file cannot be written.
    """
    written: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            written[path] = _write_beside(path, content)
        for path, temporary in written.items():
            _put_in_place(temporary, path)
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)


def _write_beside(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise OutputError(
            f"不能写入文件夹 {path.parent}（{error.strerror}）",
            hint="检查权限，或用 -o 换一个文件夹",
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(
            f"写 {path.name} 时出错（{error.strerror}），原来的文件没有动", hint="检查磁盘空间"
        ) from error
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
            f"不能写 {path}（{error.strerror}）", hint="检查是不是有同名的文件夹，或换一个位置"
        ) from error
