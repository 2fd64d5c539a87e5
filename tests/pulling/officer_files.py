"""An officer's workbook with a little of everything, its Word file, and what a pull finds there."""

import io
import zipfile
from pathlib import Path

import openpyxl
from docx.oxml.ns import qn
from lxml import etree

from perfgen.build import Request, load, print_report
from perfgen.pulling.pull import copied
from perfgen.pulling.pull import pull as pull_edits
from workbooks.make import good_workbook

PARAGRAPHS = [
    "各项任务都已按期完成，重点工作有序推进。",
    "消费市场保持平稳，全年走访企业【指标：走访企业数量：指标完成值】，解决问题30个。",
    "开放平台建设继续推进，新增制度创新成果4项，其中2项在全省推广。",
]
SPENT = "全年实际支出【预算：预算总金额：实际支出数】万元，执行率【预算：预算总金额：执行率】。"


def silent(stage):
    """Say nothing of the stages of the work."""


def make_workbook():
    """The good workbook with more text in it: paragraphs, placeholders, a section left blank."""
    book = good_workbook()
    del book["文字部分"]
    text = book.create_sheet("文字部分", 1)
    for row in (
        ("章节", "正文"),
        ("二、年度履职目标完成情况", "\n".join(PARAGRAPHS)),
        ("三、部门（单位）概况", "某某局成立于2009年，内设办公室、财务处等处室。"),
        ("四、部门（单位）整体支出绩效实现情况", SPENT),
        ("六、绩效自评结果拟应用和公开情况", None),
    ):
        text.append(row)
    book["重点任务"]["C4"] = "全年走访52家。\n解决问题30个。"
    return book


def built(workbook: Path) -> Path:
    """Print a workbook's Word file beside it; return the folder."""
    loaded = load(workbook, say=silent)
    documents = print_report(loaded, Request(formats=("docx",)))
    workbook.with_suffix(".docx").write_bytes(documents.contents["docx"])
    return workbook.parent


class Result:
    """What a pull wrote and what it left: the new text of each cell, the reasons."""

    def __init__(self, pulled):
        self.pulled = pulled
        self.changes = pulled.placed.changes
        self.left = pulled.placed.left
        self.notices = pulled.notices

    @property
    def written(self):
        """The cells and their new texts."""
        return {str(ref): change.new for change in self.changes for ref in change.refs}

    @property
    def reasons(self):
        """What was left, as (old, new, why)."""
        return [(edit.old, edit.new, edit.why) for edit in self.left]

    def copy(self, folder):
        """Write the copy; return it as openpyxl reads it."""
        path = folder / "自评-新.xlsx"
        path.write_bytes(copied(self.pulled.workbook, self.changes))
        return openpyxl.load_workbook(path)


def pulled(document, workbook):
    """Pull one document, as the command does."""
    return Result(pull_edits(document, workbook, layout_id=None, layouts=(), say=silent))


def changed(docx, change):
    """The bytes of a Word file, the tree of its main part changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                change(root)
                part = etree.tostring(root)
            new.writestr(name, part)
    return stream.getvalue()


def retyped(docx, edit):
    """The bytes of a Word file, each paragraph's words as `edit` returns them; None deletes it."""

    def change(root):
        for paragraph in list(root.iter(qn("w:p"))):
            _retype(paragraph, edit)

    return changed(docx, change)


def without_bookmarks(docx):
    """The bytes of a Word file that lost all its bookmarks."""

    def change(root):
        for mark in list(root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    return changed(docx, change)


def _retype(paragraph, edit):
    runs = list(paragraph.iter(qn("w:r")))
    words = "".join("\n" if item.tag == qn("w:br") else item.text or ""
                    for item in paragraph.iter(qn("w:t"), qn("w:br")))  # fmt: skip
    after = edit(words)
    if after is None:
        paragraph.getparent().remove(paragraph)
    elif words and after != words:
        for run in runs[1:]:
            run.getparent().remove(run)
        for child in list(runs[0]):
            if child.tag != qn("w:rPr"):
                runs[0].remove(child)
        for number, line in enumerate(after.split("\n")):
            if number:
                etree.SubElement(runs[0], qn("w:br"))
            etree.SubElement(runs[0], qn("w:t")).text = line


def without_part(docx, *names):
    """The bytes of a Word file that lost some of its parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if not name.startswith(names):
                new.writestr(name, old.read(name))
    return stream.getvalue()
