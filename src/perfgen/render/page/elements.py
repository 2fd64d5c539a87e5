"""The page (页面): the one semantic text that a layout yields, parsed strictly.

Every printer prints what `parse_page` returns. The vocabulary is closed: an element, an attribute
or a place that a printer might not know is a PageError here, so nothing is ever dropped silently.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from datetime import date

from lxml import etree

from perfgen.errors import PageError
from perfgen.foreign_words import xml_words

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
BLOCKS = HEADINGS | {"p", "section", "table", "ol", "ul", "figure"}
INLINES = frozenset({"strong", "em", "span", "a", "br", "img"})
CELLS = frozenset({"td", "th"})
_INNER_BLOCKS = frozenset({"p", "ol", "ul"})
MAX_DEPTH = 60
MAX_CELLS = 200_000
MAX_PARAGRAPHS = 20_000
MAX_COLUMNS = 100
"""Far above any report: 5,000 indicators have 50,000 cells in 10 columns."""
_GLOBAL_ATTRIBUTES = frozenset({"class", "id", "lang"})
_META_NAMES = frozenset({"author", "subject", "description", "keywords", "date"})
_LINK = re.compile(r"(https?://|mailto:|#)\S+")
_SPAN = re.compile(r"[1-9][0-9]{0,4}")
_WIDTH = re.compile(r"\s*width\s*:\s*[0-9.]+(%|mm|cm|pt|em)\s*;?\s*")
_SHOWN = 200
_LONGEST_LINK = 2_000
"""Characters of a value, or of another's words, that a message repeats."""

_DOCTYPE = re.compile(r"<!DOCTYPE(?! html>)", re.IGNORECASE)
_WHITESPACE = " \t\r\n\f"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class _Rule:
    """What may stand in an element: children, text of its own, attributes (* is required)."""

    children: frozenset[str] = frozenset()
    text: bool = False
    attributes: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TEXT = _Rule(INLINES, text=True)
_CELL = _Rule(
    INLINES | _INNER_BLOCKS, text=True, attributes=_names("colspan rowspan scope")
)  # fmt: skip
_RULES: dict[str, _Rule] = {
    "html": _Rule(_names("head body")),
    "head": _Rule(_names("title meta")),
    "title": _Rule(text=True),
    "meta": _Rule(attributes=_names("name content"), required=_names("name content")),
    "body": _Rule(BLOCKS),
    "section": _Rule(BLOCKS),
    **dict.fromkeys((*HEADINGS, "p", "caption", "figcaption"), _TEXT),
    **dict.fromkeys(("strong", "em", "span"), _TEXT),
    "a": _Rule(INLINES - {"a"}, text=True, attributes=_names("href"), required=_names("href")),
    "br": _Rule(),
    "img": _Rule(attributes=_names("src alt"), required=_names("src alt")),
    "figure": _Rule(_names("img figcaption")),
    "ol": _Rule(_names("li")),
    "ul": _Rule(_names("li")),
    "li": _Rule(INLINES | _INNER_BLOCKS, text=True),
    "table": _Rule(_names("caption colgroup thead tbody")),
    "colgroup": _Rule(_names("col")),
    "col": _Rule(attributes=_names("style")),
    "thead": _Rule(_names("tr")),
    "tbody": _Rule(_names("tr")),
    "tr": _Rule(_names("td th")),
    "td": _CELL,
    "th": _CELL,
}

ELEMENTS = frozenset(_RULES)
"""The names of all elements that a page may have."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page whose vocabulary has been checked. `root` is its <html> element."""

    root: etree._Element

    @property
    def body(self) -> etree._Element:
        """Return the <body> element."""
        return self.root[1]

    @property
    def title(self) -> str:
        """Return the document's title (标题), from <title>."""
        return " ".join((self.root.findtext("head/title") or "").split())

    @property
    def author(self) -> str:
        """Return the unit that issues the document, from meta author; empty if there is none."""
        return self._meta("author")

    @property
    def subject(self) -> str:
        """Return what the document is about, from meta subject or description."""
        return self._meta("subject") or self._meta("description")

    @property
    def keywords(self) -> str:
        """Return the keywords, from meta keywords."""
        return self._meta("keywords")

    @property
    def language(self) -> str:
        """Return the language of the text, zh-CN unless <html lang> says otherwise."""
        return self.root.get("lang", "zh-CN")

    @property
    def date(self) -> date | None:
        """Return the report's own date (成文日期), from meta date; None if there is none."""
        text = self._meta("date")
        return date.fromisoformat(text) if text else None

    def _meta(self, name: str) -> str:
        for element in self.root.iterfind("head/meta"):
            if element.get("name") == name:
                return element.get("content", "").strip()
        return ""


def parse_page(source: str) -> Page:
    """Return the page that `source` holds: well-formed XML in the vocabulary of this module.

    Raises PageError, naming element and line, for anything that the printers do not know.
    """
    root = _parse(source)
    if root.tag != "html":
        raise fault(root, "页面的最外层应当是 <html>")
    _check_size(root)
    for element in root.iter():
        _check_element(element)
    _check_structure(root)
    _check_references(root)
    return Page(root)


def to_html(page: Page) -> str:
    """Return the page as an HTML5 text with its doctype and its encoding declared."""
    root = copy.deepcopy(page.root)
    root[0].insert(0, etree.Element("meta", charset="utf-8"))
    return etree.tostring(root, method="html", encoding="unicode", doctype="<!DOCTYPE html>")


def fault(element: etree._Element, message: str) -> PageError:
    """Return a PageError that says at which element and line `message` holds."""
    return PageError(f"页面第 {element.sourceline} 行 <{element.tag!s}>：{message}")


def _parse(source: str) -> etree._Element:
    illegal = _ILLEGAL.search(source)
    if illegal:
        line = source.count("\n", 0, illegal.start()) + 1
        raise PageError(
            f"页面第 {line} 行有文档里不能出现的控制字符 U+{ord(illegal.group()):04X}",
            hint="在工作簿里删去这个字符（多半是从别的软件粘贴带来的）",
        )
    if _DOCTYPE.search(source):
        raise PageError("页面的 DOCTYPE 只能是 <!DOCTYPE html>，不能声明实体或引用外部文件")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, remove_comments=True
    )
    try:
        return etree.fromstring(source.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise PageError(
            f"页面不是格式良好的 XML：第 {error.lineno} 行，{xml_words(error.msg)}",
            hint="检查模板：标签要成对，空元素写作 <br/>，&nbsp; 这样的写法要改成 &#160;",
        ) from error


def _check_size(root: etree._Element) -> None:
    """Refuse a page that the printers would need minutes for."""
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise fault(element, f"元素嵌套超过 {MAX_DEPTH} 层")
    if sum(1 for _ in root.iter("td", "th")) > MAX_CELLS:
        raise PageError(
            f"页面的表格一共超过 {MAX_CELLS // 10_000} 万个单元格", hint="检查模板里的循环"
        )
    outside = sum(1 for _ in root.iter("p", "li", "table", "section", "figure", *HEADINGS))
    if outside > MAX_PARAGRAPHS:
        raise PageError(
            f"页面有 {outside} 个段落和表格，超过 {MAX_PARAGRAPHS} 个的上限",
            hint="检查模板里的循环",
        )


def _check_element(element: etree._Element) -> None:
    if not isinstance(element.tag, str):
        raise PageError(f"页面第 {element.sourceline} 行有处理指令或实体，不能使用")
    rule = _RULES.get(element.tag)
    if rule is None:
        raise fault(element, "不认识的元素")
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        if name not in rule.attributes and name not in _GLOBAL_ATTRIBUTES:
            raise fault(element, f"不认识的属性 {name}")
        _check_attribute(element, name, value)
    for name in sorted(rule.required):
        if not element.get(name, "").strip():
            raise fault(element, f"缺少属性 {name}")
    if not rule.text and _own_text(element):
        raise fault(element, f"这里不能直接写文字：“{_own_text(element)[:20]}”")
    for child in element:
        if isinstance(child.tag, str) and child.tag in _RULES and child.tag not in rule.children:
            raise fault(child, f"不能放在 <{element.tag!s}> 里")


def _own_text(element: etree._Element) -> str:
    texts = [element.text, *(child.tail for child in element)]
    return "".join(text.strip(_WHITESPACE) for text in texts if text)


def _check_attribute(element: etree._Element, name: str, value: str) -> None:
    problem = None
    if name in {"colspan", "rowspan"} and not _SPAN.fullmatch(value):
        problem = "应当是正整数"
    elif name == "scope" and value not in {"row", "col", "rowgroup", "colgroup"}:
        problem = "应当是 row、col、rowgroup 或 colgroup"
    elif name == "style" and not _WIDTH.fullmatch(value):
        problem = "只能是 width，例如 width: 12%"
    elif name == "href" and not _LINK.fullmatch(value):
        problem = "应当以 http://、https://、mailto: 或 # 开头"
    elif name == "href" and len(value) > _LONGEST_LINK:
        problem = f"超过 {_LONGEST_LINK} 个字符"
    elif name == "name" and value not in _META_NAMES:
        problem = "应当是 " + "、".join(sorted(_META_NAMES))
    elif name == "content" and element.get("name") == "date" and not _is_date(value):
        problem = "应当是 2024-04-26 这样的日期"
    if problem:
        raise fault(element, f"属性 {name} 的值“{value[:_SHOWN]}”不能用：{problem}")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return False
    return True


def _check_structure(root: etree._Element) -> None:
    if [child.tag for child in root] != ["head", "body"]:
        raise fault(root, "应当依次是 <head> 和 <body>")
    order = ["caption", "colgroup", "thead", "tbody"]
    for table in root.iter("table"):
        tags = [child.tag for child in table]
        if tags != sorted(tags, key=order.index) or any(tags.count(tag) > 1 for tag in order):
            raise fault(table, "应当依次是 caption、colgroup、thead、tbody，各至多一个")
    for figure in root.iter("figure"):
        if [child.tag for child in figure].count("img") != 1:
            raise fault(figure, "应当有且只有一个 <img>")


def _check_references(root: etree._Element) -> None:
    seen: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name is not None:
            if not name.strip() or name in seen:
                raise fault(element, f"属性 id 的值“{name}”为空或重复")
            seen.add(name)
    for link in root.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and target[1:] not in seen:
            raise fault(link, f"链接指向的 {target} 在页面里没有")
