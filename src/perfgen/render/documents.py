"""One page → the documents: Word, PDF, HTML. Each printer is loaded only when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from perfgen.errors import FontError
from perfgen.model.layout import Layout
from perfgen.render.attachments import Attachment
from perfgen.render.characters import characters_by_role
from perfgen.render.columns import fit_columns
from perfgen.render.elements import Page, parse_page
from perfgen.render.fonts import FontSet, find_fonts, font_paths, replaced_in_short, stylesheet
from perfgen.render.looks import Looks, read_looks

if TYPE_CHECKING:
    from perfgen.render.word import Stamper

Say = Callable[[str], None]

COVER_ON_THE_LEFT = "html { break-before: left; }"
"""Behind a cover that is not counted, page 1 is a right page, as every odd page is."""


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
    say: Say,
) -> Documents:
    """Print the page `source` in each of `formats`; `stamper` says what Word carries with it.

    `parts` are further XML parts of the Word file, `attachments` the files that the PDF carries.
    Raises PageError where the page holds what the printers do not know, and FontError where a
    font or a character is missing.
    """
    page = parse_page(source)
    styles = [style.read_text(encoding="utf-8") for style in layout.styles]
    contents: dict[str, bytes] = {}
    if "html" in formats:
        from perfgen.render.html import print_html  # noqa: PLC0415

        contents["html"] = print_html(page, styles)
    looks = read_looks(page, styles)
    if "docx" in formats:
        from perfgen.render.word import pictures_in, print_docx  # noqa: PLC0415

        say("生成 Word 文件")
        contents["docx"] = print_docx(
            page, looks, images=pictures_in(layout.folder), stamper=stamper, parts=parts
        )
    if "pdf" not in formats:
        return Documents(contents)
    say("生成 PDF")
    chosen, used = _fonts(page, looks, fonts)
    fitted = fit_columns(page, looks)
    sides = () if looks.first_paper(page).counted else (COVER_ON_THE_LEFT,)
    contents["pdf"], pages, warnings = _pdf(
        fitted, (*styles, *sides), layout, chosen, used, attachments, say
    )
    return Documents(contents, pages, (*replaced_in_short(chosen), *warnings))


def _fonts(
    page: Page, looks: Looks, folders: Sequence[Path]
) -> tuple[FontSet, Mapping[str, frozenset[str]]]:
    """Return the fonts, and the characters that each role prints; all of them must be there."""
    chosen = find_fonts(folders)
    used = characters_by_role(page, looks)
    if missing := chosen.check_coverage(used):
        raise MissingCharacters(missing)
    return chosen, used


def _pdf(
    page: Page,
    styles: Sequence[str],
    layout: Layout,
    fonts: FontSet,
    used: Mapping[str, frozenset[str]],
    attachments: Sequence[Attachment],
    say: Say,
) -> tuple[bytes, int, tuple[str, ...]]:
    from perfgen.render.pdf import print_pdf  # noqa: PLC0415

    printed = print_pdf(
        page,
        styles,
        font_css=stylesheet(fonts, used),
        allowed_files=font_paths(fonts, used),
        base=layout.folder,
        attachments=attachments,
        say=say,
    )
    return printed.data, printed.pages, printed.warnings
