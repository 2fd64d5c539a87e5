"""Edits of words and paragraphs as Word itself makes them, on the XML of its main part.

Each edit takes the document and a random generator, changes the tree, and returns what the officer
may expect: which cells get which text, and whether something must be said.
"""

import copy
from itertools import pairwise

from docx.oxml.ns import qn

from pulling.word_tree import (
    Expected,
    NotHere,
    chosen,
    escape,
    key,
    new_paragraph,
    properties,
    retype,
    xml,
)

SECTION = f"{qn('w:pPr')}/{qn('w:sectPr')}"


# --- words ---------------------------------------------------------------------------------------


def word_in(document, rng):
    number = chosen(rng, document.texts())
    old = document.by_number[number].text
    place = rng.randrange(1, len(old))
    new = old[:place] + "另外" + old[place:]
    retype(document.elements[number], new)
    return Expected(document.after(number, new))


def word_out(document, rng):
    number = chosen(rng, document.texts(at_least=12))
    old = document.by_number[number].text
    place = rng.randrange(1, len(old) - 3)
    new = old[:place] + old[place + 2 :]
    if new == old or new.strip() != new:
        raise NotHere
    retype(document.elements[number], new)
    return Expected(document.after(number, new))


def tracked(document, rng):
    """With changes tracked: words struck and others put in, not yet accepted."""
    number = chosen(rng, document.texts(at_least=8))
    element, old = document.elements[number], document.by_number[number].text
    run = document.runs(number)[0]
    retype(element, old[:-4])
    parent = run.getparent()
    gone = xml(f'<w:del w:id="1" w:author="x"><w:r><w:delText>{escape(old[-4:])}</w:delText>'
               "</w:r></w:del>")  # fmt: skip
    put = xml('<w:ins w:id="2" w:author="x"><w:r><w:t>已经核实。</w:t></w:r></w:ins>')
    place = parent.index(run)
    parent.insert(place + 1, gone)
    parent.insert(place + 2, put)
    return Expected(document.after(number, old[:-4] + "已经核实。"))


def split_runs(document, rng):
    """Word divides runs at will: no edit."""
    number = chosen(rng, document.texts(at_least=8))
    run = document.runs(number)[0]
    word = run.find(qn("w:t"))
    text = word.text
    other = copy.deepcopy(run)
    word.text, other.find(qn("w:t")).text = text[:3], text[3:]
    run.addnext(other)
    run.addnext(xml('<w:proofErr w:type="spellStart"/>'))
    return Expected()


# --- paragraphs ----------------------------------------------------------------------------------


def enter_in(document, rng):
    number = chosen(rng, [n for n in document.texts(in_cell=False, at_least=12)
                          if document.is_long(n)])  # fmt: skip
    old = document.by_number[number].text
    place = rng.randrange(4, len(old) - 4)
    if "\n" in old or old[place - 1 : place + 1].strip() != old[place - 1 : place + 1]:
        raise NotHere
    element = document.elements[number]
    element.addnext(new_paragraph(element, old[place:]))
    retype(element, old[:place])
    return Expected(document.after(number, f"{old[:place]}\n{old[place:]}"))


def added(document, rng):
    number = chosen(rng, [n for n in document.texts(in_cell=False) if document.is_long(n)])
    element, old = document.elements[number], document.by_number[number].text
    element.addnext(new_paragraph(element, "本年新增一项临时工作，已经完成。"))
    return Expected(document.after(number, f"{old}\n本年新增一项临时工作，已经完成。"))


def deleted(document, rng):
    number = chosen(rng, [n for n in document.texts(in_cell=False) if document.is_long(n)])
    element = document.elements[number]
    element.getparent().remove(element)
    return Expected(document.after(number, None))


def joined(document, rng):
    """Delete at the end of a paragraph: the next one goes on in it, whatever cell it is from."""
    numbers = [n for n in document.elements if not document.in_cell(n)]
    pairs = [(one, other) for one, other in pairwise(numbers)
             if document.elements[one].getnext() is document.elements[other]
             and document.by_number[one].text and document.by_number[other].text
             and document.elements[one].find(SECTION) is None]  # fmt: skip
    one, other = chosen(rng, pairs)
    first, second = document.elements[one], document.elements[other]
    for child in list(second):
        if child.tag != qn("w:pPr"):
            first.append(child)
    second.getparent().remove(second)
    sources = [document.source(one), document.source(other)]
    cells = {}
    if all(sources) and key(sources[0]) == key(sources[1]):
        texts = [document.by_number[n].text for n in (one, other)]
        old = document.cell_text(sources[0])
        new = old.replace("\n".join(texts), "".join(texts))
        cells = {key(sources[0]): new if new != old else None}
    elif all(sources):
        cells = {key(sources[0]): None, key(sources[1]): ""}
    return Expected(cells, told=not cells)


def rewritten(document, rng):
    """All below a heading is typed anew, shorter: nothing of the old words, no bookmarks."""
    by_cell = {}
    for number in document.texts(in_cell=False):
        if document.is_long(number):
            by_cell.setdefault(key(document.source(number)), []).append(number)
    whole = [numbers for numbers in by_cell.values() if len(numbers) > 1
             and document.cell_text(document.source(numbers[0])).split("\n")
             == [document.by_number[n].text for n in numbers]]  # fmt: skip
    numbers = chosen(rng, whole)
    first = document.elements[numbers[0]]
    fresh = "全年运行平稳。"
    first.addprevious(new_paragraph(first, fresh))
    for number in numbers:
        element = document.elements[number]
        element.getparent().remove(element)
    return Expected({key(document.source(numbers[0])): fresh})


def moved(document, rng):
    """Cut out below one heading and pasted below another, bookmark and all."""
    numbers = [n for n in document.texts(in_cell=False, at_least=10) if document.is_long(n)]
    one = chosen(rng, numbers)
    others = [n for n in numbers if key(document.source(n)) != key(document.source(one))]
    other = chosen(rng, others)
    document.elements[other].addnext(document.elements[one])
    return Expected({}, told=True)


def moved_with_tracking(document, rng):
    """Cut out here and pasted there, changes tracked: struck where it was, put in where it is."""
    numbers = [n for n in document.texts(in_cell=False, at_least=10) if document.is_long(n)]
    pairs = [(one, other) for one, other in pairwise(numbers)
             if key(document.source(one)) == key(document.source(other))
             and document.elements[one].getnext() is document.elements[other]]  # fmt: skip
    one, other = chosen(rng, pairs)
    texts = [document.by_number[n].text for n in (one, other)]
    lines = document.cell_text(document.source(one))
    if "\n".join(texts) not in lines:
        raise NotHere
    element = document.elements[one]
    fresh = new_paragraph(element, texts[0])
    properties(properties(fresh, "w:pPr"), "w:rPr").append(xml("<w:moveTo/>"))
    into = xml('<w:moveTo w:id="7" w:author="x"/>')
    for run in list(fresh.iter(qn("w:r"))):
        run.addprevious(into)
        into.append(run)
    document.elements[other].addnext(fresh)
    properties(properties(element, "w:pPr"), "w:rPr").append(xml("<w:moveFrom/>"))
    out = xml('<w:moveFrom w:id="6" w:author="x"/>')
    for run in list(element.iter(qn("w:r"))):
        run.addprevious(out)
        out.append(run)
    wanted = lines.replace("\n".join(texts), "\n".join(reversed(texts)))
    return Expected({key(document.source(one)): wanted})


def copied(document, rng):
    """Copied and pasted once more behind: the copy has no bookmark, and is text of the cell."""
    number = chosen(rng, [n for n in document.texts(in_cell=False) if document.is_long(n)])
    element, old = document.elements[number], document.by_number[number].text
    element.addnext(new_paragraph(element, old))
    return Expected(document.after(number, f"{old}\n{old}"))


def without_bookmarks(document, rng):
    """A word put in, and all bookmarks lost on the way."""
    expected = word_in(document, rng)
    for mark in list(document.root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    return expected


EDITS = {
    "word in": word_in,
    "word out": word_out,
    "tracked": tracked,
    "runs divided": split_runs,
    "enter": enter_in,
    "added": added,
    "deleted": deleted,
    "joined": joined,
    "rewritten": rewritten,
    "moved": moved,
    "moved with tracking": moved_with_tracking,
    "copied": copied,
    "without bookmarks": without_bookmarks,
}
