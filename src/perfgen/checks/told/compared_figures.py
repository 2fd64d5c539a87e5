"""PG343: changes and shares against another year or a target can be worked out (比较的数)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfgen.checks.common.passages import Passage, prose
from perfgen.checks.common.subjects import money_reader, result_readers
from perfgen.checks.common.told_money import spoken_of
from perfgen.checks.once import once
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.checks.told.texts import is_plan, purpose_of
from perfgen.model.finding import Severity
from perfgen.model.numbers import half_up, plain
from perfgen.prose import words
from perfgen.prose.comparisons import Comparison, Kind, Number, comparisons, numbers_in
from perfgen.prose.derived import MOST_FIGURES
from perfgen.prose.expected import Known, Purpose, number_of
from perfgen.prose.quantities import MARKS, PERCENT, POINTS, Quantity, kind_of
from perfgen.prose.spans import Span
from perfgen.prose.text import folded, sentences
from perfgen.prose.told_levels import ToldLevels, words_of

_HUNDRED = Decimal(100)
_NO_RATIO = frozenset({PERCENT, POINTS})


@dataclass(frozen=True, slots=True)
class _Pair:
    """A level and its base, as they may be meant, and how a message shows them."""

    level: Span
    base: Span
    shown: str


@rule(
    "PG343",
    Severity.WARNING,
    title="比较的数对不上",
    reason="“比上年的80家增加12家”“比目标多3项”“完成目标的104.2%”里的差和比率，应当能由完成值、上年的数和目标算出来。"
    "完成值和目标在句中、在表里，或在别处的正文里。改了一个数，比较的数往往忘了跟着改。四舍五入能解释的不算。",
    good="全年培训92期，比上年的80期增加12期；目标15项，完成18项，比目标多3项",
    bad="全年培训92期，比上年的80期增加14期；目标15项，完成18项，比目标多5项",
    most=8,
)
def compared_figures(case: Case) -> Iterator[Hit]:
    """Differences and ratios that levels and bases do not give."""
    told = once(case, _told)
    for passage in prose(case):
        for paragraph in passage.paragraphs:
            for sentence in sentences(paragraph):
                numbers = numbers_in(sentence.text)
                if len(numbers) > MOST_FIGURES:
                    continue
                for one in comparisons(numbers):
                    pairs = _pairs(one, numbers, passage, case, told)
                    if pairs and not any(_fits(one, pair) for pair in pairs):
                        yield _hit(passage, one, pairs[0])
                yield from _shares_of_sums(numbers, passage, case)
                yield from _score_rates(sentence.text, passage, case)


def _told(case: Case) -> ToldLevels:
    return ToldLevels(
        (paragraph, purpose_of(passage, case) is Purpose.WANTED)
        for passage in prose(case)
        for paragraph in passage.paragraphs
    )


# --- what is compared ----------------------------------------------------------------------------


def _pairs(
    one: Comparison, numbers: list[Number], passage: Passage, case: Case, told: ToldLevels
) -> list[_Pair]:
    """The levels and bases that a comparison may be of; none where they are not surely known."""
    if one.base is not None and one.level is not None:
        base = one.base
        beside = [each for each in _right_before(base, numbers) if each != one.level]
        levels = [one.level, *beside] if one.subject else [*beside, one.level]
        return [_pair(Span.of(each), Span.of(base), each.typed, base.typed) for each in levels]
    if one.base is not None and not one.of_aim:
        return [
            _pair(level, Span.of(one.base), shown, one.base.typed)
            for level, shown in (*_levels(one, passage, case), *_told_levels(one, told))
        ]
    return _of_targets(one, numbers, passage, case, told) if one.of_aim else []


def _right_before(base: Quantity, numbers: Sequence[Number]) -> list[Quantity]:
    """The number before a base: 支出142.6万元，场均成本1.08万元，比计划的1.25万元下降13.6%."""
    at = next((place for place, each in enumerate(numbers) if each.quantity is base), 0)
    before = [numbers[at - 1].quantity] if at else []
    return [one for one in before if one.kind == base.kind and not one.bound]


def _levels(one: Comparison, passage: Passage, case: Case) -> Iterator[tuple[Span, str]]:
    """What the tables have for the subject of a comparison with another year."""
    kind = one.base.kind if one.base else ""
    if one.base is not None and one.base.unit == MARKS and one.subject in _SCORE:
        scores = (row.score for row in case.figures.scores if row.level == 0)
        for score in (each for each in scores if each is not None):
            yield Span(score, score), f"自评得分{plain(score)}分"
    if one.base is not None and one.base.is_money:
        reader = money_reader(case)
        of = spoken_of(passage, reader)
        row = reader.whole if one.subject in _WHOLE else reader.row_in(one.subject)
        row = row or (of if one.subject in _OF_IT else None)
        spent = words.BUDGET if is_plan(case) else words.ACTUAL
        values = (*row.values.get(spent, ()), *row.values.get(words.SPENT, ())) if row else ()
        for value in dict.fromkeys(values):
            yield (
                Span(value, value),
                f"表里的{plain(value / one.base.scale)}{one.base.written_unit}",
            )
    for known in _known(one.subject, kind, passage, case):
        yield Span(known.value, known.value), f"指标{quoted(known.name)}的数"


def _told_levels(one: Comparison, told: ToldLevels) -> Iterator[tuple[Span, str]]:
    """What texts tell of the subject of a comparison: this year's level, or what was wanted."""
    if one.base is None or _OF_BUDGET.search(one.subject):
        return
    levels = [each for each in told.of(one.subject, one.base.kind) if each.quantity != one.base]
    if any(not each.aimed for each in levels):
        for each in sorted(levels, key=lambda level: level.aimed):
            if each.quantity.value != one.base.value:
                yield Span.of(each.quantity), f"别处写的{each.quantity.typed}"


_OF_BUDGET = re.compile("预算|支出|经费|资金|结余|结转|拨款|收入")
_WHOLE = frozenset({
    "支出", "总支出", "全部支出", "支出总额", "部门支出", "部门总支出", "整体支出",
    "部门整体支出", "年度支出",
})  # fmt: skip
_SCORE = frozenset({"", "得分", "总分", "总得分", "自评得分", "评价得分", "自评总分"})
_OF_IT = frozenset({"支出", "预算", "经费", "项目支出", "资金"})


def _known(subject: str, kind: str, passage: Passage, case: Case) -> list[Known]:
    """The indicators that a subject surely names."""
    readers = result_readers(case)
    project = passage.subject if passage.kind == "project" else ""
    reader = readers.get(project, readers[""])
    return [one for one in reader.named(subject) if kind_of(one.unit) == kind] if subject else []


def _of_targets(
    one: Comparison, numbers: list[Number], passage: Passage, case: Case, told: ToldLevels
) -> list[_Pair]:
    """A result and its target: of the indicator that is named, or of what texts tell of both."""
    lead = next((each.lead for each in numbers if each.quantity is one.level), one.subject)
    subject = one.subject or words_of(lead)
    readers = result_readers(case)
    project = passage.subject if passage.kind == "project" else ""
    known = readers.get(project, readers[""]).named(subject) if subject else []
    kind = one.level.kind if one.level else one.said.kind
    if not known and project and len(one.subject) >= _SAID_FULLY:
        held = readers.get(project, readers[""]).holding(one.subject, kind)
        known = held if len(held) == 1 else []
    if one.level is not None or one.said.unit not in _NO_RATIO:
        wanted = PERCENT if kind == POINTS else kind
        known = [each for each in known if kind_of(each.unit) == wanted]
    pairs = [pair for each in known for pair in _of_known(each, one.level)]
    return pairs or list(_of_texts(one, numbers, subject, told))


_SAID_FULLY = 4
"""Characters with which a project's own indicator is meant (作业次数 for 增雨防雹作业次数)."""


def _of_known(known: Known, level: Quantity | None) -> Iterator[_Pair]:
    values = [Span.of(level)] if level is not None else []
    values += [Span(known.value, known.value)] if known.result is not None else []
    for measure in known.targets.values():
        base = number_of(measure)
        if not base:
            continue
        for value in values:
            yield _pair(value, Span(base, base), quoted(known.name), f"目标{measure.text}")


_PARTLY = re.compile("其中|包括|包含|含")


def _of_texts(
    one: Comparison, numbers: list[Number], subject: str, told: ToldLevels
) -> Iterator[_Pair]:
    """A result and the targets that other sentences tell in the same words.

    The result was told right before, or is told elsewhere, too.
    """
    lead = next((each.lead for each in numbers if each.quantity is one.level), "")
    if _PARTLY.search(lead) or _OF_BUDGET.search(subject):
        return
    if one.level is not None:
        aims = [each.quantity for each in told.of(subject, one.level.kind) if each.aimed]
        levels = [one.level]
    else:
        every = told.named(subject) if one.kind is Kind.SHARE else told.of(subject, one.said.kind)
        aims = [each.quantity for each in every if each.aimed]
        levels = [each.quantity for each in every if not each.aimed]
    for level in levels:
        for aim in aims:
            if aim.value != level.value and aim.kind == level.kind:
                yield _pair(Span.of(level), Span.of(aim), level.typed, aim.typed)


def _pair(level: Span, base: Span, level_shown: str, base_shown: str) -> _Pair:
    return _Pair(level, base, f"{level_shown}和{base_shown}")


# --- shares that other words tell -----------------------------------------------------------------

_SUM_OF = re.compile(
    r"^(?:支出|预算)?(?:合计|共计|共)?占(?P<whole>[^,;\d]{2,12}?)的(?:比例|比重)?(?:为|约)?$"
)
_FEW = range(2, 10)


def _shares_of_sums(numbers: list[Number], passage: Passage, case: Case) -> Iterator[Hit]:
    """甲120万元、乙80万元、丙40万元，三项合计占项目支出的62%: the sum of those before, of a row."""
    reader = money_reader(case)
    for place in range(3, len(numbers)):
        share, count = numbers[place], numbers[place - 1].quantity
        found = _SUM_OF.match(share.lead) if share.quantity.unit == PERCENT else None
        if found is None or count.unit not in ("项", "个", "类") or int(count.value) not in _FEW:
            continue
        first = place - 1 - int(count.value)
        parts = [one.quantity for one in numbers[max(0, first) : place - 1]]
        row = reader.row_in(found["whole"]) or (reader.whole if found["whole"] in _WHOLE else None)
        if first < 0 or row is None or not all(one.is_money for one in parts):
            continue
        summed, shown = Span.sum_of(parts), f"{len(parts)}项之和"
        wanted = [
            _pair(summed, Span(value, value), shown, f"{found['whole']}")
            for value in row.values.get(words.ACTUAL, ()) + row.values.get(words.SPENT, ())
        ]
        said = Comparison(
            Kind.SHARE, share.quantity, "", None, None, False, False,
            f"{count.typed}{share.lead}{share.quantity.typed}",
        )  # fmt: skip
        if wanted and not any(_fits(said, pair) for pair in wanted):
            yield _hit(passage, said, wanted[0])


_SCORE_RATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?)(?:的)?得分率(?:为|是|达到|达)?(?P<rate>\d{1,3}(?:\.\d{1,4})?)%"
)


def _score_rates(text: str, passage: Passage, case: Case) -> Iterator[Hit]:
    """履职效能得分率为97.8%: the score of an item, of its full marks."""
    if "得分率" not in text:
        return
    items = {folded(one.name): one for one in case.figures.scores}
    for found in _SCORE_RATE.finditer(text):
        item = next((items[name] for name in items if found["name"].endswith(name)), None)
        if item is None or item.score is None or not item.full:
            continue
        rate = item.score / item.full * _HUNDRED
        decimals = len(found["rate"].partition(".")[2])
        if half_up(rate, decimals) != Decimal(found["rate"]):
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里写{quoted(found.group())}，按得分 "
                f"{plain(item.score)}、满分 {plain(item.full)} 算是 {plain(half_up(rate, 2))}%",
                hint="核对得分率和得分",
                ref=passage.ref,
            )


# --- whether it fits -----------------------------------------------------------------------------


def _fits(one: Comparison, pair: _Pair) -> bool:
    """Whether a change or a share is that of a level against its base, rounding aside."""
    low, high = _range(one, pair)
    said = one.said
    if one.kind is Kind.CHANGE and one.less:
        low, high = -high, -low
    span = Span.of(said)
    return (span.low <= high and low <= span.high) or said.is_(low) or said.is_(high)


def _range(one: Comparison, pair: _Pair) -> tuple[Decimal, Decimal]:
    level, base = pair.level, pair.base
    if one.kind is Kind.SHARE:
        return level.share_of(base)
    relative = one.said.unit == PERCENT and not _is_rate(one)
    if relative:
        low, high = level.share_of(base)
        return low - _HUNDRED, high - _HUNDRED
    change = level.minus(base)
    return change.low, change.high


def _is_rate(one: Comparison) -> bool:
    """Whether two rates are compared, whose difference may be told in percent."""
    told = one.base or one.level
    return told is not None and told.unit == PERCENT


def _hit(passage: Passage, one: Comparison, pair: _Pair) -> Hit:
    level, base = (Span(side.middle, side.middle) for side in (pair.level, pair.base))
    middle = _range(one, _Pair(level, base, ""))[0] / one.said.scale
    unit = "%" if one.said.unit == PERCENT else ""
    return Hit(
        subject=passage.subject,
        message=f"{quoted(passage.shown)}里写{quoted(one.words)}，按{pair.shown}算是 "
        f"{plain(half_up(abs(middle), max(2, one.said.decimals)))}{unit}",
        hint="核对这个数和它所比的数",
        ref=passage.ref,
    )
