"""The fonts that print a document: found by role, checked, and listed for the PDF.

Layouts name a role (`font-family: var(--fangsong)`), never a font. Word always gets the role's
official name; the PDF gets the best font that the machine has. What only `perfgen fonts` needs
(`install`, `libraries`) is imported from its own module.
"""

from perfgen.render.fonts.files import FontFile
from perfgen.render.fonts.find import data_folder, find_fonts
from perfgen.render.fonts.fontset import FontSet, Origin, RoleFont, replaced_in_short, replacements
from perfgen.render.fonts.metrics import font_content
from perfgen.render.fonts.roles import ROLES, Role
from perfgen.render.fonts.stylesheet import font_paths, stylesheet

__all__ = [
    "ROLES",
    "FontFile",
    "FontSet",
    "Origin",
    "Role",
    "RoleFont",
    "data_folder",
    "find_fonts",
    "font_content",
    "font_paths",
    "replaced_in_short",
    "replacements",
    "stylesheet",
]
