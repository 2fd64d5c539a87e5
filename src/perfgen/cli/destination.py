"""Where documents go and in which formats: `-o` and `--format` mean the same in every command."""

from __future__ import annotations

from pathlib import Path

import click

from perfgen.build import FORMATS
from perfgen.errors import OutputError
from perfgen.settings import OUTPUTS
from perfgen.windows_names import fault_of_place

DEFAULT_FORMATS = ("docx", "pdf")
OTHER_DOCUMENTS = ("doc", "wps", "rtf", "odt", "ofd", "txt", "md", "htm", "xls", "xlsx", "et")
"""What an officer may ask for and perfgen does not write; anything else names a folder."""

OUTPUT_HELP = "放到哪个文件夹，或写成哪个文件（如 {example}）"


def as_formats(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return the formats named, in their order; none where the option is not used."""
    names = [name.strip(" .").lower() for name in (value or "").replace("，", ",").split(",")]
    for name in names:
        if name and name not in FORMATS:
            raise click.BadParameter(
                f"不认识的格式“{name}”，可以写 {'、'.join(FORMATS)}", ctx, param
            )
    return tuple(dict.fromkeys(name for name in names if name))


def destination_of(
    name: str, output: Path | None, formats: tuple[str, ...]
) -> tuple[tuple[str, ...], Path]:
    """Return the formats wanted and the path of the documents without their suffix.

    `output` is a folder, which gets documents of the name `name`, or a document with a suffix.
    Raises OutputError where it is neither, or where Windows has no such names.
    """
    wanted, destination = _destination(name, output, formats)
    if fault := fault_of_place(destination):
        raise OutputError(f"不能生成 {destination}：{fault}", hint="换一个文件名，或用 -o 写明")
    return wanted, destination


def _destination(
    name: str, output: Path | None, formats: tuple[str, ...]
) -> tuple[tuple[str, ...], Path]:
    if output is None or output.is_dir():
        return formats or DEFAULT_FORMATS, (output or Path(OUTPUTS)) / name
    suffix = output.suffix.lower().lstrip(".")
    if suffix in FORMATS:
        if formats and suffix not in formats:
            raise OutputError(
                f"-o 写的是 .{suffix}，--format 却是 {'、'.join(formats)}", hint="两处写一致"
            )
        return formats or (suffix,), output.with_suffix("")
    if suffix in OTHER_DOCUMENTS:
        raise OutputError(
            f"不能写成 .{suffix} 文件", hint=f"可以写成 {'、'.join(f'.{name}' for name in FORMATS)}"
        )
    return formats or DEFAULT_FORMATS, output / name
