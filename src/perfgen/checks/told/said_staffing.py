"""PG318: posts and people told in sentences are those that were filled in (编制与人数)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfgen.checks.common.passages import prose
from perfgen.checks.common.subjects import own_names
from perfgen.checks.money.staffing import staffing_figures
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.model.numbers import plain
from perfgen.prose.expected import NOW, when_of
from perfgen.prose.text import folded

_POSTS = re.compile(
    r"(?:核定|批准)?(?:行政|事业|机关|人员|全额|参公)?编制(?:人数|总数|名额|数)?(?:共计|合计|共有|共|为|是|有|:)?(\d{1,5})[名人个]"
)
_PEOPLE = re.compile(
    r"(?:实际用编|实际在编|在编在岗|在编|实有|在职在编|在职|在岗|现有)(?:人员|人数|职工|干部|数){0,2}"
    r"(?:共计|合计|共有|共|为|是|有|:)?(\d{1,5})[名人]"
)
_PARTLY = re.compile("其中|上年|参公|聘用|下属|所属|离退休|事业单位|事业编")
_PARTLY_OF_SEVERAL = re.compile("其中|上年|聘用|下属|所属|离退休")
"""Where both kinds of posts are filled in (行政、事业), what is said of one is compared, too."""

_ONLY_KIND = re.compile("事业(?=编制)|事业单位(?=编制)")
"""The one kind of posts that a unit tells of (事业编制138名) are all that it has."""

_IN_BRACKETS = re.compile(r"\((?:其中|含|包括|不含|不包括)[^()]{0,30}$")
"""行政编制48名(含执法专项编制18名): some of them."""

_ALL_UNITS = re.compile(
    "(?:下属|所属|直属)(?:各)?(?:事业)?单位(?=(?:共|合计|核定|批准|人员|事业|现有)?(?:编制|在编|实有))"
)
"""What is said of all units below is compared with what was filled in for them together."""

_OTHER_UNIT = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:中心|站|所|大队|支队|院|馆|校|园|公司|处|协会|学会)(?![室科])"
)
"""A unit of its own: what is told behind its name is of it alone."""


@rule(
    "PG318",
    Severity.WARNING,
    title="正文里的编制或人数与填报的不同",
    reason="编制数和在编人数在基本信息里填了一次，概况里又写一次，两处应当一样（可以是各单位的数，也可以是合计）。",
    good="基本信息编制 32、在编 30，正文“编制32名，实际用编30名”",
    bad="基本信息编制 32、在编 30，正文“编制32名，实际用编31名”",
)
def told_staffing(case: Case) -> Iterator[Hit]:
    """Both halves: the posts, and the people in them."""
    figures = staffing_figures(case)
    if figures is None or figures.told:
        return
    own = own_names(case.report.unit) or ("本单位",)
    for passage in prose(case):
        if passage.ref == figures.ref:
            continue
        text = folded(passage.text)
        for what, form, known in (
            ("编制", _POSTS, figures.posts),
            ("在编人数", _PEOPLE, figures.people),
        ):
            partly = _PARTLY_OF_SEVERAL if len(known) > 1 else _PARTLY
            allowed = {*known, sum(known, Decimal(0))}
            for found in form.finditer(text):
                start = max(text.rfind(sign, 0, found.start()) for sign in "。；;\n") + 1
                before = text[max(start, found.start() - 40) : found.end()]
                if _IN_BRACKETS.search(before):
                    continue
                if len(known) > 1:
                    before = _ALL_UNITS.sub("", before)
                if Decimal(found.group(1)) in allowed:
                    continue
                alone = len(form.findall(text)) == 1 and len(known) == 1
                if partly.search(_ONLY_KIND.sub("", before) if alone else before):
                    continue
                if when_of(before, case.report.year, NOW) != NOW:  # 2023年末在职24名
                    continue
                other = _OTHER_UNIT.search(text[start : found.start()])
                if other is not None and not other.group().endswith(own):
                    continue
                yield Hit(
                    subject=passage.subject,
                    message=f"{quoted(passage.shown)}里写{quoted(found.group())}，"
                    f"填报的{what}是 {'、'.join(plain(one) for one in known)}",
                    hint="核对哪一个对",
                    ref=passage.ref,
                )
