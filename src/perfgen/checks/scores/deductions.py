"""PG507 to PG509: what scores are worked out from, and what their notes say (扣分, 评分说明)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.figures.scores import ScoreFigures
from perfgen.model.finding import Severity
from perfgen.model.numbers import decimals_of, half_up, plain

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)

_DIGITS = "零一二三四五六七八九"
_COUNT = r"(\d{1,4}|[一二两三四五六七八九十]{1,3})\s?[项个份笔次处人家条件起类场]"
_MARKS = r"扣(?:除|减|了|掉)?\s{0,2}(\d{1,3}(?:\.\d{1,3})?)\s{0,2}分"
_EACH = re.compile(rf"{_COUNT}[^。；;扣]{{0,40}}[各每][^。；;扣]{{0,8}}{_MARKS}")
_UNIT_PRICE = re.compile(rf"[各每][^。；;，,扣]{{0,12}}{_MARKS}")
_TOTAL = re.compile(rf"(?:共计?|合计|总计|累计)[^。；;，,扣]{{0,4}}{_MARKS}")
_PLAIN = re.compile(_MARKS)
_PRODUCT = re.compile(
    r"(\d{1,4}(?:\.\d{1,4})?)(?:分)?\s{0,2}[×*xX]\s{0,2}(\d{1,4}(?:\.\d{1,4})?)(%?)\s{0,2}"
    r"[=＝]\s{0,2}(\d{1,4}(?:\.\d{1,4})?)"
)
_INDICATORS = re.compile(r"(\d{1,3}|[一二两三四五六七八九十]{1,3})\s?[个项]指标")
_QUOTED = re.compile(r"“[^“”]{1,60}”")


@rule(
    "PG507",
    Severity.ERROR,
    title="计分依据超出范围",
    reason="扣的分不会比满分多，“按比率”的比率不会超过 100%。超出的部分系统按 0 分或满分计，"
    "多半是小数点或单位填错了。比率超过 100% 的只作提醒。",
    good="满分 10，扣分，计分依据 2分",
    bad="满分 10，扣分，计分依据 20分",
    fixed={"扣分至多": "满分", "“按比率”的比率至多": "100%"},
)
def out_of_range(case: Case) -> Iterator[Hit]:
    """A deduction above the full marks, or a ratio above 100%, which scoring cuts off."""
    for item in case.figures.scores:
        basis, full = item.basis, item.full
        if basis is None or basis.number is None or full is None or item.parts:
            continue
        rule = case.layout.rules.scoring.rule_of(item.item.rule, item.name)
        name, bounded = rule.kind, rule.full_at is not None
        percent = basis.number if basis.unit == "%" else basis.number * _HUNDRED
        header = case.header("score", "basis")
        if name in ("deduction", "overshoot") and not _ZERO <= basis.number <= full:
            message = f"的{header}是 {basis.text}，满分只有 {plain(full)}"
        elif name == "ratio" and not bounded and not _ZERO <= percent <= _HUNDRED:
            message = f"按比率计分，{header}却是 {basis.text}"
        else:
            continue
        yield Hit(
            subject=item.name,
            message=f"{quoted(item.name)}{message}",
            hint=f"核对{header}",
            ref=item.item.cell("basis"),
            severity=Severity.WARNING if name == "ratio" else None,
        )


@rule(
    "PG508",
    Severity.WARNING,
    title="扣分原因、评分说明与得分对不上",
    reason="扣分原因里写的“扣几分”“几项各扣几分”，应当正好是这个指标扣掉的分；评分说明里列的算式要算得对。"
    "只写“全部完成”“没有超支”，说不清为什么扣分。"
    "超额完成扣分的，各任务的指标个数加起来，应当与前面产出、效益两行写的个数相同。",
    good="扣分 2分，扣分原因：2份合同备案超过时限，各扣1分",
    bad="扣分 2分，扣分原因：3份合同备案超过时限，各扣1分",
)
def notes(case: Case) -> Iterator[Hit]:
    """R66: marks lost by the words of a reason or a note, against those of the table."""
    for item in case.figures.scores:
        yield from _lost_in_words(item, case)
        yield from _no_fault(item, case)
        yield from _wrong_product(item, case)
    yield from _counts_across(case)


def _lost_in_words(item: ScoreFigures, case: Case) -> Iterator[Hit]:
    lost = item.lost
    if lost is None or item.parts:
        return
    for field, text in (("reason", item.item.reason), ("note", item.item.note)):
        stated = _stated_losses(text)
        if not stated or lost in stated or sum(stated, _ZERO) == lost:
            continue
        said = "、".join(plain(marks) for marks in stated)
        yield Hit(
            subject=item.name,
            message=f"{quoted(item.name)}的{case.header('score', field)}写扣 {said} 分，"
            f"表里满分 {plain(item.full or _ZERO)}、得分 {plain(item.score or _ZERO)}，"
            f"扣了 {plain(lost)} 分",
            hint="核对扣分原因和计分依据",
            ref=item.item.cell(field),
        )


_DENIED = re.compile(
    "(?:没有|未|无|不存在|均无|未曾|从未|并未)(?:发现|发生|出现|存在|产生|造成|有|任何|一[项个笔]|指标|项目|年中){0,3}"
    "[^,。;]{0,8}?(?:超出|超过|超支|超编|超预算|超标准|追加|调整|调剂|违规|违纪|违法|违反|突破|结转|结余|逾期|拖欠|挪用|"
    "截留|挤占|虚列|问题|投诉|事故|偏差|差错|负面|扣分|不足|闲置|迟报|漏报|瞒报)[^,。;]{0,8}"
)
_PRAISED = re.compile(
    r"全部[^,。;]{0,10}?(?:完成|达标|达到|实现|合格|公开|执行|支付|到位)|(?:均|都|皆)(?:已)?(?:按[时期])?(?:全部)?"
    r"(?:完成|达标|达到|实现|合格|符合|公开|到位)[^,。;]{0,6}|(?:按时|按期|如期|及时|足额|规范|圆满|较好)[^,。;]{0,4}?"
    r"(?:完成|公开|支付|报送|拨付|执行|落实|入账|备案)[^,。;]{0,6}|达到(?:了)?\d{1,3}(?:\.\d{1,2})?%以上|"
    r"(?:达到|符合)(?:了)?[^,。;]{0,6}(?:标准|要求|目标|规定)|(?:不|未|无|没有)(?:予|需|应)?扣分|得满分|"
    r"(?:比|较)(?:上年|去年)(?:度|同期)?[^,。;\d]{0,4}(?:下降|减少|降低|压减)$|(?:厉行节约|从严控制|严格控制[^,。;]{0,8})$|"
    r"控制在[^,。;]{0,12}(?:以内|内|之内)|(?:健全|完善|完整|合规|良好|优秀)$"
)
_FAULT = re.compile(
    r"未|没|不|低|少|欠|缺|迟|晚|慢|逾|超|高于|偏|仅|只|差|扣|结余|结转|剩余|余|%|增加|追加|调|滞|因|由于|部分|个别|问题|"
    r"尚|(?<!接)待|仍|但|完成\d|\d+[项个件份笔次处人家条起]|退|停|终止|取消|变更|推|延|补|较|比|尾款|节约|到期|按合同|按进度"
)
_LONGEST = 60


def _no_fault(item: ScoreFigures, case: Case) -> Iterator[Hit]:
    """A reason that only says that nothing was wrong, where marks were lost."""
    if item.lost is None or item.lost <= 0 or item.parts:
        return
    said = unicodedata.normalize("NFKC", item.item.reason).strip().rstrip("。.;!")
    found = _DENIED.search(said) or _PRAISED.search(said)
    if found is None or len(said) > _LONGEST:
        return
    if not _FAULT.search(_PRAISED.sub("", _DENIED.sub("", said))):
        yield Hit(
            subject=item.name,
            message=f"{quoted(item.name)}扣了 {plain(item.lost)} 分，"
            f"{case.header('score', 'reason')}却写着{quoted(said)}",
            hint="写明扣分的原因；不该扣的，改正得分或计分依据",
            ref=item.item.cell("reason"),
        )


def _stated_losses(text: str) -> list[Decimal]:
    """The marks that a text says were lost: its total, else each sum that it names."""
    text = unicodedata.normalize("NFKC", text)
    if total := _TOTAL.search(text):
        return [Decimal(total[1])]
    found = [_number(each[1]) * Decimal(each[2]) for each in _EACH.finditer(text)]
    rest = _UNIT_PRICE.sub("", _EACH.sub("", text))
    return found + [Decimal(one[1]) for one in _PLAIN.finditer(rest)]


def _wrong_product(item: ScoreFigures, case: Case) -> Iterator[Hit]:
    for found in _PRODUCT.finditer(unicodedata.normalize("NFKC", item.item.note)):
        left, right, stated = Decimal(found[1]), Decimal(found[2]), Decimal(found[4])
        product = left * right / (_HUNDRED if found[3] else 1)
        if half_up(product, decimals_of(stated)) != stated:
            yield Hit(
                subject=item.name,
                message=f"{quoted(item.name)}的{case.header('score', 'note')}里“{found[0]}”"
                f"算错了，应当是 {plain(half_up(product, max(2, decimals_of(stated))))}",
                hint="改正算式",
                ref=item.item.cell("note"),
            )


def _counts_across(case: Case) -> Iterator[Hit]:
    """Indicators completed beyond the bound, as the first tree counts them and as the others do."""
    scoring = case.layout.rules.scoring
    trees: list[list[ScoreFigures]] = []
    for item in case.figures.scores:
        if item.level == 0:
            trees.append([])
        kind = scoring.rule_of(item.item.rule, item.name).kind
        if trees and kind == "overshoot" and item.item.reason.strip():
            trees[-1].append(item)
    if len(trees) < 2 or not trees[0]:
        return
    detail = [item for tree in trees[1:] for item in tree]
    if not detail:
        return
    whole, parts = _counted(trees[0]), _counted(detail)
    if whole is None or parts is None or whole == parts:
        return
    names = "、".join(item.name for item in trees[0])
    yield Hit(
        subject=trees[0][0].name,
        message=f"{names}写超额完成的指标共 {whole} 个，各项任务写的合计 {parts} 个",
        hint="核对各处扣分原因里的指标个数",
        ref=trees[0][0].item.cell("reason"),
    )


def _counted(items: Sequence[ScoreFigures]) -> int | None:
    """The indicators that the reasons speak of; None where one of them does not say how many."""
    counts = [_count(item.item.reason) for item in items]
    return None if None in counts else sum(count for count in counts if count is not None)


def _count(text: str) -> int | None:
    found = _INDICATORS.search(unicodedata.normalize("NFKC", text))
    return _number(found[1]) if found else len(_QUOTED.findall(text)) or None


def _number(text: str) -> int:
    """A count of up to 99 in digits or Chinese numerals: 3, 两, 十二."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    front = (_DIGITS.find(tens) if tens else 1) * 10 if ten else 0
    return front + (max(_DIGITS.find(ones), 0) if ones else 0)


@rule(
    "PG509",
    Severity.INFO,
    title="空着的得分按 0 分印出",
    reason="得分空着的由系统计算。算出来是 0 分又没有写原因的，多半是计分依据填错，或没有达标；"
    "已经公开的表上空着的，印出 0 就变了样。",
    good="计分依据“未达标”，得分填 0",
    bad="计分依据“未达标”，得分空着，报告上印 0",
)
def printed_zero(case: Case) -> Iterator[Hit]:
    """A score left blank that is worked out as 0, and printed so, with no reason beside it."""
    for row in case.figures.indicators:
        indicator = row.indicator
        blank = indicator.mark is None and not indicator.reason.strip()
        if blank and row.computed == 0 and (indicator.weight or _ZERO) > 0:
            yield Hit(
                subject=indicator.name,
                message=f"{quoted(indicator.name)}的得分空着，按规则是 0 分",
                hint="核对指标值和实际完成值；属实的，得分填 0，并写明原因",
                ref=indicator.cell("mark"),
            )
    for item in case.figures.scores:
        blank = item.item.score is None and not item.item.reason.strip()
        if blank and item.computed == 0 and not item.parts and item.full:
            yield Hit(
                subject=item.name,
                message=f"{quoted(item.name)}的得分空着，按规则是 0 分",
                hint="核对计分依据；属实的，得分填 0，并写明扣分原因",
                ref=item.item.cell("score"),
            )
