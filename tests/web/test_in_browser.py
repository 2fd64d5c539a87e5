"""Every flow in a real browser, from the drop to the opened file, on a small screen.

Needs the system's Chromium (`apt-get install chromium`); without it these tests are skipped.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from web.test_web_word import edited
from workbooks.make import good_workbook

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome")
     if (found := shutil.which(name))), None,
)  # fmt: skip
sync_api = pytest.importorskip("playwright.sync_api", reason="没有 playwright")
pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="没有浏览器：apt-get install chromium"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PATIENCE = 120_000
"""Milliseconds that something may take to come: machines are slow, and nothing hangs on it."""
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
PICTURES = os.environ.get("PERFGEN_PICTURES", "")
"""Environment: a folder for pictures of each page, to be looked at."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder in which the server is started."""
    return tmp_path_factory.mktemp("工作簿")


def serving(folder, data, *options):
    """A server that was started in a folder, and its first address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "perfgen", "serve", "--no-browser", "--json",
         "--data", str(data), *options],
        stdout=subprocess.PIPE, cwd=folder, text=True, encoding="utf-8",
    )  # fmt: skip
    return process, json.loads(process.stdout.readline())["address"]


@pytest.fixture(scope="module")
def address(folder, tmp_path_factory):
    """One server for all tests."""
    process, first = serving(folder, tmp_path_factory.mktemp("data"))
    yield first
    process.terminate()
    process.communicate(timeout=120)


@pytest.fixture(scope="module")
def browser():
    """One browser for all tests."""
    with sync_api.sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
        made = playwright.chromium.launch(executable_path=BROWSER, args=options)
        yield made
        made.close()


@pytest.fixture
def page(browser, address):
    """The first page, on a small screen. Nothing may be said in the browser's console."""
    said = []
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True,
        reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(address)
    yield opened
    context.close()
    assert said == []


@pytest.fixture
def saved_book(tmp_path):
    """Save a workbook with what is wrong in it; return its path."""

    def save(name="自评.xlsx", **cells):
        book = good_workbook()
        for place, value in cells.items():
            book["预算信息"][place] = value
        book.save(tmp_path / name)
        return tmp_path / name

    return save


def choose(page, *files, into="#files"):
    """Choose files as with the button, once the page listens to it."""
    page.wait_for_selector(into, state="attached")
    page.wait_for_load_state("load")
    page.set_input_files(into, [str(file) for file in files])


def drop(page, *files):
    """Choose files, and wait for the findings."""
    choose(page, *files)
    page.wait_for_selector(".counts")


def look(page, name):
    """Take a picture of the page, for those who look at it; axe finds nothing on it."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    violations = page.evaluate(
        f"() => {{ {AXE}; return axe.run({{resultTypes: ['violations']}}); }}"
    )["violations"]
    told = [(one["id"], one["nodes"][0]["html"][:200], one["nodes"][0]["failureSummary"])
            for one in violations]  # fmt: skip
    assert told == []


def fetched(page, press):
    """The file that is saved when something is pressed: its name and its content."""
    with page.expect_download() as download:
        press()
    found = download.value
    return found.suggested_filename, Path(found.path()).read_bytes()


def test_check_mend_and_drop_again(page, saved_book):
    look(page, "home")
    drop(page, saved_book(C4=999))
    assert page.is_visible("text=预算信息!C4")
    assert "999" in page.inner_text("#findings")
    page.wait_for_selector("figure.page")
    look(page, "check")
    page.fill("input[name=words]", "这里没有的字")
    assert page.inner_text("[data-shown]") == "显示 0 处"
    page.fill("input[name=words]", "")
    choose(page, saved_book())
    page.wait_for_selector("text=与上一次相比")
    assert "没有发现问题" in page.inner_text("#findings")
    look(page, "settled")


def test_a_file_is_really_dropped(page, saved_book):
    content = list(saved_book(C4=999).read_bytes())
    page.evaluate(
        """content => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(content)], "自评.xlsx"));
            document.querySelector(".drop").dispatchEvent(
                new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
        }""",
        content,
    )
    page.wait_for_selector("text=预算信息!C4")


def test_a_findings_cell_is_shown_on_the_page_and_a_figure_tells_its_way(page, saved_book):
    drop(page, saved_book(C5=6000))
    page.wait_for_selector("figure.page")
    page.click("button.place >> nth=0")
    page.wait_for_selector(".spot.here")
    page.click(".spot[aria-label*='执行率：98.75%']")
    page.wait_for_selector("#origin .found")
    said = page.inner_text("#origin")
    assert "实际支出数 ÷ 调整预算数" in said
    assert "39.5" in said
    look(page, "see")
    page.click("[data-close]")
    assert page.inner_text("#origin") == ""


def test_all_of_it_with_the_keyboard_alone(page, saved_book):
    book = str(saved_book(C4=999))
    page.on("filechooser", lambda chooser: chooser.set_files(book))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "files":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("figure.page")
    page.focus("[data-page]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("#origin .found")
    page.keyboard.press("Escape")
    assert page.inner_text("#origin") == ""


def test_documents_and_the_package_for_disclosure_are_fetched(page, saved_book):
    drop(page, saved_book("商务局 自评.xlsx"))
    page.click("#findings >> text=取文件")
    name, content = fetched(page, lambda: page.click("text=Word 文件"))
    assert name == "商务局 自评.docx"
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    name, content = fetched(page, lambda: page.click("text=PDF 文件"))
    assert (name, content[:5]) == ("商务局 自评.pdf", b"%PDF-")
    page.click("text=生成公开材料")
    page.wait_for_selector("text=可以公开")
    look(page, "fetch")
    name, content = fetched(page, lambda: page.click("text=公开审核单.pdf"))
    assert content[:5] == b"%PDF-"
    name, content = fetched(page, lambda: page.click("text=取压缩包"))
    assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 6


def test_the_annotated_copy_is_fetched(page, saved_book):
    drop(page, saved_book(C4=999))
    name, content = fetched(page, lambda: page.click("text=批注副本"))
    assert name == "自评-批注.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(content))["预算信息"]["C4"].comment


def test_the_page_follows_each_save_of_a_file_of_this_machine(page, folder):
    book = good_workbook()
    book.save(folder / "自评.xlsx")
    page.click("header >> text=本机文件")
    look(page, "local")
    page.click("button.choice")
    page.wait_for_selector("text=没有发现问题")
    book["预算信息"]["C4"] = 999
    book.save(folder / "自评.xlsx")
    page.wait_for_selector("text=预算信息!C4")
    look(page, "watch")
    (folder / "自评.xlsx").rename(folder / "改名.xlsx")
    page.wait_for_selector("text=文件不在原处了")
    look(page, "watch-away")
    book["预算信息"]["C4"] = 998
    book.save(folder / "自评.xlsx")
    page.wait_for_selector("text=正守着这个文件")
    page.wait_for_selector("li.typed >> text=999 → 998", state="attached")


def test_a_fill_in_workbook_is_chosen_taken_and_dropped(page, saved_book):
    page.click("header >> text=新建")
    page.wait_for_selector(".layout img")
    look(page, "start")
    page.click("label:has-text('部门（单位）整体支出预算绩效自评报告')")
    page.fill("#unit", "某某局")
    page.fill("#year", "2023")
    page.click("button.primary")
    page.wait_for_selector("text=填报工作簿做好了")
    look(page, "started")
    name, content = fetched(page, lambda: page.click("a[download]"))
    assert name == "某某局2023年度部门整体支出预算绩效自评报告.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(content))["基本信息"]["B2"].value == "某某局"
    drop(page, saved_book())
    assert "没有发现问题" in page.inner_text("#findings")


def test_an_adjustment_is_dropped_and_the_table_of_changes_fetched(page, saved_book):
    drop(page, saved_book())
    page.click("nav >> text=变化")
    page.wait_for_selector("text=还只有这一次")
    choose(page, saved_book(D5=16))
    page.wait_for_selector("text=6 → 16（+10）")
    look(page, "changes")
    name, content = fetched(page, lambda: page.click("text=调整对照表（.docx）"))
    assert name == "自评-调整对照表.docx"
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_edits_in_word_are_taken_into_a_copy_of_the_workbook(page, saved_book, tmp_path):
    drop(page, saved_book())
    page.click("#findings >> text=取文件")
    _, content = fetched(page, lambda: page.click("text=Word 文件"))
    (tmp_path / "改过.docx").write_bytes(edited(content, ("走访52家。", "走访企业52家。")))
    page.click("nav >> text=从 Word 写回")
    choose(page, tmp_path / "改过.docx")
    page.wait_for_selector("ins")
    look(page, "word")
    page.click("text=写回到副本")
    page.wait_for_selector("text=已写回 1 格")
    look(page, "copy")
    name, content = fetched(page, lambda: page.click("text=取工作簿副本"))
    assert name == "自评-写回.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book["重点任务"]["C4"].value == "走访企业52家。"


def test_many_workbooks_have_a_table_a_summary_and_a_zip(page, saved_book):
    files = [saved_book(f"单位{n}.xlsx", D5=n) for n in range(3)] + [saved_book("坏.xlsx", C5="六")]
    choose(page, *files)
    page.wait_for_selector("text=做完 4 个，共 4 个")
    look(page, "many")
    assert page.locator("tbody tr").count() == 4
    assert "预算信息!C5" in page.inner_text("tbody")
    name, content = fetched(page, lambda: page.click("text=生成汇总表"))
    assert name == "汇总表.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    _, content = fetched(page, lambda: page.click("text=取全部报告"))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"单位0.docx", "单位2.pdf", "汇总表.xlsx"} <= set(names)


def test_a_narrow_window_beside_wps_and_a_zoom_of_200_percent_need_no_sideways_scrolling(
    page, saved_book
):
    drop(page, saved_book(C4=999))
    page.wait_for_selector("figure.page")
    for width in (683, 480, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    look(page, "narrow")


def test_recent_work_is_cleared_by_a_button(page, saved_book):
    drop(page, saved_book())
    page.click("a.brand")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("text=全部清除")
    page.wait_for_selector("text=最近的工作", state="detached")


def test_on_a_narrow_screen_the_page_leads_back_to_the_finding(page, saved_book):
    page.set_viewport_size({"width": 680, "height": 700})
    drop(page, saved_book(C4=999))
    page.wait_for_selector("figure.page")
    page.click("button.place >> nth=0")
    page.click("#origin >> text=回到检查结果")
    assert page.evaluate("document.activeElement.className").startswith("finding")
    page.click(".spot[aria-label*='999'] >> nth=0")
    look(page, "narrow-spot")
    page.click("#origin >> text=看问题：项目支出")
    assert page.evaluate("document.activeElement.className").startswith("finding")


def test_what_cannot_be_sent_is_told_before(page, tmp_path):
    (tmp_path / "别的").mkdir()
    (tmp_path / "别的" / "说明.txt").write_text("没有工作簿")
    choose(page, tmp_path / "别的", into="#folder")
    page.wait_for_selector("#trouble >> text=里面没有工作簿")
    with (tmp_path / "大.xlsx").open("wb") as large:
        large.truncate(201 * 1024 * 1024)
    choose(page, tmp_path / "大.xlsx")
    page.wait_for_selector("#trouble >> text=一次最多 200 MB")


def test_a_work_that_was_cleared_in_another_window_is_told(page, saved_book):
    drop(page, saved_book())
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".counts")
    page.click("a.brand")
    page.click("button.quiet >> nth=0")
    page.wait_for_load_state()
    other.click("text=批注副本")
    other.wait_for_selector("#trouble >> text=已经不在了")


def test_a_killed_server_is_started_again_and_the_page_goes_on(page, saved_book, tmp_path):
    process, first = serving(tmp_path, tmp_path / "data")
    other = page.context.new_page()
    other.goto(first)
    drop(other, saved_book(C4=999))
    process.kill()
    process.communicate(timeout=120)
    other.evaluate(  # what the page does when a watched workbook was saved
        """() => {
            document.getElementById("findings").textContent = "";
            document.body.dispatchEvent(new Event("workbook-saved"));
        }"""
    )
    other.wait_for_selector("#trouble >> text=连不上 perfgen")
    port = first.split("/")[2].rpartition(":")[2]
    process, _ = serving(tmp_path, tmp_path / "data", "--port", port)
    other.wait_for_selector("#findings >> text=预算信息!C4")
    other.wait_for_selector("#trouble", state="hidden")
    process.terminate()
    process.communicate(timeout=120)
