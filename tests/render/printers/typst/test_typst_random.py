"""Hundreds of tables as no one would type them: nothing is lost, whatever the data."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from lxml import etree
from typst_printing import call, faults, plain, raw_text, source_of

from perfgen.render.page.text import page_text
from perfgen.render.printers.word import print_docx
from render.pdf_reading import needs
from render.structure_reading import headings_of_cells, read_structure

DOCUMENTS, TABLES = 20, 12
HAN = (
    "全市商务工作按年度履职目标有序推进，各项任务完成情况良好；"
    "“走出去”企业500余家（含外资），增长8.5%。"
)
LABELS = (1, 3, 8, 12, 13, 40, 160, 300)
TEXTS = (0, 0, 1, 5, 20, 60, 150)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Writer:
    """Makes tables by chance, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def words(self, length: int) -> str:
        return "".join(self._random.choices(HAN, k=length))

    def address(self) -> str:
        letters = self._random.choices("abcdefghij0123456789-_/", k=self._random.choice([30, 180]))
        return "https://www.example.gov.cn/" + "".join(letters)

    def table(self) -> str:
        """Up to three levels of merges, up to four columns of texts, up to forty rows."""
        levels, columns = self._random.randint(0, 3), self._random.randint(1, 4)
        count = self._random.choice([0, 1, 2, 3, 8, 20, 40])
        rows: list[list[str]] = [[] for _ in range(count)]
        self._merge(rows, 0, count, levels)
        long = [False] * count
        for number, row in enumerate(rows):
            for _ in range(columns):
                text = self.words(self._random.choice(TEXTS))
                chance = self._random.random()
                if chance < 0.01:
                    text, long[number] = self.words(self._random.randint(400, 6000)), True
                elif chance < 0.05:
                    text += self.address()
                row.append(f"<td>{text}</td>")
        starts = ['<tr class="long">' if high else "<tr>" for high in long]
        body = "".join(
            f"{start}{''.join(row)}</tr>" for start, row in zip(starts, rows, strict=True)
        )
        width = levels + columns
        head = "".join(f'<th scope="col">表头{number}</th>' for number in range(width))
        has_head = count == 0 or self._random.random() < 0.8
        thead = f"<thead><tr>{head}</tr></thead>" if has_head else ""
        return f"<table>{thead}<tbody>{body}</tbody></table>"

    def _merge(self, rows: list[list[str]], first: int, last: int, levels: int) -> None:
        """Put labels before rows: each over some of them, with others inside it."""
        if levels == 0:
            return
        row = first
        while row < last:
            count = min(self._random.choice([1, 1, 2, 3, 5, 9, 30]), last - row)
            span = f' rowspan="{count}"' if count > 1 else ""
            label = self.words(self._random.choice(LABELS))
            rows[row].append(f'<th scope="row"{span}>{label}</th>')
            self._merge(rows, row, row + count, levels - 1)
            row += count


def words_of_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return plain("".join(each.text or "" for each in root.iter(f"{_W}t")))


@needs("pdftotext")
@pytest.mark.parametrize("seed", range(DOCUMENTS))
def test_whatever_the_tables_hold_nothing_is_lost_and_all_is_in_order(
    suzhou, tmp_path: Path, seed: int
):
    writer = Writer(seed)
    tables = [f"<p>{writer.words(40)}</p>{writer.table()}" for _ in range(TABLES)]
    found = call(suzhou, source_of(f"<h1>报告</h1>{''.join(tables)}"))
    data, page = found.printed.data, found.page

    wanted = plain("".join(page_text(page)))
    structure = read_structure(data)
    assert plain(structure.document.text) == wanted
    assert words_of_docx(print_docx(page, found.looks)) == wanted
    shown = Counter(raw_text(data, tmp_path))
    assert not Counter(wanted) - shown
    for written, read in zip(page.body.iter("table"), structure.document.all("Table"), strict=True):
        cells = [plain(text) for text, _, _ in headings_of_cells(read)]
        assert cells == [plain("".join(map(str, cell.itertext()))) for cell in written.iter("td")]
    assert found.printed.claims == ("PDF/A-3a", "PDF/UA-1")
    assert faults(data) == []
