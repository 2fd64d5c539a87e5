"""Page → PDF with WeasyPrint."""
