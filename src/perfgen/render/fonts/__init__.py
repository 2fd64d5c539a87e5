"""The fonts that print a document: found by role, checked, and listed for the PDF.

Layouts name a role (`font-family: var(--fangsong)`), never a font. Word always gets the role's
official name; the PDF gets the best font that the machine has. What only `perfgen fonts` needs
(`install`, `libraries`) is imported from its own module.
"""

from perfgen.render.fonts.files import FontFile
from perfgen.render.fonts.find import find_fonts
from perfgen.render.fonts.fontset import FontSet, Origin, RoleFont, replacements
from perfgen.render.fonts.metrics import font_content
from perfgen.render.fonts.places import cache_folder, data_folder
from perfgen.render.fonts.stylesheet import font_paths, stylesheet
from perfgen.render.looks.roles import ROLES, Role

__all__ = [
    "ROLES",
    "FontFile",
    "FontSet",
    "Origin",
    "Role",
    "RoleFont",
    "cache_folder",
    "data_folder",
    "find_fonts",
    "font_content",
    "font_paths",
    "replacements",
    "stylesheet",
]
