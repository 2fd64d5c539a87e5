"""How sentences say that something was not done, or only in part (没有做、推迟、做了一半)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.prose.text import folded

_VERBS = (
    "召开|开展|完成|实施|执行|举办|举行|组织|启动|实现|达到|达成|落实|建成|推进|印发|出台|发放|拨付|支付|采购|"
    "立项|开工|验收|兑现|使用|动用|安排|编制|办理|封顶|进场|投入|交付|通过|通水|通车|通电|开业|上线|到位|竣工|完工|"
    "启用|新辟|开辟|落地|下达|动工|招标|签订|取得|形成|投产|投运|移交|办结|修缮|修复|改造|铺设|安装|配备|接入|结算|"
    "供货|到货|发布|运行|运营|开放|招聘|招录|成立|搭建|建立|建设|施工|整治|覆盖|履行|发车|开通|培训|检查|走访|购置|"
    "供水|供电|供气|搬迁|拆除|征收|供地|核发|申报|报送|上报|收回|归还|缴纳|"
    "结案|审结|执结|终验|初验|结题|结项|评审|配发|挂牌|抢通|通航|入库|入驻|归档|备案|发证|颁证|签约|揭牌|投放|栽植|补植|收储|"
    "制定|修订|更新|升级|核查|采集|录入|公示|改版|迁移|治理|清淤|加固|整治|维修|更换|检测|评估|"
    "恢复|到岗|上图|复工|复课|开班|开馆|开机|开诊|开播|开通|解危|排险|供暖|供热|投运|并网"
)
_HOW = (
    "(?:能够?|再|予以|单独|按时|按期|按计划|如期|及时|全部|完全|正式|实际|另行|顺利|有效|足额|按要求|按合同|充分|全面|真正|"
    "整体|最终|再次|公开|成功|得到|得以|进行|组织|开始){0,4}"
    "(?:(?:在|于)[^,。;]{1,10}?(?:内|前))?"
)
_CHECKED = "(?:竣工|完工|最终|专家|初步|消防|环保|财政|主管部门|上级|省级|市级|质量|现场|审计)?"
_THINGS = (
    "会议|活动|论坛|展会|培训|项目|工程|采购|计划|赛事|比赛|演出|课程|建设|施工|改造|平台|标段|二期|一期|三期|路段|大楼|楼|"
    "系统|设备|任务|工作|仪式|展览|巡展|班"
)
_END = r"(?=[,。;!、)]|$)"
_FORMS = (
    re.compile(
        rf"(?:尚未|仍未|均未|暂未|还未|至今未|迄今未|未能|没能|没有|未予|(?<![从并如若凡])未|无法){_HOW}{_CHECKED}(?:{_VERBS})"
    ),
    re.compile(rf"(?:暂缓|推迟|延期|延后|顺延|延迟|推后|缓){_HOW}(?:{_VERBS})|(?:推迟|延期|延后|顺延|延迟|推后|拖延|滞后)(?:至|到)"),
    re.compile(rf"(?:{_THINGS})(?:[^,。;]{{0,8}}?)(?:已|已经|被|被迫|临时|全部|暂时|现已)?(?:取消|停工|停滞|搁置|叫停|中止|终止|停建|缓建|暂停|停摆|流标|废标){_END}"),
    re.compile(rf"(?:被|已|临时|予以|被迫)(?:取消|搁置|叫停|中止|终止|停建|缓建|暂缓|推迟|延期){_END}"),
    re.compile(r"(?:原定|原计划|原拟|原本计划|本应|按计划应)[^,。;]{0,24}(?:取消|停办|作罢|搁置|推迟|延期|延后|暂停|改期|未(?![来经]))"),
    re.compile(rf"(?<!限制)(?<!收费)(?<!事项)(?<!审批)(?<!证明)(?<!门槛)(?<!资格)(?<!要求)(?<!政策)(?<!盖章)(?<!环节)(?<!不)(?:取消|停办|搁置|泡汤|流产|落空){_END}"),
    re.compile(r"(?:推迟|延期|延后|顺延|改期|结转|推后|拖延)(?:至|到|于)?(?:下年|明年|次年|来年|下一年|下年度|下一年度|20\d\d年)"),
    re.compile(r"(?:进展|进度|推进)(?:较|比较|相对)?(?:滞后|迟缓|缓慢|偏慢)|(?:不能|难以|无法)(?:按期|如期|按时)|(?:半途而废|有名无实|烂尾)"),
    re.compile(rf"(?:取消|停止|放弃|中止|终止)(?:实施|举办|建设|执行|召开|采购|开展|施工)(?!成本|细则|办法|意见){_END}"),
    re.compile(r"(?:项目|工程|采购)[^,。;]{0,8}?(?:流标|废标|停工|停建|烂尾)"),
    re.compile(rf"(?<![不])(?:仅|只|才)(?:能)?(?:{_VERBS})(?:了|到|率)?[^,。;]{{0,10}}?(?:一半|部分|\d|[一二两三四五六七八九十])"),
    re.compile(r"正在(?:进行|组织|开展|办理|履行|推进)?(?:公开)?(?:招标|招投标|采购程序|报批|立项|前期准备|前期手续|前期工作|施工图设计|初步设计|可研|勘察设计|征地拆迁|土地报批|履行招标)"),
    re.compile(r"(?:进度|进展|支付|拨付|实施|工期)[^,。;]{0,4}(?:严重滞后|明显滞后|滞后|缓慢|偏慢)"),
    re.compile(r"(?:剩余|其余|余下)[^,。;]{0,10}(?:延期|推迟|顺延|结转下年|下年度?(?:实施|完成|继续))"),
)  # fmt: skip
_NOBODY = re.compile(
    "(?:至今|迄今|仍|尚|还|目前)(?:无人|没人)(?:到岗|投标|报名|应聘|响应|接手|承租|摘牌)"
)
_STOPPED = re.compile(
    r"(?:有|另有|另|其中|尚有|仍有|还有)\d{1,5}[\u4e00-\u9fff]{1,2}[^,。;\d的]{0,16}?"
    r"(?:停止运行|停运|停用|停工|停建|停办|停课|停诊|停播|停摆|未运行|暂停运行|暂停开放|暂停服务|闲置)(?![^,。;]{0,6}的)"
)
"""A part of one's own things that stands still (其中1台因故障停用)."""

_STANDS_OUT = re.compile(
    r"(?:尚有|仍有|还有|另有)\d{1,6}(?:\.\d{1,3})?(?:个|处|座|幢|栋|条|套|台|间|所|段|项|公里|亩|株|眼|孔|盏|面|组)"
    r"[^,。;\d的]{0,10}?(?:[因受由][^,。;\d]{1,16}?)?(?:尚未|仍未|还未|没有|未能?|没)(?P<deed>[\u4e00-\u9fff]{2,6})(?=[,。;)]|$)"
)
_NO_WORK = re.compile(
    "到期|期满|付款|支付|就业|脱贫|缴|参保|申领|申报|登记|年检|年报|报名|化解|整改|处理|结清|收回|发现|反馈|采纳|达到|达标|超过|发生|"
    "出现|影响|列入|纳入|安排|明确|说明"
)

_IN_WORK = re.compile(
    r"正在(?:紧张|抓紧|加快)?(?:施工|建设|安装|装修|调试|编制|采购|办理|审批|评审|实施|改造|整改)|"
    r"(?:仍|还|尚)(?:处于?|在)(?:紧张|抓紧|加快)?(?:施工|建设|安装|装修|调试|招标|采购|前期|设计|审批|整改|收尾)"
)
_LEFT = (
    "(?:其中|尚有|仍有|还有|剩余|其余|余下|仅剩|另有|中,?有|完工,|建成,|完成,|开工,|交付,|办结,)"
)
_NOT_YET = "(?:尚未|仍未|还未|均未|未能?|没有|没|正在|仍在|还在|尚在)"
_OF_WORKS = (
    "(?:开工|完工|竣工|动工|实施|启动|建成|交付|投用|投入使用|启用|招标|招投标|验收|供货|到货|通水|通电|通车|"
    "搬迁|改造|兑付|发放|安装|铺设|拨付|施工|建设|调试|装修|整治|修缮|办理前期|前期|收尾|开展|举办|完成|开放|接入|"
    "配发|到位|挂牌|终验|初验|抢通|通航|入库|结题|结项|修复|更换|栽植|补植|签约|上线|发证|颁证)"
)
_CASES_LEFT = re.compile(
    r"(?:其中|尚有|仍有|还有|剩余|其余|另有)\d{1,6}[件起宗][^,。;\d的]{0,8}?(?:尚未|仍未|还未|均未|未能?|没有?)"
    r"(?:能)?(?:结案|办结|审结|执结|处结|了结)(?![^,。;]{0,6}的)"
)
"""Cases of one's own that are not closed: 立案9件，尚有2件未结案."""

_ADVICE_LEFT = re.compile(
    r"(?:绩效|重点评价|财政评价|再评价|监控)[^。;]{0,60}?(?:意见|建议|问题)\d{1,3}[条项个],?"
    r"(?:其中)?(?:尚有|仍有|还有)?\d{1,3}[条项个](?:尚未|仍未|还未|未)(?:完成)?(?:整改|落实|采纳)"
)

_PART_LEFT = re.compile(
    rf"{_LEFT}\d{{1,6}}(?:\.\d{{1,3}})?[^,。;\d的]{{1,8}}?(?:[因受][^,。;]{{1,16}}?)?{_NOT_YET}{_HOW}{_OF_WORKS}"
    r"(?![^,。;]{0,6}的)"
)
"""A part of what was to be done (其中12个尚未开工)."""

_SOME_OF = re.compile(
    r"\d{1,6}[名人户家个项件][^,。;\d]{0,10}?(?:中|里),?(?:还|尚|仍)?有\d{1,5}[名人户家个项件][^,。;\d的]{0,8}?(?:[因受][^,。;\d]{1,16}?)?"
    rf"(?:尚未|仍未|还未|没有|未能?){_HOW}(?:{_VERBS}|签|办|领|装|到)(?![^,。;]{{0,8}}的)"
)
"""A part of a number that was just told (16名学员中有5名尚未签订协议)."""

_INSPECTED = re.compile(
    "检查|抽查|发现|隐患|排查|巡查|执法|查处|监管|走访|审计|整改|立案|企业|商户|群众|签约|招商|落户|入驻|引进|在谈|储备"
)
"""Where others' work is looked at, it is theirs that was not done."""

_NOT_HELD = re.compile(rf"(?:未|没)(?:能|有)?(?:办|建|开|动|做|修)成?{_END}")
_GUARDED = re.compile(
    r"(?:另有|另外|此外|对|将|把|凡|若|如|如果|针对|督促|防止|避免|杜绝|解决|无|没有|不存在|上年|去年|以往|此前|往年|责令|要求|查处|不得|"
    r"从严|严禁|不再|(?:清理|曝光|约谈|通报|预警|摸排|排查|收回|核减|督办|纠正|处理|整治)(?!工作|项目|工程|任务|行动|活动))"
    r"[^,。;]{0,10}$"
)
_SOME = re.compile(
    r"\d{1,6}(?:家|个|户|名|人|项|件|起|条|笔|所|辆|处)"
    r"(?:[^,。;]{0,6}(?:企业|单位|商户|经营户|门店|药店|餐馆|酒店|旅馆|机构|公司|用户|农户|住户|业主|人员|对象|学员|考生|"
    r"车辆|船舶|驾驶人|当事人|申请人|纳税人|问题|隐患|线索|案件|行为|场所|网站|学校|工地|商品|产品|样品))?[^,。;]{0,3}$"
)
_WORKS = re.compile(
    r"(?:改造|建设|工程|项目|标段|路段|修缮|维修|扩建|新建|施工|园舍|校舍|管网|泵站|平台|系统|设备)[^,。;]{0,3}$"
)
_MADE_GOOD = re.compile(r"现已|已于|后已|目前已|均已|已全部|已经完成|后续已|已补|已整改")
_OF_SOMETHING = re.compile(r"的(?!(?:主要)?原因)")
_LEVELS = ("达到", "达成", "实现", "完成")
_LONGEST_CLAUSE = 120


_CAUGHT_UP = re.compile(
    "(?:上半年|前三季度|[一二三]季度|截至[^,]{1,8}月)[^。]{0,60}(?:仅|只|才)[^。]{0,60}(?:下半年|四季度|年底前?|后)[^。]{0,24}"
    "(?:加快|完成|全部|达到|提速|赶上)"
)
"""What was slow at first, and was caught up with."""


def said_not_done(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words that say so, each with its sentence.

    Not where they only describe something else (对未完成年报的企业), or tell of what was made good.
    """
    for sentence in re.split("[。;!?\n]", folded(text)):
        if _MADE_GOOD.search(sentence) or _CAUGHT_UP.search(sentence):
            continue
        own = _CASES_LEFT.search(sentence) or _ADVICE_LEFT.search(sentence)
        if own:
            yield own.group(), sentence
            continue
        part = _PART_LEFT.search(sentence) or _SOME_OF.search(sentence)
        if part and not _INSPECTED.search(_around(sentence, part)):
            yield part.group(), sentence
            continue
        left = _STANDS_OUT.search(sentence)
        if left and not (
            _INSPECTED.search(_around(sentence, left)) or _NO_WORK.search(left["deed"])
        ):
            yield left.group(), sentence
            continue
        stopped = _STOPPED.search(sentence)
        if stopped and not _INSPECTED.search(_around(sentence, stopped)):
            yield stopped.group(), sentence
            continue
        for form in (*_FORMS, _NOBODY, _IN_WORK, _NOT_HELD):
            found = _first(form, sentence)
            if found:
                yield found, sentence
                break


def _around(sentence: str, found: re.Match[str]) -> str:
    """A clause and the one before it: what a number of things is part of stands there."""
    before = ",".join(sentence[: found.start()].split(",")[-2:])
    return before + found.group()


def _first(form: re.Pattern[str], sentence: str) -> str:
    for found in form.finditer(sentence):
        before = sentence[max(0, found.start() - _LONGEST_CLAUSE) : found.start()]
        after = sentence[found.end() : found.end() + _LONGEST_CLAUSE]
        clause = re.split("[,、]", after)[0]
        if re.match(r"[^,、\d]{0,6}\d", after) and found.group().endswith(_LEVELS):
            continue  # a level that was not reached: indicators tell of that
        describes = _OF_SOMETHING.search(clause) is not None and not clause.startswith("的原因")
        if not (
            describes
            or _GUARDED.search(before)
            or (_SOME.search(before[-24:]) and not _WORKS.search(before[-24:]))
        ):
            return found.group()
    return ""
