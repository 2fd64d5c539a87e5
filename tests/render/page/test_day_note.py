"""A page says as of which day it stands (截至某日): once, below its title."""

from datetime import date

import pytest

from perfgen.render.page.day_note import with_day

DAY = date(2024, 6, 30)
SAID = "（预算调整截至2024年6月30日）"


@pytest.mark.parametrize(
    ("page", "noted"),
    [
        ("<body><h1>报告</h1><p>甲</p></body>",
         f'<body><h1>报告<br/><span class="as-of">{SAID}</span></h1><p>甲</p></body>'),
        ("<body class='x'><p>甲</p></body>",
         f"<body class='x'><p class=\"as-of\">{SAID}</p><p>甲</p></body>"),
        ('<body><h1>报告</h1><p class="b as-of">截至六月</p></body>', None),
        ("<p>甲</p>", None),
    ],
)  # fmt: skip
def test_the_note_stands_below_the_title_else_at_the_head_unless_there_is_one(page, noted):
    assert with_day(page, DAY) == (noted or page)
    assert with_day(page, None) == page
