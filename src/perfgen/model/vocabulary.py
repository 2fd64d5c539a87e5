"""Words of targets and results (用语), as data: operators, about, growth, done, zero, grades.

One place for all of them: how officers say "at least", "about", "all", "none" and "done".
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    """Words by length, the longest first: 不得低于 is found before 低于."""
    return tuple(sorted(text.split(), key=len, reverse=True))


SIGNS = "=═﹦≥≧⩾≤≦⩽><﹥﹤≮≯＝＞＜"
"""The characters of an operator (目标符号)."""

OPERATOR_BEFORE: Mapping[str, str] = {
    word: operator
    for operator, words in {
        "≥": "不低于 不少于 不小于 不下于 至少 最少 最低 不得低于 不得少于 不能低于 不能少于 "
        "应不低于 大于等于 大于或等于 高于等于 高于或等于 等于或大于 达到或超过 达到或高于 "
        "力争不低于 确保不低于",
        "≤": "不高于 不超过 不多于 不大于 不得超过 不得高于 不得多于 不能超过 不超出 未超过 "
        "未超出 未高于 没有超过 至多 最多 最高 小于等于 小于或等于 低于等于 低于或等于 "
        "等于或小于",
        ">": "大于 超过 高于 多于 超出 突破 已超过",
        "<": "小于 低于 少于 不足 不到",
        "=": "等于",
    }.items()
    for word in words.split()
}
OPERATOR_AFTER: Mapping[str, str] = {
    "及以上": "≥", "或以上": "≥", "含以上": "≥", "以上": "≥", "之上": "≥", "起步": "≥",
    "及以下": "≤", "或以下": "≤", "含以下": "≤", "以下": "≤", "之下": "≤", "及以内": "≤",
    "以内": "≤", "之内": "≤",
}  # fmt: skip
WITHIN = "内"
"""Behind a length of time it is an operator, too: 3日内."""

AT_MOST = _words(
    "控制在 控制到 控制为 压减到 压减至 降至 降到 降低到 降低至 下降到 下降至 减少到 减少至"
)
"""A value that is to be kept down to: at most, where no other operator is said."""

ABOUT_BEFORE = _words("约 大约 大概 约为 约计 大致 预计")
ABOUT_AFTER = _words("左右 上下")
NEAR = _words("近 将近 接近 逼近")
OVER_BEFORE = _words("上 逾 余")
OVER_AFTER = "余多几来+"
"""100余场, 20多家: somewhat more than the number."""

NEUTRAL = _words(
    "共 共计 总计 合计 累计 总共 一共 计 全年 年内 本年 本年度 全年度 当年 年度 今年 截至年底 "
    "截至年末 我局 我单位 全局 目前 现已 已 已经 均 均为 全部 为 是 达 达到 达成 已达 已达到 "
    "实现 完成 实际 实际完成 已完成 完成率 开展 组织 组织开展 举办 承办 召开 建成 新建 新增 "
    "改建 扩建 改造 建设 提高到 提升到 提高至 提升至 增长到 增长至 上升到 上升至 增加到 "
    "增加至 保持在 稳定在 维持在 在 培训 演练 宣传 巡查 检查 抽查 监测 检测 督查 督导 调研 "
    "走访 慰问 回访 整治 清理 清运 处置 发放 印发 发布 制定 修订 出台 编制 编印 报送 收集 "
    "征集 受理 办理 办结 处理 调处 化解 审核 审查 评审 认定 扶持 资助 奖励 引进 引育 签约 "
    "落地 申报 服务 覆盖 惠及 受益 救助 补助 帮扶 安置 招录 录用 聘用 维修 维护 修缮 更新 "
    "更换 采购 购置 购买 安装 种植 栽植 补植 养护 新改建 创建 打造 培育 孵化 查处 立案 结案 "
    "发生 出动 出警 接诊 诊疗 义诊 筛查 接种 演出 送戏 放映 展览 接待 借阅 拍摄 刊发 推送 "
    "外出 派出 选派 参加 参与 支持 提供 供应 储备 收购 回收 投放 运行 值守 活动 会议 次数 "
    "数量 人数 家数 户数 场次 面积 长度 的 了 于 按要求 按计划 按期 按时 如期 月均 日均 季均 "
    "周均 年均"
)
"""What says nothing about the number behind it: 全年共开展 3次 is 3次."""

NAMED = _words(
    "率 度 比例 占比 比重 数 量 额 值 面积 长度 里程 人次 规模 时间 时长 时限 周期 成本 浓度 得分"
)
"""A name that ends so may stand before the number: 设施完好率达到 95%."""

PERIODS: Mapping[str, str] = {
    "半年": "半年", "每年": "年", "每年度": "年", "每半年": "半年", "每季度": "季度",
    "每季": "季度", "每个季度": "季度", "每月": "月", "每个月": "月", "每月度": "月",
    "每周": "周", "每星期": "周", "每个星期": "周", "每天": "天",
    "每日": "天", "每旬": "旬", "每学期": "学期",
}  # fmt: skip
TIMES_A_YEAR: Mapping[str, int] = {
    "年": 1, "半年": 2, "学期": 2, "季度": 4, "月": 12, "旬": 36, "周": 52, "天": 365,
}  # fmt: skip

COMPARED_WITH = _words(
    "同比 环比 较上年 比上年 较去年 比去年 较上年度 较上年同期 比上年同期 较去年同期 "
    "比去年同期 较基期 年均 年度 平均 比 较"
)
GROWTH = _words(
    "增长 增加 增 提高 提升 上升 上涨 增幅 增速 涨幅 升幅 增长率 增速率 增量 增收 增产 提前 扩大 多"
)
DECLINE = _words(
    "下降 降低 减少 减 压减 压降 压缩 降幅 缩短 缩减 缩小 下调 回落 下降率 降低率 减少率 降"
)
EXTENT = _words("幅度 率 速度 比例 比率 百分比 达到 达 约为")

NO_SUBJECT = "未不无没第前提超逾迟延晚早差约每缺少仅只满比"
"""Characters that make the words before a number more than a name: 提前5天, 缺3人, 第2批."""

FULL = _words(
    "全覆盖 全面覆盖 全部覆盖 实现全覆盖 已全覆盖 百分之百 百分百 全部 全部完成 全部达标 "
    "全部合格 全部办结 全部到位 全员参与 全员覆盖"
)
"""Words for 100% (全部)."""

BAD_THINGS = (
    "事故|事件|投诉|差错|失误|违规|违法|违纪|案件|案发|发案|死亡|伤亡|伤害|上访|纠纷|舆情|拖欠|"
    "遗漏|超标|逾期|隐患|溺水|中毒|感染|疫情|灾害|火灾|泄漏|泄密|退货|退件|返工|缺陷|故障|问题|"
    "延误|挪用|截留|浪费|污染|腐败|处罚|通报|复发|返贫|发生"
)
"""What is not to happen: 零事故, 无投诉, 不发生重大案件."""

DONE = _words(
    "完成 实现 达标 达成 达到 落实 到位 落实到位 办结 建成 通过 达成预期指标 达成预期目标 "
    "达成年度指标 达成年度目标 达到预期 达到预期目标 达到预期指标 达到目标 达到目标值 "
    "达到要求 完成目标 完成任务 完成目标任务 完成年度目标 完成年度任务 完成预期目标 "
    "完成年初目标 实现目标 实现预期目标 实现年度目标 符合要求 符合预期 符合标准 达到标准 "
    "达到预期效果 取得预期效果 达成目标 达成预期 目标已达成 目标完成"
)
IN_TIME = _words(
    "按时完成 按期完成 如期完成 按时 按期 如期 及时 及时完成 按计划完成 按进度完成 提前完成 "
    "按时达标 按要求完成 按规定时间完成 按序时进度完成 按时办结 按期办结 按时交付 按期交付 "
    "按时投用 如期投用"
)
BEFORE_DONE = _words(
    "已 已经 均 均已 全部 全 全部已 已全部 已全面 全面 圆满 顺利 基本上已 都已 按要求 现已"
)
"""Stand before a word without changing it: 已完成, 均已完成."""

NOT_DONE = (
    "未完成|没有完成|未能完成|未达标|未达到|未达成|未实现|未能实现|未落实|未开展|未实施|未启动|未开工|"
    "未完工|未建成|未通过|尚未|还没有|未按时|未按期|未如期|没有达到|没有实现|没有开展|停工|取消|终止"
)
"""What says that a thing was not done."""

IN_PART = "部分|基本|正在|大部|多数|推进中|进行中|接近|尚|预计|拟|除"
"""With one of these, a word for done does not say that all is done."""

GRADES: Mapping[str, int] = {
    "优秀": 4, "优": 4, "优等": 4, "优秀等次": 4, "优秀等级": 4, "优良": 3, "良好": 3, "良": 3,
    "良好等次": 3, "良好以上": 3, "合格": 2, "及格": 2, "达标": 2, "中": 2, "合格以上": 2,
    "合格等次": 2, "基本合格": 1, "基本达标": 1, "不合格": 0, "不及格": 0, "不达标": 0, "差": 0,
}  # fmt: skip
"""Grades (等次), the higher the better."""

SCOPES = ("全国", "全省", "全区", "全市", "全县", "全镇", "全系统", "省", "市", "县", "区")
RANK_WORDS = _words(
    "排名 位居 位列 名列 居 列 进入 进 保持 继续保持 稳居 排 位次 名次 争 力争 考核 综合 同类 "
    "同级 系统 居于 处于 取得 获 获得 在 中 的 保 考评 评比 绩效 位于"
)
