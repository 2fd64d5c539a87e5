"""One page → the documents: Word, PDF, HTML. Each printer is loaded only when it is wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from perfgen.errors import FontError
from perfgen.model.layout import Layout
from perfgen.render.characters import characters_by_role
from perfgen.render.elements import Page, parse_page
from perfgen.render.looks import Looks, read_looks

Say = Callable[[str], None]


class MissingCharacters(FontError):
    """Characters of the report that no font has (缺字). `characters` lists them."""

    def __init__(self, characters: Collection[str]) -> None:
        """Name the characters, with their code points."""
        self.characters = tuple(sorted(characters))
        named = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in self.characters[:10])
        super().__init__(
            f"所有字体里都没有这些字：{named}，印出来会是空白，所以没有生成",
            hint="换用常用字，或把含有这些字的字体放进工作簿旁边的 fonts 文件夹",
        )


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents by format, how many pages the PDF has, and what the officer should know."""

    contents: Mapping[str, bytes]
    pages: int | None = None
    notices: tuple[str, ...] = field(default=())


def print_documents(
    source: str, layout: Layout, *, formats: Sequence[str], fonts: Sequence[Path], say: Say
) -> Documents:
    """Print the page `source` in each of `formats`.

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
        contents["docx"] = print_docx(page, looks, images=pictures_in(layout.folder))
    if "pdf" not in formats:
        return Documents(contents)
    say("生成 PDF")
    contents["pdf"], pages, notices = _pdf(page, styles, looks, layout, fonts)
    return Documents(contents, pages, notices)


def _pdf(
    page: Page, styles: Sequence[str], looks: Looks, layout: Layout, folders: Sequence[Path]
) -> tuple[bytes, int, tuple[str, ...]]:
    from perfgen.render import fonts, pdf  # noqa: PLC0415

    chosen = fonts.find_fonts(folders)
    used = characters_by_role(page, looks)
    missing = chosen.check_coverage(used)
    if missing:
        raise MissingCharacters(missing)
    printed = pdf.print_pdf(
        page,
        styles,
        font_css=fonts.stylesheet(chosen, used),
        allowed_files=fonts.font_paths(chosen, used),
        base=layout.folder,
    )
    return printed.data, printed.pages, (*fonts.replacements(chosen), *printed.warnings)
