"""The workbooks that a bureau has collected, by their paths in its folder."""

from workbooks.make import good_workbook, put

GOOD = ("甲区/自评.xlsx", "乙区/自评.xlsx", "乙区/下属/丙局.xlsx", "丁局.xlsx")
BROKEN, UNREADABLE, WRONG = "甲区/坏.xlsx", "乙区/读不懂.xlsx", "有错误.xlsx"


def of(unit, budget=100):
    """A good workbook of a unit, its 基本支出 as given."""
    return put(put(good_workbook(), "基本信息!B2", unit), "预算信息!C3", budget)
