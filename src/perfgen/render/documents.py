"""One page → the documents: Word, PDF, HTML. Each printer is loaded only when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from perfgen.errors import FontError
from perfgen.layouts.files import read_text
from perfgen.model.layout import Layout, Printer
from perfgen.render.attachments import Attachment
from perfgen.render.fonts import FontSet, find_fonts, replacements
from perfgen.render.fonts.characters import characters_by_role
from perfgen.render.looks import Looks, Stylesheet, read_looks
from perfgen.render.page.elements import Page, parse_page

if TYPE_CHECKING:
    from perfgen.render.printers.typst import Place
    from perfgen.render.printers.word import Stamper

Say = Callable[[str], None]


class MissingCharacters(FontError):
    """Characters of the report that no font has (缺字). `characters` lists them."""

    def __init__(self, characters: Collection[str]) -> None:
        """Name the characters, with their code points."""
        self.characters = tuple(sorted(characters))
        named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in self.characters[:10])
        super().__init__(
            f"所有字体里都没有这些字：{named}，印出来会是空白，所以没有生成",
            hint="把含有这些字的字体放进工作簿旁边的 fonts 文件夹，或换用常用字；"
            "先要 Word 文件的，加 --format docx",
        )


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents by format, how many pages the PDF has, and what the officer should know."""

    contents: Mapping[str, bytes]
    pages: int | None = None
    notices: tuple[str, ...] = field(default=())


def print_documents(
    source: str,
    layout: Layout,
    *,
    formats: Sequence[str],
    fonts: Sequence[Path],
    stamper: Stamper | None = None,
    parts: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
    printer: Printer | None = None,
    say: Say,
) -> Documents:
    """Print the page `source` in each of `formats`; `stamper` says what Word carries with it.

    `parts` are further XML parts of the Word file, `attachments` the files that the PDF carries,
    `printer` prints the PDF; without it, the layout's own does.
    Raises PageError where the page holds what the printers do not know, LayoutError where a style
    sheet does, FontError where a font or a character is missing, and MissingLibraries where the
    printer lacks a library of the system.
    """
    page = parse_page(source)
    styles = [read_text(style) for style in layout.styles]
    contents: dict[str, bytes] = {}
    if "html" in formats:
        from perfgen.render.printers.html import print_html  # noqa: PLC0415

        contents["html"] = print_html(page, styles)
    looks = _looks(page, layout, styles)
    if "docx" in formats:
        from perfgen.render.printers.word import pictures_in, print_docx  # noqa: PLC0415

        say("生成 Word 文件")
        contents["docx"] = print_docx(
            page, looks, images=pictures_in(layout.folder), stamper=stamper, parts=parts
        )
    if "pdf" not in formats:
        return Documents(contents, notices=looks.notices)
    say("生成 PDF")
    chosen, used = _fonts(page, looks, fonts)
    if (printer or layout.printer) == "typst":
        printed = _typst(page, looks, layout, chosen, used, attachments, say)
    else:
        printed = _weasyprint(page, looks, styles, layout, chosen, used, attachments, say)
    contents["pdf"], pages, warnings = printed
    return Documents(contents, pages, (*replacements(chosen), *looks.notices, *warnings))


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages as pictures, and where each element of `page` stands on them."""

    page: Page
    pictures: Sequence[bytes]
    places: Sequence[Place]


def print_pictures(
    source: str,
    layout: Layout,
    *,
    fonts: Sequence[Path] = (),
    kind: Literal["png", "svg"] = "svg",
    resolution: float = 96.0,
    say: Say = lambda _: None,
) -> Pictures:
    """Return the pages of a PDF as pictures, with the places of their elements.

    `resolution` is that of PNG, in dots per inch. Typst prints them, whichever printer the layout
    has. Raises what `print_documents` raises.
    """
    from perfgen.render.printers.typst import find_faces, print_preview  # noqa: PLC0415

    page = parse_page(source)
    looks = _looks(page, layout, [read_text(style) for style in layout.styles])
    chosen, used = _fonts(page, looks, fonts)
    faces = find_faces(chosen, used, say)
    printed = print_preview(
        page, looks, faces=faces, base=layout.folder, kind=kind, resolution=resolution
    )
    return Pictures(page, printed.pictures, printed.places)


def _looks(page: Page, layout: Layout, styles: Sequence[str]) -> Looks:
    sheets = [
        Stylesheet(f"{path.parent.name}/{path.name}", text)
        for path, text in zip(layout.styles, styles, strict=True)
    ]
    return read_looks(page, sheets, strict=layout.printer != "weasyprint")


def _fonts(
    page: Page, looks: Looks, folders: Sequence[Path]
) -> tuple[FontSet, Mapping[str, frozenset[str]]]:
    """Return the fonts, and the characters that each role prints; all of them must be there."""
    chosen = find_fonts(folders)
    used = characters_by_role(page, looks)
    if missing := chosen.check_coverage(used):
        raise MissingCharacters(missing)
    return chosen, used


def _typst(
    page: Page,
    looks: Looks,
    layout: Layout,
    fonts: FontSet,
    used: Mapping[str, frozenset[str]],
    attachments: Sequence[Attachment],
    say: Say,
) -> tuple[bytes, int, tuple[str, ...]]:
    from perfgen.render.printers.typst import find_faces, print_pdf  # noqa: PLC0415

    printed = print_pdf(
        page,
        looks,
        faces=find_faces(fonts, used, say),
        base=layout.folder,
        attachments=attachments,
        say=say,
    )
    return printed.data, printed.pages, printed.warnings


def _weasyprint(
    page: Page,
    looks: Looks,
    styles: Sequence[str],
    layout: Layout,
    fonts: FontSet,
    used: Mapping[str, frozenset[str]],
    attachments: Sequence[Attachment],
    say: Say,
) -> tuple[bytes, int, tuple[str, ...]]:
    from perfgen.render.printers.weasyprint import require_weasyprint  # noqa: PLC0415

    require_weasyprint()
    from perfgen.render.printers.weasyprint.printing import print_pdf  # noqa: PLC0415

    printed = print_pdf(
        page,
        looks,
        styles,
        fonts=fonts,
        used=used,
        base=layout.folder,
        attachments=attachments,
        say=say,
    )
    return printed.data, printed.pages, printed.warnings
