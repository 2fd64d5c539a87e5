"""A PDF that can be kept and read aloud (可长期保存、可朗读的 PDF): PDF/A-3a and PDF/UA-1.

The structure of the PDF is that of the page: `source` numbers its elements, `content` finds them
again in the finished layout, `tables` says what a cell is the heading of, `painting` marks what
is printed, `structure` writes the tree. `claims` decides what the file may say of itself, `xmp`
and `attachments` write that and what travels with it; `finish` puts all together.
docs/design/accessible-pdf.md explains how.
"""
