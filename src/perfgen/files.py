"""Writing files whole: a reader sees the old file or the new one, never a half."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from perfgen.errors import OutputError
from perfgen.windows_names import fault_of_place, is_too_long

_WAITS = (0.05, 0.1, 0.2, 0.4)
"""Seconds before each further try where Windows refuses: a virus scanner lets go soon."""

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
_RARE = {
    "ELOOP": "快捷方式（链接）绕成了圈",
    "EIO": "磁盘或设备读写出错",
    "EBUSY": "正被别的程序占用",
    "ETXTBSY": "正被别的程序占用",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENOMEM": "内存不够",
    "ENOTEMPTY": "文件夹不是空的",
    "EINVAL": "系统不接受这个名称或位置",
    "EILSEQ": "文件名里有系统不认的字",
    "ENODEV": "没有这个设备",
    "ENXIO": "没有这个设备",
    "ESTALE": "网络文件夹断开了",
    "ETIMEDOUT": "网络文件夹没有回应",
    "ENOTCONN": "网络文件夹断开了",
    "EHOSTDOWN": "网络文件夹连不上",
    "EHOSTUNREACH": "网络文件夹连不上",
    "ENETUNREACH": "网络文件夹连不上",
}
"""What not every system has, by name."""

_REASONS |= {getattr(errno, name): said for name, said in _RARE.items() if hasattr(errno, name)}


def reason(error: OSError, path: Path | None = None) -> str:
    """Return why the system refused, in Chinese; the number of what is unusual.

    Windows says of a path that is too long that it is not found: `path` helps to tell.
    """
    if path is not None and is_too_long(path.absolute()):
        return f"路径太长，有 {len(str(path.absolute()))} 个字符"
    known = _REASONS.get(error.errno or 0)
    return known or (f"系统错误 {error.errno}" if error.errno else type(error).__name__)


def again_where_refused(step: Callable[[], object]) -> None:
    """Do a step, such as a rename; where permission is refused, try again a few times.

    On Windows a virus scanner, the search service or a cloud drive holds a new file for a moment.
    """
    for wait in _WAITS:
        try:
            step()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    step()


def write_whole(files: Mapping[Path, bytes | Writer]) -> None:
    """Write every file whole, or leave all of them as they were where one cannot be written.

    Each is written beside its place, flushed to the disk, and renamed only when all are there.
    Raises OutputError, in Chinese, where a folder or a file cannot be written.
    """
    for path in files:
        if fault := fault_of_place(path):
            raise OutputError(f"不能写 {path}：{fault}", hint="换一个名字，或用 -o 写成别的文件")
    written: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            written[path] = _write_beside(path, content)
        _put_all_in_place(written)
    finally:
        for temporary in written.values():
            _discard(temporary)


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
    _placed.extend(kept)
    for old in kept.values():
        if old is not None:
            _discard(old)


_placed: list[Path] = []
"""What this process has put in place, for its last words: they must not deny it."""


def placed() -> tuple[Path, ...]:
    """Return the files that were put in place since `forget_placed`, each once."""
    return tuple(dict.fromkeys(_placed))


def forget_placed() -> None:
    """Begin anew: what was put in place so far belongs to an earlier command."""
    _placed.clear()


def _put_back(path: Path, old: Path | None, *, renamed: bool) -> None:
    if renamed and old is None:
        _discard(path)
    elif renamed and old is not None:
        again_where_refused(lambda: old.replace(path))
    elif old is not None:
        _discard(old)


def _discard(path: Path) -> None:
    """Remove a file of our own. One that is held for long stays: it must hide no other error."""
    with suppress(PermissionError):
        again_where_refused(lambda: path.unlink(missing_ok=True))


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
            f"不能替换 {path.name}（{reason(error, path)}），原来的文件没有动",
            hint="检查权限和磁盘空间",
        ) from error
    return old


def _write_beside(path: Path, content: bytes | Writer) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".perfgen-", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise OutputError(
            f"不能写入文件夹 {path.parent}（{reason(error, path)}）",
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
        _discard(temporary)
        raise OutputError(
            f"写 {path.name} 时出错（{reason(error)}），原来的文件没有动", hint="检查磁盘空间"
        ) from error
    except BaseException:
        _discard(temporary)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _put_in_place(temporary: Path, path: Path) -> None:
    try:
        again_where_refused(lambda: temporary.replace(path))
    except PermissionError as error:
        raise OutputError(
            f"{path.name} 正被其他程序打开，没有覆盖",
            hint="在 Word、WPS 或 PDF 阅读器里关闭它，再运行一次；没有打开的，看它是不是只读",
        ) from error
    except OSError as error:
        raise OutputError(
            f"不能写 {path}（{reason(error, path)}）", hint="检查是不是有同名的文件夹，或换一个位置"
        ) from error
