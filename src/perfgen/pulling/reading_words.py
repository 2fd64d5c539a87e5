"""The words of one paragraph as an officer sees them, and what in it no text can say (一段的字).

Hidden words, the code of fields and phonetic guides are no words of the text. A symbol, an
equation, raised or lowered characters, and whatever Word has that is not known here, make a
paragraph `odd`: it is never written into a cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from perfgen.pulling.styles import Styles, W, switched_on, value_of
from perfgen.render.printers.word.recording import BOOKMARK

_OURS = re.compile(rf"{BOOKMARK}([0-9]{{1,7}})")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "marlett", "zapf dingbats")

HIDDEN, RAISED, SYMBOL, EQUATION = "隐藏文字", "上下标", "符号", "公式"
BOX = "文本框"
PROMPT, UNKNOWN_CONTENT = "内容控件里没有填的提示", "看不懂的内容"
TAB, RUBY, FIELD = "制表符", "拼音", "域"


def _names(*names: str) -> frozenset[str]:
    return frozenset(f"{W}{name}" for name in names)


TRACKED = _names("ins", "del", "moveFrom", "moveTo")
GONE = _names("del", "moveFrom", "delText", "delInstrText")
"""What is gone once tracked changes are accepted."""

_NO_WORDS = GONE | _names(
    "rPr", "pPr", "instrText", "footnoteReference", "endnoteReference", "commentReference",
    "annotationRef", "footnoteRef", "endnoteRef", "object", "pict", "drawing", "txbxContent",
    "lastRenderedPageBreak", "softHyphen", "proofErr", "permStart", "permEnd", "sdtPr",
    "sdtEndPr", "customXmlPr", "smartTagPr", "separator", "continuationSeparator", "fldData",
    "commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd",
    "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
    "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
    "rubyPr", "rt", "contentPart",
)  # fmt: skip
"""What holds no words of the text. What of it stands for something is counted elsewhere."""

_DRAWN = _names("drawing", "pict", "object")
_HOLDS_WORDS = TRACKED | _names(
    "r", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo",
    "ruby", "rubyBase",
)  # fmt: skip
_SAID = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_TABS = _names("tab", "ptab")


@dataclass(slots=True)
class Words:
    """The words of a paragraph as they come, the bookmarks among them, and what is odd."""

    texts: list[str] = field(default_factory=list)
    marks: dict[str, tuple[int, int]] = field(default_factory=dict)
    closed: dict[int, bool] = field(default_factory=dict)
    length: int = 0
    odd: dict[str, None] = field(default_factory=dict)
    loose: dict[str, None] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Add to the words."""
        self.texts.append(text)
        self.length += len(text)


class WordReader:
    """Reads the words of paragraphs, one after the other: a field may go on over several.

    `follows_fields` is switched off for a document whose fields do not end.
    """

    def __init__(self, styles: Styles, *, follows_fields: bool) -> None:
        """Know the styles; no field is open."""
        self.tracked = False
        self.fields: list[bool] = []
        """The open fields; True where their code is still being read."""
        self._styles = styles
        self._follows_fields = follows_fields

    def read(self, paragraph: etree._Element, words: Words) -> None:
        """Add the words of a paragraph."""
        style = value_of(paragraph.find(f"{W}pPr"), "pStyle")
        self._read(paragraph, words, hidden=self._styles.hides(style))

    def _read(self, element: etree._Element, words: Words, *, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str):
                continue
            self.tracked = self.tracked or tag in TRACKED
            if tag == f"{W}bookmarkStart":
                _start(child, words)
            elif tag == f"{W}bookmarkEnd":
                _end(child, words)
            elif tag == f"{W}fldChar":
                self._field(child, words)
            elif tag == f"{W}r":
                self._run(child, words, hidden=hidden)
            elif tag in _DRAWN and _has_box(child):
                words.odd[BOX] = None
            elif tag not in _NO_WORDS and not self._is_code():
                self._content(child, words, hidden=hidden)

    def _content(self, child: etree._Element, words: Words, *, hidden: bool) -> None:
        tag = str(child.tag)
        if tag == f"{W}t":
            self._say(child.text or "", words, hidden=hidden)
        elif tag in _TABS:
            words.loose[TAB] = None
            self._say(" ", words, hidden=hidden)
        elif tag in _SAID:
            if child.get(f"{W}type") not in ("page", "column"):
                self._say(_SAID[tag], words, hidden=hidden)
        elif tag == f"{W}sdt" and shows_prompt(child):
            words.odd[PROMPT] = None
        elif tag in _HOLDS_WORDS:
            if tag in (f"{W}ruby", f"{W}fldSimple"):
                words.loose[RUBY if tag == f"{W}ruby" else FIELD] = None
            self._read(child, words, hidden=hidden)
        elif tag.endswith("}AlternateContent"):
            self._alternatives(child, words, hidden=hidden)
        else:
            words.odd[_what_is(tag)] = None

    def _alternatives(self, element: etree._Element, words: Words, *, hidden: bool) -> None:
        """What newer programs show; what is said once more for older ones counts no second time."""
        for choice in element:
            if isinstance(choice.tag, str) and choice.tag.endswith("}Choice"):
                self._read(choice, words, hidden=hidden)
                return

    def _run(self, run: etree._Element, words: Words, *, hidden: bool) -> None:
        about = run.find(f"{W}rPr")
        said = switched_on(about, "vanish")
        style = value_of(about, "rStyle")
        hides = said if said is not None else hidden or self._styles.hides(style)
        before = words.length
        self._read(run, words, hidden=hides)
        if words.length > before:
            if value_of(about, "vertAlign") in ("superscript", "subscript"):
                words.odd[RAISED] = None
            if is_in_symbols(about):
                words.odd[SYMBOL] = None

    def _say(self, text: str, words: Words, *, hidden: bool) -> None:
        if hidden:
            if text.strip():
                words.odd[HIDDEN] = None
            return
        if _PRIVATE.search(text):
            words.odd[SYMBOL] = None
        words.say(text)

    def _field(self, mark: etree._Element, words: Words) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            words.loose[FIELD] = None
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()

    def _is_code(self) -> bool:
        return self._follows_fields and any(self.fields)


def _what_is(tag: str) -> str:
    name = tag.rpartition("}")[2]
    if name == "sym":
        return SYMBOL
    return EQUATION if name in ("oMath", "oMathPara") else UNKNOWN_CONTENT


def _has_box(drawn: etree._Element) -> bool:
    """Whether words stand in a text box: they may have been cut out of the text."""
    return any((text.text or "").strip() for box in drawn.iter(f"{W}txbxContent")
               for text in box.iter(f"{W}t"))  # fmt: skip


def shows_prompt(control: etree._Element) -> bool:
    """Return whether a content control (内容控件) shows its prompt: nobody has filled it."""
    return switched_on(control.find(f"{W}sdtPr"), "showingPlcHdr") is True


def is_in_symbols(about: etree._Element | None) -> bool:
    """Return whether letters print as something else: an R in Wingdings 2 is a ticked box."""
    fonts = None if about is None else about.find(f"{W}rFonts")
    names = () if fonts is None else (fonts.get(f"{W}{kind}", "") for kind in ("ascii", "hAnsi"))
    return any(name.lower().startswith(_SYMBOL_FONTS) for name in names)


def _start(mark: etree._Element, words: Words) -> None:
    ours = _OURS.fullmatch(mark.get(f"{W}name", ""))
    if ours:
        number = int(ours.group(1))
        words.marks[mark.get(f"{W}id", "")] = number, words.length
        words.closed.setdefault(number, True)


def _end(mark: etree._Element, words: Words) -> None:
    number, start = words.marks.get(mark.get(f"{W}id", ""), (0, -1))
    if number and start == words.length:
        words.closed[number] = False
