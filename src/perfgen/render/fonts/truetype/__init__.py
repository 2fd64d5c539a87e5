"""Any font file → one with TrueType outlines and a family name of its own.

`charstrings.py` reads the outlines of PostScript fonts, `glyphs.py` writes TrueType's, `font.py`
makes the whole font.
"""

from perfgen.render.fonts.truetype.font import NoOutlines, truetype_font

__all__ = ["NoOutlines", "truetype_font"]
