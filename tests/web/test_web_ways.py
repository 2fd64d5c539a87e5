"""Ways that an officer takes astray (走错了路): each leads back to where the work goes on."""

import pytest

from workbooks.make import good_workbook

LONG = "9" * 5000


@pytest.mark.parametrize(
    "address", ["pictures/1/{}.svg", "origins/{}", "changes-{}", "builds/{}/pdf", "disclosed/{}"]
)
@pytest.mark.parametrize("number", ["9" * 400, LONG])
def test_a_number_that_is_too_long_names_nothing(officer, address, number):
    page = officer.drop(good_workbook())
    assert officer.get(f"{page}/{address.format(number)}").status_code == 404


@pytest.mark.parametrize(
    ("address", "page"), [("/workbook", ""), ("/forget", ""), ("/take", ""), ("/edits/stop", "")]
)
def test_the_address_of_a_button_opened_anew_leads_to_its_page(officer, address, page):
    work = officer.drop(good_workbook())
    answer = officer.get(f"{work}{address}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{work}{page}")


def test_the_address_of_the_drop_opened_anew_leads_to_the_first_page(officer):
    assert officer.get("/works").url.path == "/"


def test_a_word_file_dropped_on_the_check_is_compared_and_no_version(officer, office):
    work = officer.drop(good_workbook())
    assert officer.drop(b"PK", "改过.docx", to=f"{work}/workbook") == f"{work}/word"
    assert office.works.all()[0].meta.version == 1
    assert office.works.all()[0].meta.name == "自评.xlsx"


def test_more_files_than_may_be_are_refused_with_their_number(officer):
    files = [("files", (f"{number}.xlsx", b"")) for number in range(301)]
    answer = officer.post("/works", files=files, headers={"origin": str(officer.base_url)})
    assert "一次最多 300 个文件" in answer.text


def test_a_folder_of_nobody_is_not_found(officer):
    assert officer.press("/local", path="~nobody-of-this-name/自评.xlsx").status_code == 404


def test_a_layout_must_be_chosen(officer):
    answer = officer.press("/start", unit="某某局", year="2023", layout="")
    assert answer.status_code == 422
    assert "还没有选做哪一种" in answer.text


def test_word_files_among_many_workbooks_are_named_and_not_checked(officer):
    names = ["甲.xlsx", "乙.xlsx", "改过.docx"]
    answer = officer.post(
        "/works", files=[("files", (name, b"")) for name in names],
        headers={"origin": str(officer.base_url)},
    )  # fmt: skip
    assert "改过.docx 没有检查" in answer.text
    assert officer.part(f"{answer.url.path}/table").count('scope="row"') == 2


def test_word_files_alone_are_taken_one_by_one(officer):
    files = [("files", (name, b"")) for name in ("甲.docx", "乙.docx")]
    answer = officer.post("/works", files=files, headers={"origin": str(officer.base_url)})
    assert "一次只能写回一个" in answer.text


def test_only_workbooks_of_this_machine_are_opened(officer, office):
    (office.folder / "说明.txt").write_text("文字", encoding="utf-8")
    assert "不是 .xlsx、.xlsm 工作簿" in officer.press("/local", path="说明.txt").text
    assert office.works.all() == []


@pytest.mark.parametrize(("printer", "told"), [("weasyprint", True), ("typst", False)])
def test_pages_of_another_printer_than_the_pdf_s_are_said_to_be_so(officer, office, printer, told):
    (office.folder / "perfgen.toml").write_text(f'printer = "{printer}"\n', encoding="utf-8")
    pages = officer.text(f"{officer.drop(good_workbook())}/pages")
    assert ("以“取文件”里的 PDF 为准" in pages) is told


def test_what_cannot_be_read_is_told_to_those_who_hear_the_page(officer):
    page = officer.drop(good_workbook())
    assert 'hx-swap-oob="innerHTML">检查' in officer.part(f"{page}/findings")
    broken = good_workbook()
    del broken["预算信息"]
    officer.drop(broken, to=f"{page}/workbook")
    assert 'hx-swap-oob="innerHTML">自评.xlsx' in officer.part(f"{page}/findings")


def test_what_is_no_workbook_takes_no_workbook_s_place(officer):
    page = officer.drop(good_workbook())
    answer = officer.post(
        f"{page}/workbook",
        files=[("files", ("说明.txt", "只是文字".encode()))],
        headers={"origin": str(officer.base_url)},
    )
    assert answer.status_code == 422
    assert "不是 .xlsx 工作簿" in answer.text
    assert "原来的还在" in answer.text
    assert "没有发现问题" in officer.text(f"{page}/findings")


def test_the_zip_of_many_is_not_there_before_a_report_is(officer):
    files = [("files", (name, b"")) for name in ("甲.xlsx", "乙.xlsx")]
    table = officer.post("/works", files=files, headers={"origin": str(officer.base_url)}).url.path
    answer = officer.get(f"{table}/all.zip")
    assert (answer.status_code, "还没有一份报告做好" in answer.text) == (404, True)
