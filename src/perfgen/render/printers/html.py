"""Page → one HTML file for a look in a browser: the same page, the same style sheets."""

from __future__ import annotations

import html
from collections.abc import Sequence

from perfgen.render.fonts import ROLES
from perfgen.render.page.elements import Page, to_html

_SCREEN = "body { max-width: 247mm; margin: 12mm auto; padding: 0 6mm; }"


def print_html(page: Page, stylesheets: Sequence[str]) -> bytes:
    """Return the page as one HTML file with its style sheets inside, fonts by official name."""
    names = "".join(f'--{role.key}: "{role.official}", serif;' for role in ROLES)
    styles = "\n".join([f":root {{ {names} }}", *stylesheets, _SCREEN])
    head = f"<style>\n{styles.replace('</', html.escape('</'))}\n</style></head>"
    return to_html(page).replace("</head>", head, 1).encode()
