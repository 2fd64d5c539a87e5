"""Pictures: real ones, with alternative text and the size that the PDF gives them."""

import base64
import io
from urllib.parse import quote

import pytest
from docx.oxml.ns import qn
from docx_reading import printed, value
from PIL import Image

from perfgen.errors import PageError, PerfgenError
from perfgen.render.printers.word import pictures_in

EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
POINT = 12700


def picture(width, height, kind="PNG"):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, kind)
    return buffer.getvalue()


def data_uri(blob):
    return "data:image/png;base64," + base64.b64encode(blob).decode()


def sizes(document):
    return [(int(item.get("cx")), int(item.get("cy"))) for item in document.main.iter(EXTENT)]


def test_a_figure_keeps_its_caption_and_says_what_it_shows():
    source = data_uri(picture(200, 100))
    document = printed(
        f'<figure><img src="{source}" alt="&lt;支出&gt;结构"/>'
        "<figcaption>图 1</figcaption></figure>"
    )
    assert sizes(document) == [(150 * POINT, 75 * POINT)]
    assert [item.get("descr") for item in document.main.iter(PROPERTIES)] == ["<支出>结构"]
    first, caption = document.paragraphs()
    assert value(first, "pPr/keepNext") == "on"
    assert document.style_name(caption) == "caption"
    assert document.faults() == []


def test_a_picture_is_never_cut_off_by_a_fixed_line():
    document = printed(f'<p>文</p><p>图<img src="{data_uri(picture(9, 9))}" alt="点"/></p>')
    names = [document.style_name(item) for item in document.paragraphs()]
    assert names == ["公文正文", "公文正文-2"]
    spacing = document.style("公文正文-2").find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    assert spacing.get(qn("w:lineRule")) == "auto"


def test_a_picture_is_no_wider_than_the_text():
    document = printed(f'<p><img src="{data_uri(picture(2000, 1000))}" alt="宽"/></p>')
    ((width, height),) = sizes(document)
    assert width / POINT == pytest.approx(156 / 25.4 * 72, abs=0.01)
    assert width == pytest.approx(2 * height, abs=2)


@pytest.mark.parametrize(("css", "points"), [("50%", 156 / 25.4 * 36), ("100pt", 100)])
def test_a_picture_is_as_wide_as_the_css_says(css, points):
    document = printed(
        f'<p><img src="{data_uri(picture(10, 10))}" alt="点"/></p>', f"img {{ width: {css} }}"
    )
    assert sizes(document)[0][0] / POINT == pytest.approx(points, abs=0.01)


def test_pictures_of_the_layout_are_read_and_the_same_one_is_stored_once():
    asked = []

    def read(path):
        asked.append(path)
        return picture(10, 10, "JPEG")

    document = printed(
        '<p><img src="章.jpg" alt="章"/><img src="章.jpg" alt="章"/></p>', images=read
    )
    assert asked == ["章.jpg", "章.jpg"]
    assert [name for name in document.names if "media" in name] == ["word/media/image1.jpg"]
    assert document.faults() == []


def test_pictures_come_from_the_layouts_folder_and_nowhere_else(tmp_path):
    folder = tmp_path / "版式"
    folder.mkdir()
    (folder / "章.png").write_bytes(picture(10, 10))
    (tmp_path / "外.png").write_bytes(picture(10, 10))
    read = pictures_in(folder)
    assert printed('<p><img src="章.png" alt="章"/></p>', images=read).faults() == []
    for source in ("../外.png", str(tmp_path / "外.png"), "没有.png"):
        with pytest.raises(PerfgenError, match=r"不在版式文件夹里|指到了版式文件夹外面"):
            printed(f'<p><img src="{source}" alt="图"/></p>', images=read)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("data:image/gif;base64,R0lGODlhAQABAAAAACw=", "图片应当是 PNG 或 JPEG"),
        ("data:image/png;base64,****", "data: URI 写得不对"),
        ("data:image/png", "data: URI 写得不对"),
        ("章.png", "图片 章.png 读不到"),
        ("https://example.com/a.png", "图片 https://example.com/a.png 读不到"),
    ],
)
def test_what_is_no_picture_is_refused(source, message):
    with pytest.raises(PageError, match=message):
        printed(f'<p><img src="{source}" alt="图"/></p>')


@pytest.mark.parametrize(("width", "height"), [(0, 5), (5, 0)])
def test_a_picture_of_no_size_is_refused(width, height):
    """Its header says so; the height would be worked out of the width."""
    head = bytearray(picture(20, 10))
    head[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    source = "data:image/png," + quote(bytes(head))
    with pytest.raises(PageError, match="图片的宽或高是 0"):
        printed(f'<p><img src="{source}" alt="空"/></p>')


def test_a_drawing_may_be_written_plainly_into_its_address():
    """As addresses of drawings (SVG) are; a photo may be, too."""
    plain = "data:image/png," + quote(picture(20, 10))
    document = printed(f'<p><img src="{plain}" alt="红"/></p>')
    assert sizes(document) == [(15 * POINT, 7.5 * POINT)]
