"""PG402: nobody is named who need not be (点名)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfgen.checks.common.passages import passages
from perfgen.checks.persons.personal import is_contact, masked_text
from perfgen.checks.registry import Case, Hit, quoted, rule
from perfgen.model.finding import Severity

_SHOWN = 3

_SURNAME = (
    "(?:欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|"
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
    "易常武乔贺赖龚文某])"
)
_CHINESE = "[\u4e00-\u9fff]"
_LABELLED = re.compile(
    r"(?:联系人|经办人|承办人|经手人|审核人|复核人|填报人|填表人|制表人|申请人|受益人|收款人|户主|姓名|"
    r"负责人)\s{0,4}(?:[:：]\s{0,4}|为|是)?"
    rf"(?P<name>(?P<surname>{_SURNAME}){_CHINESE}{{1,2}})"
    rf"(?=$|[^\u4e00-\u9fff]|同志|先生|女士|联系|电话|手机)"
)
_COMRADE = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|由|为|对|向|与|和|的|派|请|给|让)"
    rf"(?P<name>(?P<surname>{_SURNAME}){_CHINESE}{{1,2}})"
    r"(?=同志|先生|女士)"
)
_POSTS = (
    "局长|主任|处长|科长|股长|所长|站长|院长|校长|园长|书记|镇长|乡长|县长|市长|区长|村主任|委员|会长|秘书长|队长|"
    "大队长|支队长|政委|馆长|台长|总经理|董事长|经理|教授|医生|医师|护士|教师|老师|民警|辅警|警官|工程师|会计|出纳|"
    "党员|村民|居民|群众|患者|学生|家长|志愿者|农户|贫困户|低保户|低保对象|特困人员|残疾人|老人|讲解员|网格员|职工|"
    "工人|驾驶员|司机|演员|传承人|负责人|联系人|干部|同志"
)
_DOES = (
    "同志|先生|女士|带队|主持|表示|介绍|率队|率领|陪同|出席|参加|前往|家住|负责|牵头|亲自|担任|任|等|说|在|为|与|和|及|"
    "主动|多次|先后|深入|赴|到|的|被|向|对|将|已|于|获|荣获|领|申请|反映|来电|家|电话|手机|一行|调研|检查|督导|带领|"
    "组织|指导|走访|慰问|讲授|授课|患|因|从|身份证|联系"
)
_WITH_POST = re.compile(
    rf"(?:{_POSTS})(?:[:：]\s{{0,2}})?(?P<name>(?P<surname>{_SURNAME}){_CHINESE}{{1,2}}?)"
    rf"(?=$|[^\u4e00-\u9fff]|{_DOES})"
)
_BEFORE_POST = re.compile(
    rf"(?:^|[，。；、：:;,（(]|由|经|对|向|与|和|的)(?P<name>(?P<surname>{_SURNAME}){_CHINESE}{{1,2}}?)"
    r"(?:副)?(?:局长|处长|科长|校长|院长|书记|镇长|县长|市长|教授|医生|老师|警官)"
)
_AFTER_PHONE = re.compile(
    r"(?:[2-9]\d{2,3}[ \-]?\d{4}|1[3-9]\d{9})(?!\d)[ ,，、:：（(]{0,2}"
    r"(?:转|找|请?联系|联系人)?[:：]?"
    rf"(?P<name>(?P<surname>{_SURNAME}){_CHINESE}{{1,2}})"
    r"(?=$|[^\u4e00-\u9fff]|同志|先生|女士|老师|主任|科长)"
)
"""A telephone, and the one to ask for: 65218890转张某某."""
_NO_NAMES = re.compile(
    "习近平|毛泽东|邓小平|江泽民|胡锦涛|许多|常委|常务|高层|高级|高度|高效|高质|高位|方面|方案|方式|方便|任职|任何|任务|"
    "任期|程序|金额|金融|文件|文化|文明|文艺|文旅|文体|余额|江苏|江西|苏州|郑州|徐州|常州|常态|常住|常年|万名|万元|万人|"
    "易地|易感|白天|段落|安全|石化|石油|江河|江北|江南|康复|康养|田间|田园|金牌|马上|于是|夏季|秦岭|龙头|雷电|雷锋|"
    "林业|林长|林草|河长|石材|白内|黄河|黄金|黄牌|高龄|高校|高中|高新|高铁|高速|高考|范围|史志|温暖|许可|何时|毛利|"
    "孔子|万户|武装|武警|汤池|水利|任教|方法|万余|常规|常见|程度|严格"
)
_NO_SECOND = frozenset("同志们部分关有位个领导全体各级主要分管处科室局委组和与及或等的了在为对是")


@rule(
    "PG402",
    Severity.INFO,
    title="点了个人姓名",
    reason="绩效材料写单位、岗位，一般不写经办人、联系人、受益人和有关人员的姓名，公开后也难收回。"
    "确需点名的（如先进典型）不用改。",
    good="由市场体系建设处负责；局主要负责人带队检查",
    bad="经办人：张某；局长王大伟带队检查",
    most=5,
)
def named_persons(case: Case) -> Iterator[Hit]:
    """R50: named persons, by a label or a post before the name, a post or 同志 after it."""
    for passage in passages(case):
        if is_contact(passage, case):
            continue
        names = list(dict.fromkeys(person_names(passage.text)))
        if names:
            subject = masked_text(passage.subject)
            place = quoted(subject) if subject and subject != masked_text(passage.text) else ""
            yield Hit(
                subject=subject,
                message=f"{place or '这个单元格'}里写了姓名：{'、'.join(names[:_SHOWN])}",
                hint="改成单位或岗位；确需点名的不用改",
                ref=passage.ref,
            )


def person_names(text: str) -> Iterator[str]:
    """Yield the names in a text, each as its surname and 某."""
    for pattern in (_LABELLED, _COMRADE, _AFTER_PHONE):
        for found in pattern.finditer(text):
            if _is_name(found):
                yield f"{found.group('surname')}某"
    for pattern in (_WITH_POST, _BEFORE_POST):
        for found in pattern.finditer(text):
            if _is_name(found) and "某" not in found.group("name"):
                yield f"{found.group('surname')}某"


def _is_name(found: re.Match[str]) -> bool:
    name, surname = found.group("name"), found.group("surname")
    given = name[len(surname) :]
    return not (_NO_NAMES.match(name) or given[0] in _NO_SECOND or given[-1] in "处科室局")
