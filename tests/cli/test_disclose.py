"""`perfgen build --disclose`: what may be published, under its standard name, with its sheet."""

import hashlib
import json

import pytest

from render.pdf_reading import page_texts
from workbooks.make import good_workbook, put

NAME = "2023年度某某局部门整体支出预算绩效自评报告"


@pytest.fixture
def disclose(perfgen, saved):
    """Pass a workbook through the gate."""
    return lambda book, *options: perfgen("build", saved(book), "--disclose", *options)


def sheet(folder):
    """The text of each page of the review sheet, spaces aside."""
    content = (folder / "outputs" / f"{NAME}-公开审核单.pdf").read_bytes()
    return ["".join(text.split()) for text in page_texts(content)]


def test_a_clean_workbook_becomes_a_pdf_its_hash_and_its_sheet(disclose, tmp_path):
    said = disclose(good_workbook())
    assert said.code == 0
    assert said.out.startswith("✓ 可以公开：")
    outputs = tmp_path / "outputs"
    assert sorted(path.name for path in outputs.iterdir() if path.name != ".perfgen") == [
        f"{NAME}-公开审核单.pdf", f"{NAME}.pdf", f"{NAME}.pdf.sha256",
    ]  # fmt: skip
    digest = hashlib.sha256((outputs / f"{NAME}.pdf").read_bytes()).hexdigest()
    assert (outputs / f"{NAME}.pdf.sha256").read_text("utf-8") == f"{digest}  {NAME}.pdf\n"
    (text,) = sheet(tmp_path)
    for words in ("公开审核单", "某某局", digest, "没有错误", "没有未说明的发现", "审核人"):
        assert words in text


def test_an_error_stands_in_the_way_and_nothing_is_written(disclose, tmp_path):
    said = disclose(put(good_workbook(), "预算信息!F6", 80))
    assert said.code == 1
    assert "不能公开，没有生成文件" in said.out
    assert "错误[PG102]" in said.err
    assert not (tmp_path / "outputs").exists()


def test_personal_data_stands_in_the_way(disclose):
    book = put(good_workbook(), "文字部分!B2", "联系电话13800138000，各项任务都已完成。")
    said = disclose(book)
    assert said.code == 1
    assert "PG401" in said.err
    assert "13800138000" not in said.err


def test_an_explained_error_passes_and_stands_on_the_sheet(disclose, tmp_path):
    book = put(good_workbook(), "预算信息!C4", 120)
    book["说明事项"].append(("PG101", "项目支出", "另有专项不列明细", "财务处预算岗", "2024-12-31"))
    said = disclose(book)
    if said.code:  # what else the changed total brings is explained, too
        codes = {line.split("[")[1][:5] for line in said.err.splitlines() if "[PG" in line}
        for code in codes:
            book["说明事项"].append((code, "项目支出", "同上", "财务处预算岗", None))
            book["说明事项"].append((code, "预算执行率", "同上", "财务处预算岗", None))
        said = disclose(book)
    assert said.code == 0, said.err
    (text,) = sheet(tmp_path)
    assert "另有专项不列明细（财务处预算岗），有效期至2024-12-31" in text


def test_the_sheet_stays_one_page_however_much_is_found(disclose, tmp_path):
    book = good_workbook()
    for number in range(60):
        book["重点任务"].append(("职能3：其他", f"很长的任务名称{number}" * 4, None))
        book["绩效指标"].append(("履职", f"指标{number}", None, None, "≥10家", None, "19家",
                                 None, None, None))  # fmt: skip
    assert disclose(book).code == 0
    (text,) = sheet(tmp_path)
    assert "另有" in text


def test_the_result_for_programs(disclose):
    data = json.loads(disclose(good_workbook(), "--json").out)
    assert data["ok"] is True
    assert len(data["files"]) == 3


def test_a_file_that_was_altered_since_is_kept(disclose, tmp_path):
    """A stamp on the final PDF, a note on the sheet: nobody's work is lost."""
    disclose(good_workbook())
    final = tmp_path / "outputs" / f"{NAME}.pdf"
    stamped = final.read_bytes() + b"%stamp"
    final.write_bytes(stamped)
    said = disclose(put(good_workbook(), "重点任务!C2", "已经印发并实施。"))
    assert said.code == 0
    assert (tmp_path / "outputs" / f"{NAME}（另存）.pdf").read_bytes() == stamped
    assert f"原来的 {NAME}.pdf 改过或换过，保留在 outputs/{NAME}（另存）.pdf" in said.err


def test_files_that_nobody_altered_are_written_anew(disclose, tmp_path):
    disclose(good_workbook())
    disclose(put(good_workbook(), "重点任务!C2", "已经印发并实施。"))
    assert not [path for path in (tmp_path / "outputs").iterdir() if "另存" in path.name]
