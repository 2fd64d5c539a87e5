"""Sentences of another year whose numbers are all this year's (年度改漏了，数是新的)."""

from __future__ import annotations

import re

from perfgen.checks.common.passages import Passage
from perfgen.checks.common.subjects import money_reader, result_readers
from perfgen.checks.common.told_money import spoken_of
from perfgen.checks.registry import Case
from perfgen.checks.told.texts import is_said, known_values, purpose_of
from perfgen.prose.quantities import Quantity, quantities
from perfgen.prose.text import Sentence

_TITLE = re.compile(r"《[^《》]{0,80}》")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:度)?")
_COMPARED = re.compile(
    "今年|本年|当年|比(?!例|重|率|较|对|武|赛|拼)|较(?!好|快|大|高|多|强|小|低|慢|为|早|完|有)|增加|减少|增长|下降|同期|上年|去年|以来|起|累计|持平|至|到|截|由|从|延续|结转|历年|对标|恢复|相当|水平|基数|(?:竣工|建成|投用|完工|投产|开业)的|分别为|[-~—]"
)
_WANTED = re.compile(
    "计划|将|力争|拟|目标|预计|继续|争取|安排|待|需|约定|到期|届时|期满|质保|(?:支付|结算|验收|启动|实施)(?:完毕)?$"
)
_LAST_YEAR = re.compile(
    "(?<![比较与同超为])(?:上年度?|去年)(?!同期|结转|末结|底结|增|决算|水平|相比|基数)"
)
_TO_ITS_END = re.compile("截[至止]到?(?:上年度?|去年)(?:12月(?:底|末|31日)|年?底|年?末)")
_TO_AN_END = re.compile(
    r"截[至止]到?(?:上年度?|去年|(?:19|20)\d\d年度?)(?:12月(?:份|底|末|31日)|年?底|年?末)?"
)
_CARRIED = re.compile("(?:上年度?|去年)(?:末)?(?:结转|结余)")
"""Money carried over is of this year's budget, and no comparison."""

_MOST_YEARS = 10


class OurFigures:
    """The report's own numbers, to be found again in sentences of another year."""

    def __init__(self, case: Case) -> None:
        """Take the report."""
        self._case = case
        self._money = money_reader(case)
        self._results = result_readers(case)

    def under_another_year(self, sentence: Sentence, passage: Passage) -> str | None:
        """Return what is wrong with a sentence that gives our numbers to another year."""
        text = _TITLE.sub("", sentence.text)
        years = {int(found) for found in _YEAR.findall(text)}
        ours = self._case.report.year
        text = _before_comparison(_CARRIED.sub("结转", text))
        if len(years) != 1 or ours in years or not _YEAR.search(text):
            return None
        (said,) = years
        if abs(said - ours) > _MOST_YEARS or (said > ours and _WANTED.search(text)):
            return None
        before = {one.typed for one in _numbers_before_the_year(text)}
        right = [
            one
            for one in self._right(_YEAR.sub(f"{ours}年", text), passage)
            if one.typed not in before
        ]
        shown = self._surely_ours(right)
        return f"写着 {said} 年，{shown}却是 {ours} 年的数" if shown else None

    def under_last_year(self, sentence: Sentence, passage: Passage) -> str | None:
        """Return what is wrong with a sentence that gives our numbers to 上年."""
        text = _TITLE.sub("", sentence.text)
        if _YEAR.search(text) or len(_LAST_YEAR.findall(text)) != 1:
            return None
        ours = _LAST_YEAR.sub("本年", _TO_ITS_END.sub("上年", text))
        if _COMPARED.search(ours.replace("本年", "")) or _WANTED.search(ours):
            return None
        shown = self._surely_ours(list(self._right(ours, passage)))
        return f"写着上年，{shown}却是 {self._case.report.year} 年的数" if shown else None

    def up_to_another_year(self, sentence: Sentence, passage: Passage) -> str:
        """Return our numbers in a sentence that begins with 截至 and the end of another year."""
        text = _TO_AN_END.sub(f"{self._case.report.year}年", _TITLE.sub("", sentence.text), count=1)
        if _YEAR.findall(text) != [str(self._case.report.year)]:
            return ""
        return self._surely_ours(list(self._right(_before_comparison(text), passage)))

    def _surely_ours(self, right: list[Quantity]) -> str:
        """The numbers, as a message shows them, if too many for chance."""
        surely = [one for one in right if len(_digits(one)) >= (2 if one.decimals else 3)]
        if not surely and len([one for one in right if len(_digits(one)) >= 2]) < 2:
            return ""
        return "、".join(one.typed for one in right[:3])

    def _right(self, text: str, passage: Passage) -> list[Quantity]:
        """The numbers that a text gives rightly; none where it gives any wrongly."""
        found: list[Quantity] = []
        for statement in self._money.read([text], of=spoken_of(passage, self._money)):
            known = known_values(statement)
            if known and not any(is_said(statement, value) for value in known):
                return []
            found += [statement.quantity] if known else []
        project = passage.subject if passage.kind == "project" else ""
        reader = self._results.get(project, self._results[""])
        purpose = purpose_of(passage, self._case)
        if next(iter(reader.read(text, purpose)), None) is not None:
            return []
        return [*found, *reader.fitting(text, purpose)]


def _before_comparison(text: str) -> str:
    """The clauses of a sentence before the first that compares with another year."""
    alone: list[str] = []
    for clause in text.split(","):
        if _COMPARED.search(clause):
            break
        alone.append(clause)
    return ",".join(alone)


def _numbers_before_the_year(text: str) -> tuple[Quantity, ...]:
    """The numbers in the clauses before the one with the year: it says nothing of them."""
    found = _YEAR.search(text)
    front = text[: found.start()] if found else ""
    if front.endswith("("):  # 网办率55.8%以上(2024年为49.3%)
        return quantities(front)
    return quantities(front[: front.rfind(",") + 1])


def _digits(quantity: Quantity) -> str:
    """The digits that tell a number from others: 2360, 84 for 84%, 1 for 100."""
    return str(quantity.number).replace(".", "").strip("0")
