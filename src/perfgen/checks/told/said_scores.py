"""PG315: marks told in sentences are those of the score table (文字里的得分)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.common.subjects import own_names
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.projects import grade_of
from perfgen.model.finding import Severity
from perfgen.model.numbers import plain
from perfgen.prose.quantities import MARKS, Quantity, quantities
from perfgen.prose.slips import is_slip
from perfgen.prose.text import Clause, Sentence, folded, sentences

FULL, SCORE, LOST = "满分", "得分", "扣分"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Marked:
    """An item of the score table, or the whole: its marks by what is told of them."""

    name: str
    marks: dict[str, Decimal]
    whole: bool = False


_COLUMNS = (
    (LOST, re.compile("扣|失分|丢分|减分|[比较距离]满分(?:还|又)?[少低差]|与满分(?:相)?差")),
    (FULL, re.compile("满分|分值|权重|标准分|总分值|应得")),
    (SCORE, re.compile("得分|自评|评分|评为|实得|计|得|总分")),
)
_WHOLE = re.compile(
    r"(?:自评|综合|评价|考核|绩效|总体|整体|最终|合计|总)(?:总)?(?:得分|评分|分数|评价|满分|分)|总得分|总满分"
)
_OTHER = re.compile(
    r"第三方|重点评价|财政评价|上年|去年|往年|同期|预计|目标|每|提高|降低|增加|减少|高于|低于|相差|以上|不得分|加分|(?<!\d)(?:19|20)\d\d年"
)
_GRADES_NAMED = "(优秀|优|良好|良|中等|中|合格|较差|差)"
_GRADE = re.compile(
    r"(?:等级|等次|档次|结果|结论|评级|评定|评价|评)(?:等级|等次|结果)?(?:定|确定)?(?:均)?(?:为|是|:)"
    rf"{_GRADES_NAMED}(?!化|先|势|质|于|的)"
    rf"|(?:处于|属于|列为|列入|评为|定为|评定为|获评|获得|达到|进入|为|属){_GRADES_NAMED}(?:等级|等次|档次|等|档|级)(?!生|品)"
)
_IN_FULL = re.compile(
    r"(?<!不)(?<!未)(?<!可)(?<!能)(?<!才)(?<!方)(?<!应)(?:得|获得?|计|取得)了?满分(?!的|,?否|条件|标准|以)"
)
_NOT_IN_FULL = re.compile("除|以外|之外|以上|以下|每|者|则|如|若|标准|规则|办法|未得|没有|均|全部")
_OURS = re.compile("自评|绩效|整体支出|得分|总分|评分|综合评[价定]|考核")
_ANOTHERS = re.compile(
    "个项目|各项目|部分|子项|水质|空气|环境|信用|资质|服务质量|公务员|干部|年度考核|党建"
)
_USUAL_GRADES = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
"""Where a layout has no grades of its own, those of 财预〔2020〕10号, for 100 marks."""
_OF_THE_WHOLE = (
    "部门整体支出", "整体支出", "本年度", "本年", "绩效", "部门", "我局", "我委", "本单位",
    "单位", "本部门", "项目", "年度", "的", "经", "最终", "支出",
)  # fmt: skip
"""Words before 自评得分 that leave it the whole's."""
_MARK_WORD = re.compile("扣|失|丢|减|满分|分值|权重|标准分|得|自评|评|实|计|总")
_LINKS = (
    "其中",
    "该项",
    "此项",
    "指标",
    "共",
    "因",
    "由于",
    "原因",
    "合计",
    "最后",
    "已",
    "均",
    "各",
    "被",
    "应",
)
_TOGETHER = re.compile("(?:共计|合计|总共|总计|一共|两项|各项|共|总)[^,]{0,4}扣")
"""甲得47.8分、乙得49分，共扣3.2分: of all that was named."""
_BETWEEN_ITEMS = re.compile(
    "[比较](?!满分)[^,。;]{2,20}[多少高低大小](?:[扣失丢得])?(?:出|了)?$|"
    "(?:失分|扣分|得分|丢分)(?:之?差|差距|差额|差值)[^,。;]{0,6}$"
)
"""管理效率失分比履职效能多1.11分: how far two items are apart, and no marks of either."""

_GRADES = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}


@rule(
    "PG315",
    Severity.WARNING,
    title="文字里的得分与评分表不同",
    reason="报告里写的总分、各项得分、满分、扣分和等级，应当就是评分表里的。评分改过以后，正文最容易漏改。",
    good="评分表“预算执行”满分 20、得分 18.6，正文“预算执行得 18.6 分，扣 1.4 分”",
    bad="评分表“预算执行”得分 18.6，正文“预算执行得 16.8 分”",
)
def told_scores(case: Case) -> Iterator[Hit]:
    """Marks and grades in sentences that are not the table's."""
    items = _items(case)
    if not items:
        return
    reader = _Reader(items, case)
    for passage in prose(case):
        if passage.kind in ("score", "indicator"):
            continue
        for paragraph in passage.paragraphs:
            for sentence in sentences(paragraph):
                yield from reader.read(sentence, passage)


def _items(case: Case) -> list[Marked]:
    found = [
        Marked(item.name, _marks(item.full, item.score))
        for item in case.figures.scores
        if item.name
    ]
    tops = [item for item in case.figures.scores if item.level == 0 and item.full is not None]
    if len(tops) > 1:  # the whole beside the tables of its tasks
        tops = [item for item in tops if item.full == _HUNDRED]
    if len(tops) == 1:
        found.append(Marked("总分", _marks(tops[0].full, tops[0].score), whole=True))
    for project in case.figures.projects:
        alone = len(case.figures.projects) == 1
        found.append(Marked(project.name, _marks(project.full, project.total), whole=alone))
    return [item for item in found if item.marks]


def _marks(full: Decimal | None, score: Decimal | None) -> dict[str, Decimal]:
    marks = {FULL: full, SCORE: score}
    if full is not None and score is not None:
        marks[LOST] = full - score
    return {column: value for column, value in marks.items() if value is not None}


class _Reader:
    def __init__(self, items: Sequence[Marked], case: Case) -> None:
        self._items = {folded(item.name): item for item in items}
        self._names = sorted(self._items, key=len, reverse=True)
        self._whole = next((item for item in items if item.whole), None)
        self._scoring = case.layout.rules.scoring
        self._year = f"{case.report.year}年"
        self._own = sorted(own_names(case.report.unit), key=len, reverse=True)

    def read(self, sentence: Sentence, passage: Passage) -> Iterator[Hit]:
        item: Marked | None = None
        named = False
        several: set[str] = set()
        for clause in sentence.clauses:
            text = clause.text.replace(self._year, "本年")
            if _OTHER.search(text):
                return
            found = self._named(text)
            if found is not None:
                item, named = found, True
                several.add(folded(found.name))
            start = 0
            for quantity in quantities(text):
                lead = text[start : quantity.start]
                start = quantity.end
                if quantity.unit != MARKS or quantity.bound:
                    continue
                if _BETWEEN_ITEMS.search(lead):
                    yield from self._between(text, quantity, passage)
                    continue
                if found is None and self._names_another(lead):
                    item = None
                together = len(several) > 1 and _TOGETHER.match(lead) is not None
                if together or (not named and self._tells_whole(lead)):
                    item = self._whole
                column = _column(lead, clause, named=named)
                if not column and found is not None and folded(found.name) in lead:
                    column = _unsaid(found, quantity)
                losses = (self._items[name].marks.get(LOST) for name in several)
                if together and quantity.number == sum(one or 0 for one in losses):
                    continue
                if item is not None and column in item.marks:
                    yield from self._compare(item, column, quantity, passage)
            yield from self._in_full(text, found or item, passage)
            ours = _OURS.search(sentence.text) and not _ANOTHERS.search(text)
            yield from self._grade(text, item or (self._whole if ours else None), passage)

    def _between(self, clause: str, quantity: Quantity, passage: Passage) -> Iterator[Hit]:
        """管理效率失分比履职效能多1.11分: the difference of what both lost."""
        named = [self._items[name] for name in self._names if len(name) >= 4 and name in clause]
        lost = [one.marks[LOST] for one in named if LOST in one.marks]
        gap = abs(lost[0] - lost[1]) if len(named) == len(lost) == 2 else None
        if gap is None or quantity.is_(gap) or "得分" in clause:
            return
        names = "和".join(one.name for one in named)
        yield Hit(
            subject=named[0].name,
            message=f"{quoted(passage.shown)}里写失分相差 {quantity.typed}，"
            f"按评分表{names}的失分相差 {plain(gap)} 分",
            hint="核对哪一个对",
            ref=passage.ref,
        )

    def _in_full(self, clause: str, item: Marked | None, passage: Passage) -> Iterator[Hit]:
        """管理效率得满分, where the table has less than full marks."""
        said = _IN_FULL.search(clause)
        if said is None or _NOT_IN_FULL.search(clause) or item is None:
            return
        if folded(item.name) not in clause or not {FULL, SCORE} <= item.marks.keys():
            return
        full, score = item.marks[FULL], item.marks[SCORE]
        if score != full:
            yield Hit(
                subject=item.name,
                message=f"{quoted(passage.shown)}里写{item.name}{quoted(said.group())}，"
                f"评分表里满分 {plain(full)} 分，得 {plain(score)} 分",
                hint="核对哪一个对",
                ref=passage.ref,
            )

    def _named(self, clause: str) -> Marked | None:
        for name in self._names:
            if len(name) >= 4 and name in clause:
                return self._items[name]
        beginning = _MARK_WORD.split(clause)[0]
        meant = [name for name in self._names if len(beginning) >= 4 and name.startswith(beginning)]
        return self._items[meant[0]] if len(meant) == 1 else None

    def _names_another(self, lead: str) -> bool:
        """Whether an item that is not in the table has these marks (效益指标扣1分)."""
        before = _MARK_WORD.split(lead)[0]
        for known in (*self._own, *_OF_THE_WHOLE, *_LINKS):
            before = before.replace(known, "")
        return len(before) >= 3

    def _tells_whole(self, lead: str) -> bool:
        found = _WHOLE.search(lead)
        if found is None:
            return False
        before = lead[: found.start()]
        for own in (*self._own, *_OF_THE_WHOLE):
            before = before.replace(own, "")
        return not before

    def _compare(
        self, item: Marked, column: str, quantity: Quantity, passage: Passage
    ) -> Iterator[Hit]:
        value = item.marks[column]
        far = max(value / 2, Decimal(3))
        near = is_slip(quantity.value, value) or abs(quantity.value - value) <= far
        if quantity.number == value or (quantity.about and quantity.is_(value)) or not near:
            return
        yield Hit(
            subject=item.name,
            message=f"{quoted(passage.shown)}里写{item.name}{column} {quantity.typed}，"
            f"评分表里是 {plain(value)} 分",
            hint="核对哪一个对",
            ref=passage.ref,
        )

    def _grade(self, clause: str, item: Marked | None, passage: Passage) -> Iterator[Hit]:
        found = _GRADE.search(clause)
        if found is None or item is None or SCORE not in item.marks:
            return
        if not item.whole and (self._whole is None or item.marks != self._whole.marks):
            return
        word = found[1] or found[2]
        told = _GRADES.get(word, word)
        known = [grade.name for grade in self._scoring.grades]
        right = grade_of(item.marks[SCORE], self._scoring)
        if not known and item.marks.get(FULL) == _HUNDRED:
            known = [name for _, name in _USUAL_GRADES]
            right = next(name for start, name in _USUAL_GRADES if item.marks[SCORE] >= start)
        if right and told in known and told != right:
            yield Hit(
                subject=item.name,
                message=f"{quoted(passage.shown)}里写等级{quoted(word)}，"
                f"得分 {plain(item.marks[SCORE])} 的等级是{quoted(right)}",
                hint="核对得分和等级",
                ref=passage.ref,
            )


def _unsaid(item: Marked, quantity: Quantity) -> str:
    """其中履职效能48.79分: full marks or a score; what is neither is taken for a score."""
    known = item.marks.values()
    return "" if any(quantity.is_(value) for value in known) else SCORE


def _column(lead: str, clause: Clause, *, named: bool) -> str:
    """What is told of an item: the word nearest before the number."""
    if clause.depth and named and not lead:
        return FULL
    places = {column: max((m.end() for m in form.finditer(lead)), default=0)
              for column, form in _COLUMNS}  # fmt: skip
    column = max(places, key=lambda name: places[name])
    return column if places[column] else ""
