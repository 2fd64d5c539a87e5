"""What every document begins with: rules for all text, and the functions that the writers call."""

FUNCTIONS = """
#set text(fallback: false, hyphenate: false, cjk-latin-spacing: none, overhang: false)
#set par(leading: 0pt, spacing: 0pt, linebreaks: "simple")
#set block(spacing: 0pt)
#set table.cell(breakable: false)
#show heading: set block(spacing: 0pt)

// The number that a page bears: a cover that is not counted is page 0.
#let 页码() = {
  let first = query(<第一页>)
  let start = if first.len() > 0 { first.first().location().page() } else { 1 }
  calc.max(here().page() - start + 1, 0)
}

// A mark, and what tells where all marks came to stand.
#let 处(kind, ..numbers) = [#metadata((kind, ..numbers.pos()))<处>]
#let 记所在() = context [#metadata(query(<处>).map(mark => (
  mark.value, mark.location().position()
)))<所在>]

#let 目标(name) = [#metadata(none)#label(name)]

// Parts of a text; a line may end between them. A space of nothing would be left out by Typst.
#let 句(..parts) = parts.pos().join(h(0.001pt))

// A run of letters without a place to break, such as an address: it may break anywhere.
#let 开断(run) = run.clusters().map(letter => box(letter)).join()

// A picture as large as it is, or as there is room.
#let natural(picture, room, pixels: none) = context {
  let size = if pixels != none { pixels * 0.75pt } else { measure(picture).width }
  box(width: calc.min(size, room), { set image(width: 100%); picture })
}

#let 表格(across, above: 0pt, left: 0pt, body) = block(
  above: above, below: 0pt, width: 100%, inset: (left: left), align(across, body),
)

// A cell without width that keeps rows on one page.
#let 相连(rows) = table.cell(rowspan: rows, breakable: false, inset: 0pt)[]

#let 列表(style, above: 0pt, indent, hanging, marker, items) = {
  let patterns = (
    "decimal": "1.", "lower-alpha": "a.", "upper-alpha": "A.",
    "lower-roman": "i.", "upper-roman": "I.", "cjk-decimal": "一、",
  )
  let marks = ("disc": "●", "circle": "○", "square": "■", "none": "")
  let fixed(body) = box(width: hanging, body)
  set text(..style)
  block(above: above, below: 0pt, if marker in patterns {
    enum(
      indent: indent, body-indent: 0pt, spacing: 0pt,
      numbering: number => fixed(numbering(patterns.at(marker), number)), ..items,
    )
  } else {
    list(
      indent: indent, body-indent: 0pt, spacing: 0pt,
      marker: fixed(marks.at(marker)), ..items,
    )
  })
}
"""
