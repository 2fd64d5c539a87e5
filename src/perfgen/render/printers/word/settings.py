"""The parts that hardly change: settings, font table, document properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from perfgen.render.page.elements import Page
from perfgen.render.printers.word.xml import XML_HEAD, W, escape, quoteattr

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_ALSO_CALLED = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
"""Names under which a machine may have a role's font though not under its official name."""


def settings_xml(language: str, *, odd_and_even: bool) -> str:
    """Return word/settings.xml, as Chinese documents have it (punctuation, grid, kinsoku)."""
    odd_even = "<w:evenAndOddHeaders/>" if odd_and_even else ""
    return (
        f'{XML_HEAD}<w:settings {W}><w:zoom w:percent="100"/>'
        "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
        f'<w:defaultTabStop w:val="420"/>{odd_even}'
        '<w:drawingGridVerticalSpacing w:val="156"/>'
        '<w:displayHorizontalDrawingGridEvery w:val="0"/>'
        '<w:displayVerticalDrawingGridEvery w:val="2"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>"
        "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
        "<w:adjustLineHeightInTable/><w:useFELayout/>"
        f"{''.join(_compatibility())}</w:compat>"
        f'<w:themeFontLang w:val="en-US" w:eastAsia={quoteattr(language)}/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _compatibility() -> Iterable[str]:
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    ):
        yield f'<w:compatSetting w:name="{name}" w:uri="{_COMPATIBILITY}" w:val="{value}"/>'


def font_table_xml(fonts: Iterable[str]) -> str:
    """Return word/fontTable.xml: the fonts used, and by which other names they may be found."""
    items = []
    for font in fonts:
        other = f'<w:altName w:val="{_ALSO_CALLED[font]}"/>' if font in _ALSO_CALLED else ""
        items.append(
            f'<w:font w:name="{font}">{other}<w:charset w:val="86"/><w:family w:val="auto"/>'
            '<w:pitch w:val="default"/></w:font>'
        )
    return f"{XML_HEAD}<w:fonts {W}>{''.join(items)}</w:fonts>"


def core_xml(page: Page) -> str:
    """Return docProps/core.xml; the dates are the report's own, so that they never change."""
    texts = {
        "dc:title": page.title,
        "dc:subject": page.subject,
        "dc:creator": page.author,
        "cp:keywords": page.keywords,
        "cp:lastModifiedBy": page.author,
        "dc:language": page.language,
    }
    items = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts.items() if text)
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{_CORE}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}{_dates(page.date)}</cp:coreProperties>"
    )


def _dates(day: date | None) -> str:
    if day is None:
        return ""
    stamp = f"{day.isoformat()}T00:00:00Z"
    return "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in ("created", "modified")
    )


def custom_xml(properties: Mapping[str, str]) -> str:
    """Return docProps/custom.xml: properties by name, as texts."""
    items = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return f'{XML_HEAD}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VARIANTS}">{items}</Properties>'


def app_xml() -> str:
    """Return docProps/app.xml."""
    return (
        f'{XML_HEAD}<Properties xmlns="{_PROPERTIES}"><Application>perfgen</Application>'
        "<DocSecurity>0</DocSecurity></Properties>"
    )
