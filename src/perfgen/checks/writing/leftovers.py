"""PG316: nothing is left of a draft or of the form (残留的草稿痕迹)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import passages
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity
from perfgen.prose.text import folded

_SHOWN = 3
_SHORT_HELP, _LONG_HELP = 8, 12
"""The form's help is known by so many characters where it is the whole text, or a part of it."""

_UNITS = (
    "万元|亿元|元|个|家|项|次|人|名|户|场|件|年|月|日|%|公里|平方米|亩|吨|台|套|座|处|人次|批|所|局|"
    "市|县|区|镇|村|公司|同志"
)
_NUMBERED = (
    r"(?:(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|[一二三四五六七八九十]是)"
    r"[ \u3000]{0,2})?"
)
_FORMS = (
    re.compile(rf"(?<![\dA-Za-z×*])(?<!\d[ \u3000])[XxＸｘ×✕*＊][ \u3000]{{0,2}}(?=(?:{_UNITS}))"),
    re.compile(r"(?<![A-Za-z\d])[XxＸｘ]{2,12}(?![A-Za-z\d])|×{2,12}|✕{2,12}|[△▲□■○●]{2,12}"),
    re.compile(r"(?<![\d*＊A-Za-z])[*＊]{2,12}(?![\d*＊A-Za-z])"),
    re.compile(r"(?:附件|附表|表|图|第)[XxＸｘ×](?![A-Za-z\d])"),
    re.compile(r"_{2,40}|＿{2,40}|﹍{2,40}|\?{2,20}|？{2,20}|[（(][?？][)）]|…{4,20}|\.{7,40}"),
    re.compile(r"[（(【\[][^（）()【】\[\]\n]{0,6}(?:略|待定|待补|待填|待核|待确认|暂缺|另附|空缺|补充|TODO|todo|TBD|tbd)"
               r"[^（）()【】\[\]\n]{0,6}[）)】\]]"),
    re.compile(r"(?:…{1,6}|\.{3,6})[ \u3000]{0,4}(?:数据|数字|金额|时间|内容|具体)?(?:暂|尚|仍)?"
               r"待(?:定|补|填|核)"),
    re.compile(r"待补充|待补填|待补录|待填写|待填报|待完善后填|待核实后(?:填|补)|待更新数据|数据待(?:定|补|核)|此处(?:填|补|应|需|待|插入)|"
               r"(?:请|须)在?此?处?(?:填写|填报|补充|录入|说明)(?!报)|请填写|请补充|请核实|请删除|填写说明|写明具体|示例(?:文字|内容)|"
               r"(?:样例|模板)(?:文字|内容)|lorem|同上表述"),
    re.compile(r"[（(](?:请|不少于|不超过|限|约|字数|至少)?[^（）()\n]{0,16}\d{2,4}字"
               r"(?:以内|以上|左右|之内|内)?[^（）()\n]{0,10}[)）]"),
    re.compile(r"(?<!\d)20(?:[XxＸ×✕*＊_＿]{2}|[ \u3000]{2,6})(?=年)|(?<![\dA-Za-z])[XxＸ×✕]月|"
               r"某某(?:单位|部门|公司|企业|项目|同志|领导)"),
    re.compile(r"【[ \u3000]{0,8}】|〖[ \u3000]{0,8}〗|《[ \u3000]{0,8}》|"
               r"“[ \u3000]{0,8}”|[（(][ \u3000]{0,8}[)）]|〔[ \u3000]{0,8}〕"),
    re.compile(r"[（(【\[](?:(?:请|需|应|须|在此|此处|简要|逐项|分项|具体|如实){1,3}(?:说明|补充|列出|描述|阐述)|"
               r"(?:请|需|应|须|在此|此处|简要|逐项|分项|具体|如实){0,3}(?:填写|填报|填列|注明|列明|简述|概述|写明))"
               r"[^（）()【】\[\]\n]{0,30}[)）】\]]"),
    re.compile(r"(?:数据|数字|金额|数量|时间|名单|人数|内容|结果|日期|文号)(?:暂|尚|还|仍)?"
               r"(?:待|未)(?:定|核实|核|确认|补|统计(?!部门|局)|填|明确)(?![的于])"),
    re.compile(r"(?<![A-Za-z])(?:TBD|TODO|FIXME|NULL|tbd|todo)(?![A-Za-z])|"
               r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?)"),
    re.compile(r"(?:资金|经费|金额|支出|投入|合计|共计|总计|共|预算|完成|安排|拨付|达到|达)"
               r"[ \u3000]{1,8}"
               r"(?:万元|亿元|元|家(?![长庭级])|个(?![别人性])|次(?!年)|人(?![员数民才大力])|场|件|项(?!目)|户|%)"),
    re.compile(r"[（(【\[](?:注:|注：)?[^（）()【】\[\]\n]{0,10}(?:需|待|请|应)[^（）()【】\[\]\n]{0,6}"
               r"(?:再核|确认|核对|核定|复核|补正|更新)(?:后(?:填|补|报))?[)）】\]]"),
    re.compile(r"[（(【\[](?:公式|数字|数据|金额|口径|文字|表述|比例|日期|名称|年份|此处|这里|该数|此数)?"
               r"(?:待|需要?|要|记得|别忘了?|还没)(?:修改|改|调整|查证|查|重算|核算|算|更新|替换|统一|问|校对|核)"
               r"(?:一下|一遍)?[)）】\]]"),
    re.compile(r"[（(【\[](?:以下|以上|此处|本段|此段|这段|上段|下段|全段|内容)?暂?(?:照抄|抄自|照搬|复制自?)"
               r"(?:去年|上年|往年|旧稿|初稿|模板|样稿|范文|20\d\d年)度?(?:版|稿|的|报告|文字|内容)?[)）】\]]"),
    re.compile(rf"【(?:数|数字|数据|数值|数量|金额|人数|比例|百分比|年份)】(?=(?:{_UNITS}|％))|"
               r"(?<=[\u4e00-\u9fff])【(?:单位名称|部门名称|项目名称|姓名|日期|时间|地点|文号)】"),
    re.compile(r"待(?:统计|汇总|测算|提供)(?=[%％。；，,;)）]|$|后(?:填|补))|(?:数据|资料|材料|信息|金额|数字)(?:暂缺|后补)|"
               r"(?:参照|沿用|复制)(?:上年|往年|去年)(?:填写|填报|内容)"),
    re.compile(r"^[ \u3000]{0,8}(?:(?:请|应|需)?填写[\u4e00-\u9fff]{2,10}|…{1,3}|\.{3,6})[。.]?"
               r"[ \u3000]{0,8}$"),
    re.compile(r"[（(](?:此处|这里|下面|以下)?(?:可|请|可以)(?:自行)?"
               r"(?:续写|续填|加行|增加行|插入行|另附页|另起行|自行添加)[^（）()\n]{0,8}[)）]"),
    re.compile(rf"^[ \u3000]{{0,8}}{_NUMBERED}(?:同上|同前|略|无内容|待定|待补|见附件|详见附件|"
               r"详见附表|见附表|如上|同左|XX|xx)[。.]?[ \u3000]{0,8}$"),
)  # fmt: skip


@rule(
    "PG316",
    Severity.WARNING,
    title="草稿里的话没有改掉",
    reason="“XX万元”“待补充”“此处填写”“同上”“（100字以内）”这些是样稿、模板和填报说明留下的，公开以后很难看，"
    "也说明这一处没有核实。已经遮盖的个人信息（138****1234）不算。",
    good="全年走访企业 52 家",
    bad="全年走访企业 XX 家（待补充）",
    most=10,
)
def left_over(case: Case) -> Iterator[Hit]:
    """Placeholders of drafts, remarks for the writer, and the form's own help."""
    pieces = _helps(case)
    helps = frozenset(piece for piece in pieces if len(piece) >= _LONG_HELP)
    for passage in passages(case):
        if not passage.printed:
            continue
        found = [
            match.group().strip()
            for form in _FORMS
            for line in passage.text.split("\n")
            for match in form.finditer(line)
        ]
        found = [text for text in found if text]
        bare = folded(passage.text)
        found += [help_[:20] for help_ in helps if len(bare) >= 8 and help_ in bare]
        found += [bare] if bare.rstrip("。") in pieces else []
        if found:
            shown = "、".join(quoted(text) for text in list(dict.fromkeys(found))[:_SHOWN])
            yield Hit(
                subject=passage.subject,
                message=f"{quoted(passage.shown)}里还留着{shown}",
                hint="补上实际内容，或删去",
                ref=passage.ref,
            )


def _helps(case: Case) -> frozenset[str]:
    """The form's own words for the officer, sentence by sentence."""
    texts = [column.help for sheet in case.layout.sheets for column in sheet.columns]
    pieces = (piece for text in texts for piece in re.split("[。；;]", folded(text)))
    return frozenset(piece for piece in pieces if len(piece) >= _SHORT_HELP)
