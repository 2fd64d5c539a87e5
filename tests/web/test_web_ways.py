"""Ways that an officer takes astray (走错了路): each leads back to where the work goes on."""

import io

import docx
import pytest
from starlette.routing import Route

from perfgen.web.app import create_app
from perfgen.web.flows import ROUTES
from perfgen.web.shown import size_words
from perfgen.web.tasks.telling import saying
from perfgen.workbook.opening import MAX_FILE
from web.conftest import ADDRESS, SECRET, Officer
from workbooks.make import as_bytes, good_workbook

OF_A_WORK = sorted(
    (method, route.path)
    for route in ROUTES
    if isinstance(route, Route) and "{work}" in route.path
    for method in route.methods - {"HEAD"}
)
"""Every address that names a work, and how it is asked."""

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


@pytest.mark.parametrize(("method", "path"), OF_A_WORK)
def test_a_work_that_is_gone_is_said_to_be_at_every_address(officer, method, path):
    """Another tab may still show it."""
    address = path.replace("{work}", "0" * 16)
    for name in ("number", "spot", "place", "version"):
        address = address.replace(f"{{{name}:number}}", "1").replace(f"{{{name}}}", "1")
    address = address.replace("{kind}", "docx")
    form = {"files": ("自评.xlsx", b"")} if method == "POST" else None
    answer = officer.request(
        method, address, files=form, headers={"origin": ADDRESS}, follow_redirects=False
    )
    if path.endswith("/forget"):  # what is gone needs no clearing
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    elif path.endswith("/watch") and method == "GET":
        assert (answer.status_code, answer.text) == (286, "")  # htmx asks no more
    elif path in ("/many/{work}/stop", "/many/{work}/again"):
        assert answer.status_code == 404
    else:
        assert (answer.status_code, "不在了" in answer.text or "没有" in answer.text) == (404, True)


def test_a_button_pressed_without_a_file_leads_back(officer):
    work = officer.drop(good_workbook())
    for address, page in (
        ("/works", "/"),
        (f"{work}/workbook", work),
        (f"{work}/word", f"{work}/word"),
    ):
        answer = officer.post(
            address, files={"files": ("", b"")}, headers={"origin": ADDRESS}, follow_redirects=False
        )
        assert (answer.status_code, answer.headers["location"]) == (303, page)


def test_a_file_that_is_too_large_is_named_and_what_was_there_stays(officer):
    work = officer.drop(good_workbook())
    large = io.BytesIO(b"\0" * (MAX_FILE + 1))
    for address in (f"{work}/workbook", f"{work}/word"):
        large.seek(0)
        answer = officer.post(
            address, files={"files": ("很大.xlsx", large)}, headers={"origin": ADDRESS}
        )
        assert answer.status_code == 413
        assert "很大.xlsx 超过 " in answer.text and f'href="{work}' in answer.text
    assert officer.get(work).status_code == 200


def test_a_way_of_asking_that_no_page_has_is_refused(officer):
    answer = officer.delete("/works", headers={"origin": ADDRESS})
    assert (answer.status_code, "没有执行" in answer.text) == (405, True)


def test_a_cookie_that_is_none_opens_nothing(stranger):
    assert stranger.get("/", headers={"cookie": "a[b]=1; \x01=2"}).status_code == 403


def test_what_perfgen_itself_stumbles_over_is_told_on_a_page(office, monkeypatch):
    def stumble(*_):
        raise RuntimeError("?")

    monkeypatch.setattr(office.works, "all", stumble, raising=False)
    browser = Officer(create_app(office, SECRET), base_url=ADDRESS, raise_server_exceptions=False)
    answer = browser.get(f"/open/{SECRET}")
    assert answer.status_code == 500
    assert "perfgen 自身出了错" in answer.text and "RuntimeError: ?" in answer.text
    assert "已有的内容没有丢" in answer.text


def test_settings_that_cannot_be_read_stop_no_new_workbook(officer, office):
    """They are told where a workbook is checked; the layouts that perfgen brings are offered."""
    (office.folder / "perfgen.toml").write_text("layouts = [", "utf-8")
    assert officer.get("/start").status_code == 200
    assert "苏州" in officer.get("/start").text


def test_a_word_file_of_another_program_is_told_when_it_is_dropped(officer):
    stream = io.BytesIO()
    docx.Document().save(stream)
    answer = officer.post(
        "/works", files={"files": ("通知.docx", stream.getvalue())}, headers={"origin": ADDRESS}
    )
    assert answer.status_code == 422
    assert "通知.docx 不是 perfgen 生成的 Word 文件" in answer.text


def test_a_file_opened_anew_after_a_save_is_its_next_version(officer, office):
    path = office.folder / "自评.xlsx"
    path.write_bytes(as_bytes(good_workbook()))
    page = officer.press("/local", path=str(path)).url.path
    path.write_bytes(as_bytes(good_workbook()) + b"\0")
    assert officer.press("/local", path=str(path)).url.path == page
    assert office.works.all()[0].meta.version == 2


def test_nothing_is_summed_up_where_nothing_could_be_read(officer):
    files = [("files", (name, b"PK\x03\x04 cut off")) for name in ("甲.xlsx", "乙.xlsx")]
    table = officer.post("/works", files=files, headers={"origin": ADDRESS}).url.path
    told = officer.text(f"{table.replace('/many/', '/works/')}/summary")
    assert "没有读到一份报告，没有生成汇总表" in told
    assert officer.get(f"{table}/summary.xlsx").status_code == 404


def test_what_comes_of_a_work_that_was_forgotten_meanwhile_is_dropped(officer, office, tmp_path):
    officer.drop(good_workbook())
    (work,) = office.works.all()
    office.forget(work)
    assert office.works.note(work, watched=True) == work
    office._keep(work, "findings", {"ok": True}, {})
    saying(work.place / "stage")("排版")
    assert not work.folder.exists()


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (59_400, "58 KB"), (1_260_000, "1.2 MB")])
def test_sizes_are_told_in_words(size, words):
    assert size_words(size) == words


def test_a_place_for_its_files_that_cannot_be_written_is_told(perfgen, tmp_path):
    (tmp_path / "文件").write_text("", "utf-8")
    said = perfgen("serve", "--no-browser", "--data", tmp_path / "文件" / "data")
    assert said.code == 2
    assert "不能写入 " in said.err and "检查权限和磁盘空间" in said.err


def test_the_annotated_copy_is_waited_for_on_the_page_of_the_check(officer):
    page = officer.drop(b"PK\x03\x04 cut off")
    answer = officer.get(f"{page}/annotated.xlsx", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, page)
