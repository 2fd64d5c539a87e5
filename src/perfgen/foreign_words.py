"""What Python, Jinja and the parsers say of somebody's mistake, in Chinese (别的程序库的报错).

Who writes a layout reads these sentences. What is not known here is told by its kind alone; the
place is said by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_LONGEST = 500
"""Characters of a message that are looked at."""

Table = Sequence[tuple[re.Pattern[str], str]]


def _table(words: Mapping[str, str]) -> Table:
    return [(re.compile(pattern), said) for pattern, said in words.items()]


_NAME = r"['\"]?([^'\"]{1,80}?)['\"]?"

_TEMPLATES = _table({
    rf"No filter named {_NAME}\.?$": "没有名为“{}”的过滤器",
    rf"No test named {_NAME}\.?$": "没有名为“{}”的判断",
    rf"Encountered unknown tag {_NAME}\.": "不认识的标签“{}”",
    rf"Unexpected end of template\..*needs to be closed is {_NAME}\.": "“{}”没有结束",
    r"[Uu]nexpected end of template": "模板没有写完",
    rf"expected token {_NAME}, got {_NAME}$": "这里应当是“{}”，写的是“{}”",
    rf"Expected an expression, got {_NAME}$": "这里应当有一个式子",
    rf"unexpected char {_NAME} at": "不该出现的字符“{}”",
    rf"unexpected {_NAME}, expected {_NAME}$": "不该出现“{}”，应当是“{}”",
    rf"unexpected {_NAME}$": "不该出现的“{}”",
    rf"block {_NAME} defined twice": "块“{}”写了两次",
    r"Missing end of comment tag": "注释 {{# 没有结束",
    r"Missing end of raw directive": "raw 没有结束",
    r"tag name expected": "{{% 后面缺少标签的名称",
    rf"can't assign to {_NAME}$": "“{}”不能赋值",
    r"invalid syntax for function call": "括号里的参数写法不对",
    r"is unsafe|not safely callable": "这里不允许使用",
    r"Range too big": "range 的数太大，最多 100000",
    r"'(\w{1,80})' object is not iterable": "值不是列表，不能一个一个取（{}）",
    r"'(\w{1,80})' object is not callable": "值不是宏，也不是函数，后面不能写括号（{}）",
    r"'(\w{1,80})' object has no attribute '(\w{1,80})'": "值不是这里要的（{}）",
    r"'(\w{1,80})' object is not subscriptable": "值里面没有可取的内容（{}）",
    r"'(\w{1,80})' object cannot be interpreted as an integer": "这里要整数（{}）",
    r"division by zero|DivisionByZero|DivisionUndefined|InvalidOperation":
        "除数是 0，或者不能这样算",
    r"can only concatenate|unsupported operand": "不同种类的值不能放在一起算",
    r"not supported between instances": "不同种类的值不能比较",
    r"positional argument|keyword argument|multiple values for": "参数的个数或名称不对",
    r"invalid literal for|could not convert": "值不是数",
    r"index out of range": "列表里没有这一项",
    r"too many statically nested blocks": "嵌套太深",
    r"not enough values to unpack|too many values to unpack": "值的个数与名称的个数不一样",
})  # fmt: skip

_TOKENS = {
    "end of print statement": "}}", "begin of print statement": "{{",
    "end of statement block": "%}", "begin of statement block": "{%",
    "end of comment": "#}", "begin of comment": "{#", "end of template": "模板的结尾",
    "name": "名称", "integer": "整数", "float": "小数", "string": "文字",
}  # fmt: skip
"""What Jinja calls the pieces of a template."""

_KINDS = {
    "TypeError": "值的种类不对", "ValueError": "值不合适", "AttributeError": "值不是这里要的",
    "KeyError": "没有这一项", "IndexError": "列表里没有这一项", "OverflowError": "数太大",
    "SyntaxError": "写法有错", "ZeroDivisionError": "除数是 0", "UnicodeError": "文字的编码不对",
}  # fmt: skip

_XML = _table({
    r"Opening and ending tag mismatch: (\S{1,40}) line (\d{1,9}) and (\S{1,40})":
        "第 {1} 行的 <{0}> 没有结束，这里却是 </{2}>",
    r"Entity '([^']{1,40})' not defined": "不认识的 &{};",
    r"StartTag: invalid element name": "< 后面不是元素的名称（要印小于号，写 &lt;）",
    r"xmlParseEntityRef|EntityRef:": "& 后面的写法不对（要印 &，写 &amp;）",
    r"Specification mandates? values? for attribute (\S{1,40})": "属性 {} 没有值",
    r"Attribute (\S{1,40}) redefined": "属性 {} 写了两次",
    r"AttValue:": "属性的值要放在引号里",
    r"attributes construct error|Couldn't find end of Start Tag (\S{1,40})": "属性的写法不对",
    r"expected '>'": "缺少 >",
    r"Premature end of data in tag (\S{1,40}) line (\d{1,9})": "第 {1} 行的 <{0}> 没有结束",
    r"Extra content at the end": "最后一个元素后面还有内容",
    r"Document is empty|Start tag expected": "没有内容",
    r"invalid (?:xmlChar|Char) value|xmlParseCharRef": "有文档里不能出现的字符",
    r"Namespace prefix (\S{1,40})": "不认识的前缀 {}",
    r"Excessive depth": "元素嵌套太深",
    r"Comment": "注释 <!-- 没有结束，或里面有 --",
    r"CDATA|PI|DOCTYPE": "不能使用的声明",
})  # fmt: skip

_TOML = _table({
    r"Cannot declare (.{1,200}) twice": "表 {} 写了两次",
    r"Cannot overwrite a value": "同一个键写了两次",
    r"Cannot redefine namespace|Cannot mutate immutable": "同一个表写了两次",
    r"Duplicate inline table key (.{1,200}?) \(at": "键 {} 写了两次",
    r"Expected '=' after a key": "键后面缺少 =",
    r"Expected newline or end of document after a statement": "一行里写了不止一项",
    r"Expected '\]'": "缺少 ]",
    r"Unclosed array": "[ 没有结束",
    r"Unclosed inline table": "{{ 没有结束",
    r"Unterminated string": "引号没有结束",
    r"Unescaped '\\'|Invalid hex value|Unicode scalar": "双引号里的 \\ 写法不对，换成单引号",
    r"(?:Illegal|Found invalid) character (.{1,20}?) \(at": "不能出现的字符 {}",
    r"Invalid date": "日期不对",
    r"Invalid initial character for a key": "键的写法不对",
    r"Invalid (?:value|statement)": "写法不对（文字要放在引号里）",
})  # fmt: skip

_STYLES = _table({
    r"Expected ':' after declaration name": "属性名后面缺少冒号",
    r"Expected <ident> for declaration name": "这里应当是属性名",
    r"reached before \{\} block": "缺少 {{ }}",
    r"Declaration contains": "属性的值里不能有 {{ }}",
    r"Unmatched": "括号不成对",
    r"undefined namespace prefix": "不认识的前缀",
    r"xpected a (?:supported )?pseudo": "不认识的伪元素",
    r"xpected|unexpected": "选择器的写法不对",
})  # fmt: skip

_TYPST = _table({
    r"URL is too long": "链接的地址太长",
    r"PDF string is longer": "标题、说明这样的文字太长",
    r"(?:file|image) (?:not found|could not be)|failed to (?:load|decode|parse)": "图片读不出来",
    r"did not converge": "版面怎么排都排不定",
    r"unknown font": "没有要用的字体",
    r"glyph|cannot be displayed|no text": "有字印不出来",
    r"maximum .{1,80} depth|too deep": "嵌套太深",
    r"PDF/(?:A|UA)": "不合 PDF/A 或 PDF/UA 的要求",
})  # fmt: skip

_AT_LINE = re.compile(r"\(at (?:line (\d{1,9}), column (\d{1,9})|end of document)\)")


def template_words(error: BaseException) -> str:
    """Return what is wrong in a template; the kind of the error where its words are not known."""
    said = _said(str(error) or type(error).__name__, _TEMPLATES)
    kinds = [kind.__name__ for kind in type(error).__mro__]
    by_kind = next((_KINDS[kind] for kind in kinds if kind in _KINDS), "运行不下去")
    return said or f"{by_kind}（{kinds[0]}）"


def xml_words(message: str) -> str:
    """Return what libxml2 says of a page."""
    return _said(message, _XML) or "标签或属性的写法不对"


def toml_words(message: str) -> str:
    """Return what the reader of TOML says, with line and column."""
    found = _AT_LINE.search(message)
    line, column = found.groups() if found else (None, None)
    place = f"第 {line} 行第 {column} 列，" if line else "文件最后，" if found else ""
    return f"{place}{_said(message, _TOML) or '写法不对'}"


def typst_words(message: str) -> str:
    """Return what Typst says of a page that it does not print."""
    return _said(message, _TYPST) or "这里的内容印不出来"


def style_words(message: str) -> str:
    """Return what the readers of style sheets and selectors say."""
    return _said(message, _STYLES) or "写法不对"


def _said(message: str, table: Table) -> str:
    text = " ".join(message[:_LONGEST].split())
    for pattern, said in table:
        found = pattern.search(text)
        if found:
            return said.format(*(_name(group) for group in found.groups()))
    return ""


def _name(group: str | None) -> str:
    """What a message names, as it stands in the template."""
    name = (group or "").strip("(),'")
    return _TOKENS.get(name, name)
