"""Start: a layout is chosen by its pages, and the fill-in workbook is taken."""

import io

import openpyxl
import pytest
from lxml import html

from perfgen.errors import LayoutError
from perfgen.layouts import available_layouts
from perfgen.layouts.files import page_pictures
from perfgen.workbook.writing import workbook_bytes
from web.conftest import words
from workbooks.make import good_workbook


def begin(officer, **typed):
    """Choose a layout; return the answer."""
    return officer.press("/start", **{"layout": "suzhou-self-evaluation"} | typed)


def test_every_layout_can_be_chosen_by_pictures_of_its_pages(officer):
    page = html.fromstring(officer.get("/start").text)
    offered = page.xpath("//input[@name='layout']/@value")
    assert offered == list(available_layouts())
    for layout in offered:
        pictures = page.xpath(f"//img[contains(@src, '/{layout}/')]/@src")
        assert pictures, f"make samples 生成 {layout} 的样张"
        assert officer.get(pictures[0]).content.startswith(b"\x89PNG")


def test_the_workbook_is_the_one_that_init_writes(officer, suzhou):
    answer = begin(officer, unit="苏州市商务局", year="２０２３年度")
    assert answer.status_code == 200
    (link,) = html.fromstring(answer.text).xpath("//a[@download]/@href")
    content = officer.get(link).content
    assert content == workbook_bytes(suzhou, year=2023, unit="苏州市商务局")
    assert openpyxl.load_workbook(io.BytesIO(content))["基本信息"]["B2"].value == "苏州市商务局"
    assert "苏州市商务局2023年度部门整体支出预算绩效自评报告.xlsx" in words(answer.text)


def test_rows_of_another_year_are_told(officer):
    assert "2030 年度" in words(begin(officer, year="2030").text)


def test_a_year_that_is_none_is_told_and_nothing_typed_is_lost(officer):
    answer = begin(officer, unit="某某局", year="去年")
    assert answer.status_code == 422
    assert "去年" in words(answer.text)
    assert 'value="某某局"' in answer.text


def test_a_layout_that_there_is_not_is_told(officer):
    assert "没有名为“oops”的版式" in words(begin(officer, layout="oops").text)


def test_filled_in_it_is_dropped_on_the_same_page_and_checked(officer, office):
    page = begin(officer).url.path
    assert f'href="{page}"' in officer.get("/").text  # among recent work
    work = officer.drop(good_workbook(), to=f"{page.replace('/start/', '/works/')}/workbook")
    assert "没有发现问题" in officer.text(f"{work}/findings")
    assert f'href="{work}"' in officer.get("/").text
    assert len(office.works.all()) == 1


def test_layouts_of_the_office_are_offered_too(officer, office, suzhou):
    import shutil  # noqa: PLC0415

    shutil.copytree(suzhou.folder, office.folder / "layouts" / "our-own")
    shutil.rmtree(office.folder / "layouts" / "our-own" / "preview")
    declaration = office.folder / "layouts" / "our-own" / "layout.toml"
    text = declaration.read_text(encoding="utf-8")
    declaration.write_text(text.replace(suzhou.id, "our-own", 1), encoding="utf-8")
    broken = office.folder / "layouts" / "broken"
    broken.mkdir()
    (broken / "layout.toml").write_text("oops", encoding="utf-8")
    page = html.fromstring(officer.get("/start").text)
    assert "our-own" in page.xpath("//input[@name='layout']/@value")
    assert "broken" not in page.xpath("//input[@name='layout']/@value")
    assert officer.get("/layouts/our-own/1.png").status_code == 404
    assert begin(officer, layout="our-own").status_code == 200


def test_a_picture_that_leads_out_of_the_layout_is_refused(tmp_path, officer, office):
    (tmp_path / "secret.png").write_bytes(b"secret")
    preview = office.folder / "layouts" / "own" / "preview"
    preview.mkdir(parents=True)
    (preview.parent / "layout.toml").write_text("", encoding="utf-8")
    (preview / "1.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(LayoutError):
        page_pictures(preview.parent)
    assert officer.get("/layouts/own/1.png").status_code == 404
