"""The printers (打印): each turns the page, its grids and its looks into one kind of document.

None of them reads another; `render/documents.py` calls them.
"""
