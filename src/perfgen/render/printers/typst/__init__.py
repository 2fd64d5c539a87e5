"""Page → PDF with Typst: PDF/A-3a and PDF/UA-1 at once, in one layout.

The page, its grids and its looks become a text in Typst's language, which says nothing but what
the page says. `flow` puts the body in order, `styles` makes a function of every look, `paragraphs`
and `tables` write the words, `sheets` the papers with what stands in their margins, `labels` the
labels that are printed again; `press` has it printed and `structure` finishes the PDF.
docs/design/typst.md explains how.
"""

from perfgen.render.printers.typst.fonts import Face, Faces, find_faces
from perfgen.render.printers.typst.places import Place
from perfgen.render.printers.typst.printing import (
    Preview,
    PrintedPdf,
    print_pdf,
    print_pictures,
    print_preview,
)

__all__ = [
    "Face",
    "Faces",
    "Place",
    "Preview",
    "PrintedPdf",
    "find_faces",
    "print_pdf",
    "print_pictures",
    "print_preview",
]
