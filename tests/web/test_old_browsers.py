"""Officers have a Chromium 86: our style sheets and scripts may say no more than it knows."""

import re

import pytest
import tinycss2

from perfgen.web.shown import FOLDER

STYLES = sorted((FOLDER / "static").glob("*.css"))
SCRIPTS = sorted((FOLDER / "static").rglob("*.js"))

TOO_NEW_PROPERTIES = {
    "inset", "inset-block", "inset-inline", "margin-inline", "margin-block", "padding-inline",
    "padding-block", "aspect-ratio", "accent-color", "scrollbar-gutter", "scrollbar-width",
    "text-wrap", "text-underline-offset", "container", "container-type", "translate", "rotate",
    "scale", "color-scheme-adjust", "overflow-clip-margin", "offset-anchor", "field-sizing",
}  # fmt: skip
"""Properties that came with Chrome 87 or later."""

TOO_NEW_SELECTORS = re.compile(r":(has|is|where|not\([^)]*,|focus-visible-within|modal|user-)")
TOO_NEW_VALUES = re.compile(
    r"\d(dvh|svh|lvh|dvw|cqw|cqh|lh|rlh)\b|\b(color-mix|oklch|lab|lch|round|mod)\("
    r"|overflow[^:]*:\s*clip|(max|min|fit)-content-block"
)
TOO_NEW_RULES = {"layer", "container", "property", "scope", "starting-style"}
TOO_NEW_SCRIPT = re.compile(
    r"\.(at|replaceChildren|hasOwn|structuredClone|findLast|toSorted|toReversed|with|groupBy)\("
    r"|\?\?=|\|\|=|&&=|\bstructuredClone\(|Object\.hasOwn|static\s*\{|#[a-z]\w*\s*[=(;]"
    r"|\d_\d|Promise\.any|WeakRef|^await ",
    re.MULTILINE,
)


def rules(text):
    """All rules of a style sheet, those within @media too: their preludes and declarations."""
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        yield rule
        if (
            rule.type == "at-rule"
            and rule.content
            and rule.lower_at_keyword in ("media", "supports")
        ):
            yield from rules(tinycss2.serialize(rule.content))


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_is_within_chrome_86(style):
    text = style.read_text(encoding="utf-8")
    for rule in rules(text):
        assert rule.type != "error", rule.message
        where = f"line {rule.source_line}"
        if rule.type == "at-rule":
            assert rule.lower_at_keyword not in TOO_NEW_RULES, where
            continue
        prelude = tinycss2.serialize(rule.prelude)
        assert "&" not in prelude, where
        assert not TOO_NEW_SELECTORS.search(prelude), f"{where}: {prelude}"
        declarations = tinycss2.parse_declaration_list(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        for one in declarations:
            assert one.type == "declaration", f"{where}: nested or broken"
            assert one.lower_name not in TOO_NEW_PROPERTIES, f"{where}: {one.name}"
            said = f"{one.name}:{tinycss2.serialize(one.value)}"
            assert not TOO_NEW_VALUES.search(said), f"{where}: {said}"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_within_chrome_86(script):
    found = TOO_NEW_SCRIPT.search(script.read_text(encoding="utf-8"))
    assert found is None, found


def test_the_check_itself_finds_what_is_too_new():
    for text in (".a{inset:0}", ".a:has(b){color:red}", ".a{height:100dvh}", ".a{.b{color:red}}"):
        broken = False
        for rule in rules(text):
            prelude = tinycss2.serialize(rule.prelude)
            broken |= bool(TOO_NEW_SELECTORS.search(prelude))
            for one in tinycss2.parse_declaration_list(rule.content):
                broken |= one.type != "declaration" or one.lower_name in TOO_NEW_PROPERTIES
                broken |= bool(
                    TOO_NEW_VALUES.search(tinycss2.serialize([*getattr(one, "value", [])]))
                )
        assert broken, text
    assert TOO_NEW_SCRIPT.search("a.b ??= 1")
    assert TOO_NEW_SCRIPT.search("list.at(-1)")


def test_what_is_vendored_bears_its_licence():
    vendor = FOLDER / "static" / "vendor"
    assert (vendor / "htmx-LICENSE.txt").read_text(encoding="utf-8").startswith("Zero-Clause BSD")
    assert 'version:"1.9.12"' in (vendor / "htmx.min.js").read_text(encoding="utf-8")
