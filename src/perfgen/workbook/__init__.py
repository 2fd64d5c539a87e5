"""The officer's workbook: read into records, and written as a fill-in form."""
