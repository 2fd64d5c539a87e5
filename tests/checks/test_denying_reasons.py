"""PG317, PG508: reasons that deny what their row shows, and numbers of what is missing."""


def reasons_blamed(found_in, rows):
    """The rows that PG317 tells of, all of them in one workbook: name, target, result, reason."""
    table = [
        {"类别": "履职", "指标名称": name, "指标目标值": target, "指标完成值": result,
         "原因分析": reason}
        for name, target, result, reason in rows
    ]  # fmt: skip
    found = found_in("suzhou-self-evaluation", {"绩效指标": table}, "PG317")
    return {finding.subject for finding in found}


NOT_WHAT_IS_MISSING = [
    ("古籍数字化部数", "≥60部", "52部", "6部因底本破损延后扫描。"),
    ("改造农村公厕数量", "≥40座", "37座", "5座因用地协调停工。"),
    ("新装电子警察数量", "=30套", "28套", "3套因路口改造未安装。"),
    ("栽植行道树株数", "≥1200株", "1180株", "200株因管线施工改在次年补植。"),
]
NOT_WHAT_WAS_ADDED = [
    ("举办普法讲座场次", "≥50场", "62场", "应学校邀请增加21场。"),
    ("巡回义诊次数", "≥24次", "27次", "新增山区义诊8次。"),
    ("修剪行道树株数", "≥2000株", "2180株", "台风后增加810株。"),
]
AGAINST_THE_RESULT = [
    ("家长满意度", "≥90%", "93%", "食堂改造期间供餐不便，未达到90%。"),
    ("公务接待费变动率", "≤0%", "3.2%", "压减接待批次。"),
    ("公车运行费变动率", "≤0%", "-3.2%", "车辆大修增多。"),
    ("借阅图书册数", "≥8000册", "7200册", "延时开放后读者增多。"),
]


def test_reasons_that_do_not_fit_their_row(found_in):
    rows = [*NOT_WHAT_IS_MISSING, *NOT_WHAT_WAS_ADDED, *AGAINST_THE_RESULT]
    assert reasons_blamed(found_in, rows) == {row[0] for row in rows}


def test_reasons_that_fit_their_row(found_in):
    rows = [
        ("古籍数字化部数", "≥60部", "52部", "8部因底本破损延后扫描。"),
        ("改造农村公厕数量", "≥40座", "37座", "部分公厕用地协调慢，其中2座停工。"),
        ("新装电子警察数量", "=30套", "28套", "路口改造6处，其中两处未通电。"),
        ("举办普法讲座场次", "≥50场", "62场", "应学校邀请增加12场。"),
        ("巡回义诊次数", "≥24次", "27次", "年初按24次安排，山区群众需求大。"),
        ("修剪行道树株数", "≥2000株", "2180株", "台风后增加110株，另有社区报修。"),
        ("家长满意度", "≥90%", "93%", "供餐质量改善。"),
        ("公务接待费变动率", "≤0%", "3.2%", "外省来访批次增加。"),
        ("公车运行费变动率", "≤0%", "-3.2%", "压减用车。"),
        ("借阅图书册数", "≥8000册", "7200册", "馆舍维修，开放天数减少。"),
        ("窗口办件数量", "≥900件", "860件", "网办渠道扩大，窗口件分流。"),
        ("单场演出成本", "≤6万元", "6.4万元", "场地租金上涨0.2万元。"),
        ("读者到馆人次", "≥5万人次", "5.6万人次", "展览期间到馆2.1万人次。"),
        ("平均响应时间", "≤6分钟", "5分钟", "人工复核减少3分钟。"),
    ]
    assert reasons_blamed(found_in, rows) == set()


def losses_blamed(found_in, reasons, score="8"):
    """The items whose reason PG508 tells of, where each lost two of its ten marks."""
    rows = [{"指标": "总分", "满分": str(10 * len(reasons)), "评分规则": "下级合计"}]
    rows += [
        {"指标": f"第{place}项", "上级": "总分", "满分": "10", "评分规则": "评定", "得分": score,
         "扣分原因": reason}
        for place, reason in enumerate(reasons)
    ]  # fmt: skip
    found = found_in("guangzhou-self-evaluation", {"评分": rows}, "PG508")
    return {finding.subject for finding in found}


NO_FAULT = [
    "各项产出指标均已完成。",
    "公用经费没有超出预算",
    "采购意向全部按时公开",
    "未发现违规使用资金的问题",
    "制度健全，符合规定要求",
    "家长满意度达到95%以上",
    "全部完成，不扣分",
    "没有指标完成率超过150%",
    "年中未追加预算",
    "公务接待费比上年下降。",
]


def test_lost_marks_with_a_reason_that_finds_no_fault(found_in):
    assert len(losses_blamed(found_in, NO_FAULT)) == len(NO_FAULT)


def test_full_marks_may_say_that_nothing_was_wrong(found_in):
    assert losses_blamed(found_in, NO_FAULT, score="10") == set()


def test_lost_marks_with_the_fault(found_in):
    reasons = [
        "采购意向公开迟于规定时间1次",
        "各项任务完成，1个项目验收滞后",
        "公用经费超出预算2万元",
        "满意度没有达到95%",
        "全部项目完成，但绩效目标不够细化",
        "审计发现2笔凭证附件不全",
        "3项工作按期完成，2项结转",
        "部分设备未及时入账",
        "合同尾款按进度支付",
        "完成率92%，按比例计分",
        "制度健全，执行不够严格",
    ]
    assert losses_blamed(found_in, reasons) == set()


def test_what_a_satisfaction_item_is_scored_by_is_a_part_of_all(found_in):
    rows = [
        {"指标": "总分", "满分": "20", "评分规则": "下级合计"},
        {"指标": "读者满意度", "上级": "总分", "满分": "10", "评分规则": "按比率",
         "计分依据": "192.4%"},
        {"指标": "预算调整率", "上级": "总分", "满分": "10", "评分规则": "评定", "得分": "9",
         "计分依据": "112%", "扣分原因": "年中追加较多"},
    ]  # fmt: skip
    found = found_in("guangzhou-self-evaluation", {"评分": rows}, "PG317")
    assert [finding.subject for finding in found] == ["读者满意度"]
