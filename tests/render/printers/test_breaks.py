"""Where merged cells are cut when the page changes, and what the cut table looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from lxml import etree

from perfgen.render.page.elements import Page, parse_page
from perfgen.render.printers.weasyprint.merged_cells import Ready, cut, make_ready
from perfgen.render.printers.weasyprint.page_breaks import Breaks, Spot, find_breaks

DUTY = "职能1：拟订全市内贸发展规划，促进城乡商品市场发展，研究提出引导资金投向市场体系的政策。"
LINE = 20.0  # the height of a row in these tests


def page_of(body: str) -> Page:
    return parse_page(
        "<html><head><title>表</title></head><body><table><thead><tr><th>职责</th><th>任务</th>"
        f"</tr></thead><tbody>{body}</tbody></table></body></html>"
    )


def merged(rows: int, label: str = DUTY) -> Page:
    """One label over some rows, each with a task."""
    first = f'<tr><th rowspan="{rows}">{label}</th><td>任务0</td></tr>'
    return page_of(first + "".join(f"<tr><td>任务{n}</td></tr>" for n in range(1, rows)))


def stand(
    ready: Ready, pages: Sequence[Sequence[int]], labels: Mapping[int, Sequence[Spot]] | None = None
) -> dict[str, list[Spot]]:
    """Where the rows of a table came to stand: for each row, its pages, one line on each."""
    spots: dict[str, list[Spot]] = {}
    feet: dict[int, float] = {}
    for row, on in zip(ready.rows[0], pages, strict=True):
        for page in on:
            top = feet.get(page, 0.0)
            feet[page] = top + LINE
            spots.setdefault(row, []).append(Spot(page, top, top + LINE))
    for number, label in enumerate(ready.labels):
        row = spots[ready.rows[0][label.row]][0]
        spots[label.id] = list((labels or {}).get(number, [Spot(row.page, row.top, row.bottom)]))
    return spots


def cut_at(
    page: Page, pages: Sequence[Sequence[int]], labels: Mapping[int, Sequence[Spot]] | None = None
) -> list[list[etree._Element]]:
    """The cells of each body row after one layout."""
    ready = make_ready(page)
    found = find_breaks(ready.rows, ready.labels, stand(ready, pages, labels), Breaks())
    return [list(row) for row in cut(ready, found).root.iterfind(".//tbody/tr")]


def text(cell: etree._Element) -> str:
    return "".join(map(str, cell.itertext()))


def test_a_table_on_one_page_is_not_cut():
    ready = make_ready(merged(3))

    found = find_breaks(ready.rows, ready.labels, stand(ready, [[0], [0], [0]]), Breaks())

    assert found == Breaks()


def test_merged_cells_that_end_where_the_page_ends_are_not_cut():
    page = page_of(
        '<tr><th rowspan="2">甲</th><td>1</td></tr><tr><td>2</td></tr>'
        '<tr><th rowspan="2">乙</th><td>3</td></tr><tr><td>4</td></tr>'
    )
    ready = make_ready(page)

    found = find_breaks(ready.rows, ready.labels, stand(ready, [[0], [0], [1], [1]]), Breaks())

    assert found == Breaks()


def test_a_merged_cell_is_cut_where_the_page_changes():
    rows = cut_at(merged(5), [[0], [0], [1], [1], [1]])

    assert [cell.get("rowspan") for cell in (rows[0][0], rows[2][0])] == ["2", "3"]
    assert [len(row) for row in rows] == [2, 1, 2, 1, 1]
    assert text(rows[0][0]) == DUTY
    assert text(rows[2][0]) == "职能1（续）"


def test_it_is_cut_on_every_page_that_it_reaches():
    rows = cut_at(merged(6), [[0], [1], [1], [2], [2], [3]])

    assert [row[0].get("rowspan") for row in rows if row[0].tag == "th"] == ["1", "2", "2", "1"]


def test_a_merge_inside_a_merge_is_cut_with_it_and_the_cells_stay_in_order():
    page = page_of(
        '<tr><th rowspan="4">分解目标</th><td rowspan="3">决策</td></tr><tr></tr><tr></tr>'
        "<tr><td>过程</td></tr>"
    )

    rows = cut_at(page, [[0], [1], [1], [1]])

    assert [text(cell) for cell in rows[1]] == ["分解目标", "决策"]
    assert [cell.get("rowspan") for cell in rows[1]] == ["3", "2"]
    assert [text(cell) for cell in rows[3]] == ["过程"]


def test_a_cut_table_is_a_whole_table_again():
    ready = make_ready(merged(5))
    found = find_breaks(ready.rows, ready.labels, stand(ready, [[0], [0], [1], [1], [2]]), Breaks())

    again = make_ready(cut(ready, found))

    assert [label.rows for label in again.labels] == [2, 2, 1]


@pytest.mark.parametrize(
    ("label", "again"),
    [
        ("过程", "过程"),
        ("职能10：负责全市对外投资和经济合作工作，拟订和执行政策措施。", "职能10（续）"),
        ("推动服务贸易创新发展，建设公共服务平台和载体", "推动服务贸易创新发展（续）"),
        ("深入贯彻实施促进综合保税区高水平开放的若干意见", "深入贯彻实施促进综合保税…（续）"),
    ],
)
def test_a_long_label_is_printed_again_in_short(label: str, again: str):
    rows = cut_at(merged(2, label), [[0], [1]])

    assert text(rows[1][0]) == again


def test_emphasis_in_a_short_label_is_printed_again():
    rows = cut_at(merged(2, "<strong>过程</strong>"), [[0], [1]])

    assert rows[1][0].find(".//strong").text == "过程"


def test_the_cut_cell_keeps_its_class_and_scope_but_not_its_id():
    page = page_of(
        '<tr><th rowspan="2" class="duty" scope="rowgroup" id="d1">职责</th><td>1</td></tr>'
        "<tr><td>2</td></tr>"
    )

    again = cut_at(page, [[0], [1]])[1][0]

    assert (again.get("class"), again.get("scope"), again.get("id")) == ("duty", "rowgroup", None)


def test_the_page_that_was_given_stays_as_it_was():
    page = merged(3)
    before = etree.tostring(page.root)

    cut_at(page, [[0], [1], [1]])

    assert etree.tostring(page.root) == before


def test_ids_that_a_template_gives_to_rows_are_kept():
    page = page_of('<tr id="总额"><th>总额</th><td>1</td></tr>')

    assert make_ready(page).rows == (("总额",),)


# --- rows that go on over the end of a page ------------------------------------------------------


def test_a_row_over_two_pages_shows_the_label_on_both():
    rows = cut_at(merged(2), [[0, 1], [1]])

    blocks = list(rows[0][0])
    assert [text(block) for block in blocks] == [DUTY, "职能1（续）"]
    assert "pg-next" in blocks[1].get("class")
    assert rows[0][0].get("rowspan") == "2"


def test_where_a_later_row_goes_on_the_label_is_printed_only_on_the_next_page():
    rows = cut_at(merged(3), [[0], [0, 1], [1]])

    assert text(rows[0][0]) == DUTY
    assert "pg-joined" in rows[1][0].get("class")
    assert [text(block) for block in rows[1][0]] == ["", "职能1（续）"]


def test_a_heading_of_one_row_is_printed_again_when_its_row_goes_on():
    rows = cut_at(page_of(f"<tr><th>{DUTY}</th><td>任务</td></tr>"), [[0, 1]])

    assert [text(block) for block in rows[0][0]] == [DUTY, "职能1（续）"]


def test_a_row_whose_longest_text_only_begins_on_the_next_page_is_kept_whole():
    ready = make_ready(merged(2))
    second = ready.rows[0][1]
    spots = stand(ready, [[0], [0, 1]])
    spots |= {
        f"{second}-text-0": [Spot(0, 20, 40)],
        f"{second}-text-1": [Spot(0, 20, 20), Spot(1, 0, 20)],
    }

    found = find_breaks(ready.rows, ready.labels, spots, Breaks(open=frozenset({second})))

    assert found.whole == {second}
    assert [(fragment.row, fragment.pages) for fragment in found.cuts[0].fragments] == [
        (0, 1),
        (1, 1),
    ]


# --- labels that need more room than their rows --------------------------------------------------


def test_a_label_taller_than_its_rows_may_use_all_the_room_of_its_cell():
    rows = cut_at(merged(3), [[0], [1], [1]], {0: [Spot(0, 0, 5 * LINE)]})

    assert rows[0][0].get("class") == "pg-tall"
    assert rows[1][0].get("class") is None


def test_a_tall_label_runs_on_beside_the_row_that_goes_on():
    rows = cut_at(merged(2), [[0], [0, 1]], {0: [Spot(0, 0, 2 * LINE)]})

    assert rows[0][0][0].get("style") == "margin-bottom: -40px"


def test_a_label_that_the_page_has_no_room_for_is_shared_out():
    torn = [Spot(0, 0, LINE, characters=30), Spot(1, 0, LINE)]

    rows = cut_at(merged(2), [[0], [1]], {0: torn})

    shown, rest = text(rows[0][0]), text(rows[1][0])
    assert shown == "职能1：拟订全市内贸发展规划，促进城乡商品市场发展，"
    assert rest == "职能1（续）" + DUTY[len(shown) :]


def test_a_label_whose_rows_all_end_on_its_page_moves_to_the_next_with_them():
    ready = make_ready(merged(2))
    torn = {0: [Spot(0, 0, LINE, characters=30), Spot(1, 0, LINE)]}

    found = find_breaks(ready.rows, ready.labels, stand(ready, [[0], [0]], torn), Breaks())

    assert found.cuts == ()
    assert found.whole == {ready.rows[0][0]}


def test_a_row_does_not_begin_on_a_page_that_has_no_room_for_its_label():
    ready = make_ready(merged(3))
    late = {0: [Spot(1, 0, LINE)]}

    spots = stand(ready, [[0, 1], [1], [2]], late)
    found = find_breaks(ready.rows, ready.labels, spots, Breaks())

    assert found.cuts == ()
    assert found.whole == {ready.rows[0][0]}


def test_rows_that_fled_to_the_next_page_when_they_were_cut_stay_there():
    page = page_of(
        '<tr><th>甲</th><td>0</td></tr><tr><th rowspan="2">乙</th><td>1</td></tr>'
        "<tr><td>2</td></tr>"
    )
    ready = make_ready(page)
    once = find_breaks(ready.rows, ready.labels, stand(ready, [[0], [0], [1]]), Breaks())

    twice = find_breaks(ready.rows, ready.labels, stand(ready, [[0], [1], [1]]), once)

    assert twice.cuts == ()
    assert twice.first == {ready.rows[0][1]}
    settled = find_breaks(ready.rows, ready.labels, stand(ready, [[0], [1], [1]]), twice)
    assert settled == twice


def test_a_layout_that_stays_as_it_was_cut_is_settled():
    ready = make_ready(merged(4))
    spots = stand(ready, [[0], [0], [0, 1], [1]])
    once = find_breaks(ready.rows, ready.labels, spots, Breaks())

    assert find_breaks(ready.rows, ready.labels, spots, once) == once
