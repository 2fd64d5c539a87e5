"""Where a text came from (来源): the cell or the figure behind each text that a page prints.

Texts and figures are given numbers before the page is made; marks around them say on the page
which number stands there. Nothing in here knows a page, a printer or a file.
"""
