"""From one page to its documents (成文): the page, its looks, and a printer for each format."""
