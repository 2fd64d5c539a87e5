"""What an indicator's name says it should be (指标名称的意思): more or less, and in which unit.

Only names that leave no doubt are known; of all others no rule speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from perfgen.model.cells import CellRef
from perfgen.model.names import bare_name
from perfgen.model.records import Indicator
from perfgen.model.units import counts_alike, read_unit

_IN_BRACKETS = re.compile(r"[（(][^（）()]{0,20}[）)]$")

_RATES = (
    "满意度|满意率|安全感|合格率|优质率|及时率|按时率|准时率|达标率|办结率|准确率|正确率|完好率|覆盖率|覆盖面|普及率|"
    "知晓率|知晓度|知晓面|优良率|优秀率|就业率|破案率|回收率|利用率|签约率|成活率|保存率|巩固率|入学率|毛入园率|通过率|公开率|响应率|答复率|"
    "整改率|处置率|处理率|保障率|参与率|到位率|落实率|成功率|接种率|建档率|治愈率|结案率|化解率|清扫率|等路率|亮灯率|"
    "完工率|竣工率|兑现率|发放率|收缴率|受理率|上线率|修复率|抽检率|检测率|监测率|执行率|完成率|支付率|对口率|"
    "参保率|运行率|优质服务率|安置率|续签率|录取率|检出率|稽查率|返乡率|复垦率|配备率|持证率|绿化率"
)
_MORE = re.compile(rf"(?<![不未非])(?:{_RATES}|满意度指标)$")
_GROWING = re.compile(
    "(?:执行|完成|支付|发放|收缴|完工|竣工|录取|续签|抽检|检测|监测|兑现|受理)率$"
)
"""Rates that grow over the year: half of it by June is no slip."""
_FALLEN = re.compile(
    r"(?:成本|能耗|案件|发案|事故|投诉|费用|经费|支出|浓度|排放量?|死亡|伤亡|损耗|漏损|火灾|警情|信访|欠薪|债务|用水|用电|水耗|电耗)"
    r"[^率]{0,6}(?:下降|降低|压减|压降|减少)(?:率|幅度|比例)$|(?:节约|节支|节能|减排)率$"
)
"""The fall of what is bad: the more, the better."""
_DEEDS = (
    "新建|新增|新铺|新修|新改建|新改扩建|改扩建|改造|建设|修缮|维修|培训|举办|开展|组织|更换|更新|安装|种植|植树|造林|"
    "扶持|引进|培育|创建|发放|检验|抽检|检测|监测|巡查|演出|宣传|服务|救助|资助|签约|接待|优化|建成|整治|清淤|疏浚|"
    "绿化|养护|印发|发布|编制|出版|送戏|展演|走访|慰问|接种|筛查|义诊|治理|修复|加固|铺设|补种|抚育"
)
_OTHER_DEEDS = (
    "筹集|供应|配租|征集|采集|归集|复壮|放流|投放|编纂|审结|执结|办结|调解|出具|评审|收治|诊疗|签约|随访|献血|采血|供血|"
    "招募|招聘|录用|引导|转移就业|安置|帮扶|清运|收运|保洁|亮化|修剪|补植|译制|播出|排演|创作|巡演|辅导|流通|入库|轮换|"
    "著录|整理|数字化|修编|普查|建档|升级|配发|购置|添置|配备|增设|受训|轮训|讲解|研发|推广|示范|演练|巡护|除治"
)
"""Deeds that may also stand in the names of terms and prices (轮换架空期)."""

_WORKS = re.compile(
    rf"^(?:人工|森林)?(?:{_DEEDS})|"
    rf"(?:(?:{_DEEDS})(?:任务)?|(?:{_OTHER_DEEDS})[\u4e00-\u9fff]{{0,8}}?)"
    "(?:数量|数|面积|长度|里程|户数|个数|家数|场次|期数|人次|人数)$"
)
"""Work that is done: the more, the better."""

_SERVED = re.compile(
    "(?:活动|演出|讲座|宣讲|展览|赛事|比赛|展演|培训|课程|义诊|招聘会|服务|阅读|推广|观众|读者|游客|受众|听众|学员|受益|惠及|参与|"
    "接待|覆盖|救助|帮扶|就业|借阅|外借|访问|到馆|参观|体验|辅导|演练|宣传)(?:会|周|日)?"
    "(?:场次|次数|人次|人数|场数|户数|期数|车次|数量|量)$"
)
"""Events that are held and people who are served."""

_LOST = re.compile("流失|空置|闲置|重复|差错|拖欠|积压|超员|缺岗|缺勤|架空|周期|滞留|失联|脱管")
_HELD_DOWN = re.compile(
    r"控制|限额|上限|压减|缩减|下降|降低|减少|成本|费|支出|价|时间|时限|周期|用时|天数|排放|能耗|用电|用水|取水|误差|投诉|事故|"
    r"差错|偏差|逾期|退|债务|间隔|距离|浓度|会议|文件|简报|检查次数|检查频次|占比|比例|比重|率$"
)
_LESS = re.compile(
    r"(?:漏损|失业|死亡|病死|发病|破损|空置|逾期|差错|出错|投诉|事故|辍学|流失|超标|违约|返工|退货|误报|损耗|损失|拥堵|"
    r"感染|不良|发案|缺勤|故障|成灾|受害|受灾|伤亡|重伤|溺水|火灾|退件)(?:发生)?"
    r"(?:率|数|数量|起数|次数|件数|人数|例数|比例|面积)$|"
    r"(?:发生|患病|发病|复发|返贫|近视|肥胖|闲置|撂荒|积压|拖欠|坏账|差评|流标|废标|违约|伤残|缺陷|超载)率$|"
    r"(?:安全|重大|较大|责任|生产|交通|设备|设施|质量|意外|医疗|教学|火灾|食品|药品|消防|踩踏|触电|中毒|污染|群体性|泄密)"
    r"(?:事故|事件)(?:数|数量|起数|次数)?$|(?:较大|重大|一般)(?:以上|及以上)[\u4e00-\u9fff]{0,10}(?:事故|事件|疫情|火灾)"
    r"(?:数|数量|起数|次数)?$|(?:投诉|信访投诉)量$|舆情事件(?:数|数量|起数)?$"
)
_SHORT = re.compile(
    r"(?:成本|费用|单价|造价|办结时限|时限|响应时间|到场时间|到达时间|等候时间|等待时间|平均住院日|办理时间|"
    r"办结时间|处置时间|修复时间|停机时间|等待天数|等候天数|超支率|能耗|水耗|电耗|超限率|超载率)$|"
    r"(?:办理|处理|办结|办件|审批|响应|等待|等候|修复|停机|到场)(?:时长|用时|耗时)$|"
    "(?:停航|停水|停电|停气|停运|停课|停机|停诊|停产|封闭|占道|中断|延误|逾期|超期)[\u4e00-\u9fff]{0,4}(?:天数|时间|时长|次数)$|"
    r"(?:PM[\d.]{1,4}|臭氧|颗粒物|氨氮|总磷|COD|污染物|二氧化[硫氮])[\u4e00-\u9fff]{0,8}浓度$"
)
_TERM_KEPT = re.compile("质保|保修|开放|保存|存储|公示|留存|压缩|缩短|提前|缩减")
_LONG = re.compile(
    r"压缩|缩短|提前|质保|保修|开放|保存|存储|公示|留存|投入|补助|补贴|节约|节省|收入|挽回|避免|降低|下降|减少|压减|"
    r"减免|减轻|免除|让利|追回|追缴|清欠|垫付|报销|返还"
)
_HELD = re.compile(
    r"(?:成本|经费|费用|预算|支出|人员|投资|概算|造价|面积|编制|能耗|债务|规模|总额|总量)(?:总额|总量)?"
    r"控制(?:率|数|额|线|情况)?$"
)
"""What is kept within bounds: 成本控制率, 公用经费控制数; 疫情控制率 is another thing."""
_SAVED = re.compile(
    "减免|减轻|免除|让利|追回|节约|节省|降低|下降|减少|压减|压缩|挽回|收入|收益|回报|产值|营业额|标准"
)
_DONE_ABOUT_IT = re.compile(
    r"化解|处理|办理|查处|排查|调处|处置|整改|消除|破获|受理|调解|打击|侦破|下降|降低|减少|压减|结案|办结|预防|防治|筛查|"
    r"检查|保险|赔付|理赔|挽回|避免|救助|扑救|收入|质保|保修|开放|保存|存储|公示|留存|投入|补助|补贴|节约|节省|"
    r"减免|减轻|免除|追回"
)


def more_is_meant(indicator: Indicator) -> bool:
    """Return whether the name says that more is better: 办结率, 新建公厕数量."""
    name = plain_name(indicator)
    if _FALLEN.search(name):
        return True
    if _MORE.search(name):
        return "控制" not in name
    works = _WORKS.search(name) or _SERVED.search(name)
    return (
        works is not None
        and not _LESS.search(name)
        and not _LOST.search(name)
        and not _HELD_DOWN.search(name.replace("免费", ""))
    )


def less_is_meant(indicator: Indicator) -> bool:
    """Return whether the name says that less is better: 漏损率, 单位成本, 投诉件数."""
    name = plain_name(indicator)
    if name.endswith("时限"):
        return _TERM_KEPT.search(name) is None
    if _HELD.search(name):
        return True
    if _SHORT.search(name):
        return _LONG.search(name) is None
    return _LESS.search(name) is not None and _DONE_ABOUT_IT.search(name) is None


def is_cost(indicator: Indicator) -> bool:
    """Return whether it is money among the costs (成本指标) that is neither saved nor earned."""
    among_costs = "成本" in f"{indicator.category} {indicator.subcategory}"
    money = any(target.measure.unit.lstrip("百千万亿").startswith("元")
                for target in indicator.targets.values())  # fmt: skip
    return among_costs and money and _SAVED.search(plain_name(indicator)) is None


def is_steady(indicator: Indicator) -> bool:
    """Return whether it is a rate that hardly changes within a year: 满意度, 清扫率, 完好率."""
    name = plain_name(indicator)
    return _MORE.search(name) is not None and _GROWING.search(name) is None


def operator_cell(indicator: Indicator, period: str) -> CellRef | None:
    """Return the cell in which a target's operator was typed: its own, or the target's."""
    apart = indicator.targets[period].apart
    own = indicator.cell("operator") if apart else None
    return own or indicator.cell(f"target.{period}")


def unit_cell(indicator: Indicator, period: str) -> CellRef | None:
    """Return the cell in which a target's unit was typed: its own (计量单位), or the target's."""
    own = (
        None if indicator.targets[period].measure.value.own_unit else indicator.cell("measure_unit")
    )
    return own or indicator.cell(f"target.{period}")


def plain_name(indicator: Indicator) -> str:
    """Return the name without quotation marks, spaces and a unit in brackets behind it."""
    return _IN_BRACKETS.sub("", bare_name(indicator.name))


@dataclass(frozen=True, slots=True)
class _Measured:
    """Names that end so, and the units that they surely do not have."""

    name: re.Pattern[str]
    unlike: frozenset[str]


def _units(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PEOPLE = _units("人 名 位 员 人次")
_EVENTS = _units("次 场 场次 期 批次")
_THINGS = _units("家 户 所 件 起 份 篇 册 台 套 辆 株 头 处 座 栋 条 个 项")
_SIZES = frozenset({"长度", "面积", "重量", "体积", "金额", "时间", "月份", "工作日", "比率"})
_OTHER = {name: _SIZES - {name} for name in _SIZES}
_COUNTED = _PEOPLE | _EVENTS | _THINGS

_ENDINGS: tuple[_Measured, ...] = tuple(
    _Measured(re.compile(f"(?:{ending})$"), frozenset(unlike))
    for ending, unlike in (
        (
            r"(?<![频速功倍辨效汇])(?<!周转)(?<!容积)率|满意度|知晓度|公开度|占比|比重",
            _COUNTED | _OTHER["比率"],
        ),
        ("面积", _COUNTED | _OTHER["面积"]),
        ("长度|里程", _COUNTED | _OTHER["长度"]),
        ("人数|人次|人次数", (_EVENTS | _THINGS | _SIZES) - _units("次 个")),
        (
            "(?:学员|学生|教师|干部|人员|职工|民警|老人|儿童|群众|患者|残疾人|志愿者|骨干|人才|运动员|教练员|护士|医生|医师|工匠|"
            "裁判员|指导员|网格员|护林员|讲解员)(?:数量|数)?",
            _units("场 场次 期 批次 所 起 份 篇 册 台 套 辆 株 头 座 栋 条") | _SIZES,
        ),
        (
            "(?:学校|医院|卫生院|卫生室|幼儿园|敬老院|养老院|小区|社区|驿站|工作室|工作站|服务站|服务中心|公园|泵站|"
            "水库|桥梁|公厕)(?:数量|数|个数)",
            _PEOPLE | _EVENTS | _units("台 辆 份 篇 册 株 头 件") | (_SIZES - {"面积"}),
        ),
        (
            "(?:样品|样本|血样|检材)(?:数量|数|份数|件数)?",
            _units("家 户 所 场 期 台 辆 座 头 株") | (_SIZES - {"重量", "体积"}),
        ),
        ("场次|期数|场数", _PEOPLE | _SIZES | (_THINGS - _units("个 项"))),
        ("时限|时间", (_COUNTED | _OTHER["时间"]) - _units("月份 工作日")),
        ("成本|费用|单价|造价|金额|经费", _COUNTED | _units("长度 面积 重量 时间")),
        ("条数", _units("辆 人 名 家 户 座 场 台") | _SIZES),
        (
            "岗位(?:数量?)?|学位(?:数量?)?|[车泊工]位(?:数量?)?",
            _units("场 次 期 家 户 条 台 辆 件 份 篇 册") | _SIZES,
        ),
        (
            "(?:企业|机构|合作社|农场|商户|门店|网吧)(?:数量|数|个数)?",
            _EVENTS - _units("批次 次") | _units("人 名 台 辆 件 份 篇 册 条 亩 株 头") | _SIZES,
        ),
        (
            "(?:活动|讲座|演出|赛事|会议|论坛|展览|展会)(?:次数|场数|数量|数)?",
            _units("人 名 家 户 所 台 辆 株 头 座 栋 条 份 篇 册") | _SIZES,
        ),
        (
            "(?:论文|报告|规划|方案|制度|专利|教材|手册)(?:数量|篇数|份数|数)?",
            _units("人 名 户 所 台 辆 株 头 座 栋 场 人次") | _SIZES,
        ),
        (
            "(?:路灯|电梯|设备|车辆|器材|仪器|摄像头|监控|终端|灭火器|垃圾桶|充电桩)(?:数量|台数|数)?",
            _units("人 名 户 家 所 场 人次 期 篇") | (_SIZES - {"金额", "时间", "比率"}),
        ),
        ("(?<!指)数量|个数", _units("比率")),
        ("(?<!专)家数|户数", _units("辆 人 名 条 场 次 台 人次") | _SIZES),
        ("台数|套数|辆数", _units("人 名 家 户 条 场 人次") | _SIZES),
        ("座数|处数|栋数|点位|床位数?", _units("人 名 场 次 人次 公里") | _SIZES),
        ("件数|起数", _units("人 名 家 户 场 人次") | _SIZES),
        (
            "助餐点|收集点|服务点|站点|监测点|服务站|工作站|中心|公厕|厕所|学校|小区|示范区|公园|泵站|桥梁|幼儿园|养老院|书屋",
            _PEOPLE | _EVENTS | (_SIZES - {"面积"}),
        ),
    )
)


def unit_unlike_name(indicator: Indicator, unit: str) -> bool:
    """Return whether a unit cannot be that of what the name says: 办结率 in 件, 长度 in 座."""
    measured = read_unit(unit)
    if not unit or measured.per:
        return False
    name = plain_name(indicator)
    known = next((one for one in _ENDINGS if one.name.search(name)), None)
    if known is not None and {measured.name, measured.dimension} & known.unlike:
        return True
    counted = _COUNTED_IN.search(name)
    if counted is None:
        return False
    return not counts_alike(next(one for one in counted.groups() if one), measured)


_COUNTED_IN = re.compile(
    "(?:([份篇册起宗例张幅辆株羽尾栋幢盏户期]|(?<!专)家|(?<![案事文器软稿证邮])件|(?<![平电站舞看])台|[套座])数|"
    "([份篇册株幢])数量|([场批班项件户车架航趟]次|(?<!人)[家台]次)(?:数量|数)?)$"
)
"""Names that say what they are counted in: 监测份数, 检查项次."""


WHOLE_RATES: Mapping[str, int] = {
    "满意度": 50, "满意率": 50, "合格率": 50, "及时率": 50, "准确率": 50, "完好率": 50,
    "办结率": 50, "达标率": 30, "答复率": 50, "处置率": 50, "亮灯率": 50, "正确率": 50,
    "保障率": 40, "安全感": 50,
}  # fmt: skip
"""Rates that nobody aims at below so many percent."""


def least_sensible(indicator: Indicator) -> int:
    """Return the percent below which no target of this name is sensible; 0 where any may be."""
    name = plain_name(indicator)
    if _DONE_ABOUT_IT.search(name) and "满意" not in name:
        return 0
    found = next((end for end in WHOLE_RATES if name.endswith(end)), "")
    denied = name.removesuffix(found)[-1:] in ("不", "未", "非")
    return WHOLE_RATES[found] if found and not denied else 0
