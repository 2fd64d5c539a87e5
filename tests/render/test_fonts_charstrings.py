"""The outlines of PostScript fonts: read as fontTools reads them, only faster."""

from __future__ import annotations

import random
from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.recordingPen import RecordingPen

from perfgen.render.fonts.truetype.charstrings import Contour, Unusual, contours_of

Program = list[int | float | str | bytes]


def compiled(program: Program) -> bytes:
    charstring = T2CharString(program=list(program))
    charstring.compile()
    return bytes(charstring.bytecode)


def drawn_by_font_tools(program: Program) -> list[Contour]:
    private = SimpleNamespace(nominalWidthX=0, defaultWidthX=0)
    pen = RecordingPen()
    T2CharString(program=list(program), private=private, globalSubrs=[]).draw(pen)
    contours: list[Contour] = []
    for operator, points in pen.value:
        if operator == "moveTo":
            contours.append([])
        if points:
            contours[-1].append(tuple(number for point in points for number in point))
    return [closed(contour) for contour in contours]


def closed(contour: Contour) -> Contour:
    """fontTools draws the line back to the starting point, which closes the contour anyway."""
    back = len(contour) > 1 and len(contour[-1]) == 2 and contour[-1] == contour[0]
    return contour[:-1] if back else list(contour)


def read(program: Program, subrs: Sequence[Program] = ()) -> list[Contour]:
    contours = contours_of(compiled(program), [], [compiled(subr) for subr in subrs])
    return [closed(contour) for contour in contours]


COUNTS = {
    "rlineto": (2, 4, 8), "hlineto": (1, 2, 5), "vlineto": (1, 2, 5), "rrcurveto": (6, 12),
    "hhcurveto": (4, 5, 8, 9), "vvcurveto": (4, 5, 8, 9), "hvcurveto": (4, 5, 8, 9, 12, 13),
    "vhcurveto": (4, 5, 8, 9, 12, 13), "rcurveline": (8, 14), "rlinecurve": (8, 10),
    "flex": (13,), "hflex": (7,), "hflex1": (9,), "flex1": (11,),
    "rmoveto": (2,), "hmoveto": (1,), "vmoveto": (1,),
}  # fmt: skip


@pytest.mark.parametrize("operator", COUNTS)
def test_every_way_of_drawing_is_understood(operator: str):
    chance = random.Random(operator)
    for count in COUNTS[operator] * 5:
        numbers = [chance.choice((chance.randint(-900, 900), 0.5)) for _ in range(count)]
        program: Program = [100, 200, "rmoveto", *numbers, operator, 7, 9, "rlineto", "endchar"]
        assert read(program) == drawn_by_font_tools(program)


def test_numbers_of_every_size_are_understood():
    for number in (0, 107, 108, -107, -108, 1131, 1132, -1131, -1132, 32767, -32768, 0.25, -3.5):
        assert read([number, "hmoveto", 1, 2, "rlineto", "endchar"]) == [
            [(number, 0), (number + 1, 2)]
        ]


def test_hints_and_widths_draw_nothing():
    program: Program = [
        -50, 10, 20, 30, 40, "hstemhm", 5, 6, 7, 8, 9, 10, "hintmask", b"\xe8",
        1, 2, "rmoveto", 3, 4, "rlineto", "cntrmask", b"\x10", 5, 6, "rlineto", "endchar",
    ]  # fmt: skip
    assert read(program) == drawn_by_font_tools(program) == [[(1, 2), (4, 6), (9, 12)]]


def test_subroutines_may_call_each_other():
    first: Program = [3, 4, "rlineto", -106, "callgsubr", "return"]
    second: Program = [5, 6, "rlineto", "return"]
    assert read([1, 2, "rmoveto", -107, "callgsubr", "endchar"], [first, second]) == [
        [(1, 2), (4, 6), (9, 12)]
    ]


@pytest.mark.parametrize(
    ("program", "subrs"),
    [
        ([1, 2, "add", 3, "rmoveto", "endchar"], []),
        ([0, 0, 65, 66, "endchar"], []),
        ([-107, "callgsubr"], [[-107, "callgsubr"]]),
        ([-2000, "callgsubr"], [["return"]]),
    ],
    ids=["arithmetic", "an accent put on a letter", "a subroutine that calls itself", "no such"],
)
def test_what_only_odd_fonts_do_is_left_to_font_tools(program: Program, subrs: list[Program]):
    with pytest.raises(Unusual):
        read(program, subrs)
