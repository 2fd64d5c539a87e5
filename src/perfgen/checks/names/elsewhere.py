"""Offices of another place that a text lets act as its own (别处的单位当了主语).

A report tells of its own place. Another place of the same level, named at the beginning of a
clause with an office that does something, was left by copying. PG319 tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import Passage
from perfgen.checks.common.subjects import own_places
from perfgen.prose.text import folded

_LETTER = "[\u4e00-\u9fff]"
_TOWN = re.compile(rf"(?P<name>{_LETTER}{{2,3}}?)(?:街道|镇|乡)(?:办事处|人民政府|党工委)?$")
_LEVELS = "市县区旗州盟"
_TIERS = {"市": 2, "州": 2, "盟": 2, "县": 1, "区": 1, "旗": 1}
_OFFICE = (
    "局|委员会|厅|委|办公室|中心|法院|检察院|医院|学院|研究院|院|图书馆|博物馆|档案馆|文化馆|馆|站|所|支队|大队|"
    "中学|小学|学校|党校|人民政府|政府|联合会|红十字会|总工会|残联|妇联|科协|文联|团委|供销社"
)
_DOES = (
    "负责|承担|组织|实施|开展|完成|按照|根据|严格|坚持|认真|将|把|对|聚焦|围绕|紧扣|没有|未|有|全年|共|年初|内设|已|制定|出台|印发|"
    "建立|建成|举办|召开|推进|落实|加强|强化|是|为|以|始终|积极|公务|资产|预算|采购|财务|内控|机关|编制|核定|现有|在职|绩效|部门|"
    "提供|反馈|报送|确认|核实|收到|对接|派出|出具|认定|评审|使用|拨付|支付|结算|发放|"
    "管理|固定|合同|会计|人员|干部|党组|网站|门户|的"
)
_ELSEWHERE = re.compile(
    rf"(?<![\d\u4e00-\u9fff])(?P<place>{_LETTER}{{1,3}}[{_LEVELS}])(?P<office>{_LETTER}{{0,10}}?(?:{_OFFICE}))(?=(?P<deed>{_DOES}))"
)
_APPROVES = re.compile(
    rf"(?<![\d\u4e00-\u9fff])(?P<place>{_LETTER}{{1,3}}[{_LEVELS}])(?P<office>财政局|人民政府|政府|发展和改革委员会|发改委|人大常委会|"
    r"审计局|委组织部|编办|委编办|机关事务管理局)(?:正式|已)?(?:批复|下达|核定|批准|拨付|安排|追加|同意|审定|审议|核减|调减|收回)"
    rf"(?={_LETTER}{{0,6}}(?:[我本][局院馆校单中所部镇]|部门|年度|预算|资金|编制|(?:19|20)\d\d年))"
)
_TOWN_ELSEWHERE = re.compile(
    rf"(?<!{_LETTER})(?P<name>{_LETTER}{{2,3}}?)(?:街道|镇|乡)(?:办事处|人民政府|党工委|党委|财政所|机关|综合|辖区|位于|地处|全年|共|现有|辖|以|坚持|"
    r"围绕|聚焦|内设|设|是|有\d|对|将|严格|认真)"
)
_NO_NAME = re.compile(
    "^(?:通过|经过|接受|参加|邀请|依托|报请|提请|争取|上报|获得|得到|落实|推动|服务|协调|联系|对接|承办|承接|"
    "用于|来自|属于|位于|涉及|覆盖|包括|其中|以及|均由|已报|已经|列入|纳入|作为|除了?|除|由|报|经|与|受)|"
    "^[全本我各该外邻两每成由对向经报将拟下所辖直属省城新老分同另其从按原至到请这某几多]|[为在的是个被把与及于]|年度|日内|"
    f"[全本我各该外邻两每个社城郊辖园新开发景功能林牧矿库灌小{_LEVELS}](?=[{_LEVELS}]$)|以上|上市|城市|超市|门市"
)
_RELATED = re.compile(
    "联合|会同|协助|对口|支援|帮扶|结对|协作|合作|交流|考察|学习|借鉴|经验|友好|委托|移交|划转|划入|原|前身|加挂|"
    "来我|来本|赴|配合|签订|共建|跨|兄弟|邻|区域|流域|交界|协调|《|相比|排名|获|等[县市区地]"
)
_NEAR = 16
_WORDS = frozenset({"城市", "都市"})
"""Words of a field (城市管理局) that look like places."""

_OF_CITIES = re.compile("^(?:负责|承担|严格|坚持|认真|聚焦|围绕|紧扣|内设|始终|没有|未)")
"""What a city's report hardly says of a smaller city (县级市) below it."""


def offices_elsewhere(passage: Passage, unit: str, everywhere: str) -> Iterator[str]:
    """Yield the offices of other places that act in a text.

    `everywhere` holds the names in the tables and all texts: an office or a place that is told of
    several times is meant.
    """
    text = folded(passage.text)
    yield from _towns(text, unit, everywhere)
    own = own_places(unit)
    level = next((one[-1] for one in reversed(own) if one[-1] in _LEVELS and one not in _WORDS), "")
    if not level:
        return
    for form in (_ELSEWHERE, _APPROVES):
        for found in form.finditer(text):
            place = found["place"]
            if _TIERS[place[-1]] != _TIERS[level] or place in own or _NO_NAME.search(place):
                continue
            if level == "市" and form is _ELSEWHERE and not _OF_CITIES.match(found["deed"]):
                continue
            if not _is_meant(found, text, place, everywhere):
                yield place + found["office"]


def _towns(text: str, unit: str, everywhere: str) -> Iterator[str]:
    own = _TOWN.search(folded(unit))
    if own is None:
        return
    for found in _TOWN_ELSEWHERE.finditer(text):
        name = found["name"]
        mine = own["name"] in name or name in own["name"] or name in unit
        if mine or re.search("[各个乡村街该两全本我所辖市县区镇]", name):
            continue
        if not _is_meant(found, text, name, everywhere):
            yield found.group()


def _is_meant(found: re.Match[str], text: str, place: str, everywhere: str) -> bool:
    """Whether a clause says what the other place has to do with the report."""
    before = text[max(0, found.start() - _NEAR) : found.start()]
    around = f"{before}|{text[found.end() : found.end() + _NEAR]}"
    return _RELATED.search(around) is not None or everywhere.count(place) > 1
