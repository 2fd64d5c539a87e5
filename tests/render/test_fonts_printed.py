"""WeasyPrint is given the fonts that were chosen, and all its lines are of the same height."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlparse

import pypdf
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from perfgen.render.fonts import find, find_fonts, font_content, stylesheet
from render.made_fonts import BASIC, RARE, make_font


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has no font but those that come with perfgen; its font folder."""
    monkeypatch.setattr(find, "_system_folders", lambda: (tmp_path,))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_pdf_is_printed_with_the_listed_fonts(bare_machine: Path):
    make_font(bare_machine / "FandolFang-Regular.otf", "FandolFang", BASIC + "0123456789")
    make_font(bare_machine / "DejaVuSans.ttf", "DejaVu Sans", "☑")
    fonts, text = find_fonts(), f"{BASIC}2023☑{RARE}"
    css = stylesheet(fonts, {"fangsong": set(text), "heiti": set("黑")})
    page = f"<style>{css}</style><p style='font-family: var(--fangsong)'>{text}</p>"

    HTML(string=page).write_pdf(bare_machine / "页.pdf")

    reader = pypdf.PdfReader(bare_machine / "页.pdf")
    embedded = {str(font["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()}
    assert {name.partition("+")[2] for name in embedded} == {
        "perfgen-fangsong-1",
        "perfgen-songti-1",
        "perfgen-fangsong-3",
    }


def test_a_line_with_another_fonts_character_is_no_higher(bare_machine: Path):
    make_font(bare_machine / "simfang.ttf", "FangSong")

    *_, mixed, plain = _line_heights(f"{BASIC}{RARE}", BASIC, served=font_content)
    assert mixed == pytest.approx(plain) == pytest.approx(28.99 / 0.75)

    *_, mixed, plain = _line_heights(f"{BASIC}{RARE}", BASIC, served=Path.read_bytes)
    assert mixed > plain


@pytest.mark.parametrize("kind", ["ttf", "ttc"])
def test_the_printer_is_given_the_first_face_with_nothing_else_changed(tmp_path: Path, kind: str):
    file = make_font(tmp_path / "SimSun.ttf", "SimSun")
    before = TTFont(file)
    if kind == "ttc":
        collection = TTCollection()
        collection.fonts = [before, TTFont(make_font(tmp_path / "b.ttf", "NSimSun", "甲"))]
        file = tmp_path / "simsun.ttc"
        collection.save(file)
    original = file.read_bytes()

    after = TTFont(BytesIO(font_content(file)))

    assert file.read_bytes() == original
    assert set(after.reader.keys()) == {*before.reader.keys(), "BASE"}
    for tag in set(before.reader.keys()) - {"hhea", "OS/2", "head"}:
        assert after.reader[tag] == before.reader[tag]
    assert (after["hhea"].ascent, after["hhea"].descent, after["hhea"].lineGap) == (980, -220, 0)
    assert (after["OS/2"].usWinAscent, after["OS/2"].sTypoDescender) == (980, -220)
    assert after["OS/2"].usWeightClass == before["OS/2"].usWeightClass
    (script,) = after["BASE"].table.HorizAxis.BaseScriptList.BaseScriptRecord
    lines = script.BaseScript.BaseValues.BaseCoord
    assert [line.Coordinate for line in lines] == [-50, 810, -120, 0]


def _line_heights(*lines: str, served: Callable[[Path], bytes]) -> list[float]:
    """Return how high each line is printed, the fonts being served so."""
    answered: list[Path] = []

    class Fetcher(URLFetcher):
        def fetch(self, url, headers=None):
            path = Path(unquote(urlparse(url).path))
            response = URLFetcherResponse(url, served(path), {"Content-Type": "font/otf"})
            answered.append(path)
            return response

    css = stylesheet(find_fonts(), {"fangsong": set("".join(lines))})
    css += "p { margin: 0; font: 16pt/28.99pt var(--fangsong) }"
    body = "".join(f"<p id=l{number}>{line}</p>" for number, line in enumerate(lines))
    html = f"<style>{css}</style>{body}<p id=l{len(lines)}>"
    document = HTML(string=html, url_fetcher=Fetcher()).render()
    assert answered
    tops = [document.pages[0].anchors[f"l{number}"][1] for number in range(len(lines) + 1)]
    return [below - top for top, below in pairwise(tops)]
