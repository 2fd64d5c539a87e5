"""LibreOffice Writer as an officer's hand: opens a document, edits it, saves it as .docx.

Edits are noted first and all done in one go, for an office program takes seconds to start.
"""

from office import edit

_HEAD = """
Function Opened(path As String) As Object
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Opened = StarDesktop.loadComponentFromURL(path, "_blank", 0, hidden())
End Function

Sub Saved(document As Object, path As String, filter As String)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = filter
  document.storeToURL(path, how())
End Sub

Function Found(document As Object, words As String, count As Integer) As Object
  Dim wanted As Object, place As Object, number As Integer
  wanted = document.createSearchDescriptor()
  wanted.SearchString = words
  wanted.SearchCaseSensitive = True
  place = document.findFirst(wanted)
  For number = 2 To count
    place = document.findNext(place.End, wanted)
  Next
  Found = place
End Function

Sub Replaced(document As Object, words As String, count As Integer, other As String)
  Dim place As Object
  place = Found(document, words, count)
  place.String = other
End Sub

Sub Broken(document As Object, words As String)
  Dim place As Object, cursor As Object
  place = Found(document, words, 1)
  cursor = place.Text.createTextCursorByRange(place.End)
  place.Text.insertControlCharacter(cursor, 0, False) ' a paragraph break
End Sub

Sub Added(document As Object, words As String, other As String)
  Dim place As Object, cursor As Object
  place = Found(document, words, 1)
  cursor = place.Text.createTextCursorByRange(place.End)
  cursor.gotoEndOfParagraph(False)
  place.Text.insertControlCharacter(cursor, 0, False) ' a paragraph break
  place.Text.insertString(cursor, other, False)
End Sub

Sub Joined(document As Object, words As String)
  Dim place As Object, cursor As Object
  place = Found(document, words, 1)
  cursor = place.Text.createTextCursorByRange(place.End)
  cursor.gotoEndOfParagraph(False)
  cursor.goRight(1, True)
  cursor.String = ""
End Sub

Sub Deleted(document As Object, words As String)
  Dim place As Object, cursor As Object
  place = Found(document, words, 1)
  cursor = place.Text.createTextCursorByRange(place.Start)
  cursor.gotoStartOfParagraph(False)
  cursor.gotoEndOfParagraph(True)
  cursor.goRight(1, True)
  cursor.String = ""
End Sub

Sub Filled(document As Object, table As Integer, cell As String, other As String)
  document.TextTables.getByIndex(table).getCellByName(cell).String = other
End Sub

Sub RowDeleted(document As Object, table As Integer, row As Integer)
  document.TextTables.getByIndex(table).Rows.removeByIndex(row, 1)
End Sub

Sub RowAdded(document As Object, table As Integer, row As Integer)
  document.TextTables.getByIndex(table).Rows.insertByIndex(row, 1)
End Sub
"""


class Writer:
    """Notes what is to be done to which documents; `run` does it."""

    def __init__(self, folder):
        self.folder = folder
        self._lines = []
        self._names = []

    def document(self, path, name):
        """Open a document; what follows is done to it. It is saved as `name`.docx."""
        self._close()
        self._names.append(name)
        self._lines.append(f'document = Opened("{path.as_uri()}")')
        return self

    def replace(self, words, other, count=1):
        """Type other words over the `count`-th place that has these."""
        return self._do("Replaced", _text(words), count, _text(other))

    def split(self, words):
        """Press Enter behind these words."""
        return self._do("Broken", _text(words))

    def add(self, words, other):
        """Write a new paragraph behind the one that has these words."""
        return self._do("Added", _text(words), _text(other))

    def join(self, words):
        """Press Delete at the end of the paragraph that has these words."""
        return self._do("Joined", _text(words))

    def delete(self, words):
        """Delete the whole paragraph that has these words."""
        return self._do("Deleted", _text(words))

    def fill(self, table, cell, other):
        """Type over a cell of a table, such as B3 of the first (0)."""
        return self._do("Filled", table, _text(cell), _text(other))

    def delete_row(self, table, row):
        """Delete a row of a table, both counted from 0."""
        return self._do("RowDeleted", table, row)

    def add_row(self, table, row):
        """Insert an empty row."""
        return self._do("RowAdded", table, row)

    def track(self):
        """Track what follows as changes (修订)."""
        self._lines.append("document.RecordChanges = True")
        return self

    def save_as(self, name, filter_name):
        """Save in another format on the way: what follows is done to that file."""
        path = (self.folder / name).as_uri()
        self._lines += [
            f'Saved(document, "{path}", "{filter_name}")',
            "document.close(True)",
            f'document = Opened("{path}")',
        ]
        return self

    def run(self):
        """Do all of it; return the saved documents by name."""
        self._close()
        body = "\n  ".join(self._lines)
        edit(self.folder, f"{_HEAD}\nSub Main\n  Dim document As Object\n  {body}\nEnd Sub\n")
        return {name: self.folder / f"{name}.docx" for name in self._names}

    def _do(self, sub, *arguments):
        self._lines.append(f"{sub}(document, {', '.join(map(str, arguments))})")
        return self

    def _close(self):
        if self._names:
            path = (self.folder / f"{self._names[-1]}.docx").as_uri()
            self._lines += [f'Saved(document, "{path}", "MS Word 2007 XML")',
                            "document.close(True)"]  # fmt: skip


def _text(text):
    parts = text.replace('"', '""').split("\n")
    return " & Chr(10) & ".join(f'"{part}"' for part in parts)
