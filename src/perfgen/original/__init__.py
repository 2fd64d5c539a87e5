"""The original text (原文): what a Word file says of itself, so that edits can be told from it."""
