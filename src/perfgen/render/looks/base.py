"""What elements look like where no stylesheet speaks: HTML's own rules, as browsers have them.

WeasyPrint has the same rules for the PDF; these are the ones for the page's vocabulary and the
shared properties, with the names of the Word styles that the elements become by themselves.
"""

BASE_STYLESHEET = """
body { margin: 8px }
h1, h2, h3, h4, h5 { font-weight: bold; break-after: avoid; break-inside: avoid }
h1 { --word-style: "标题"; font-size: 2em; margin: .67em 0 }
h2 { --word-style: "标题 1"; font-size: 1.5em; margin: .83em 0 }
h3 { --word-style: "标题 2"; font-size: 1.17em; margin: 1em 0 }
h4 { --word-style: "标题 3"; font-size: 1em; margin: 1.33em 0 }
h5 { --word-style: "标题 4"; font-size: .83em; margin: 1.67em 0 }
p { --word-style: "正文"; margin: 1em 0 }
ol, ul { margin: 1em 0; padding-left: 40px }
ol ol, ol ul, ul ol, ul ul { margin: 0 }
ol { list-style-type: decimal }
ul { list-style-type: disc }
ol ul, ul ul { list-style-type: circle }
li { --word-style: "列表段落" }
figure { --word-style: "图片"; margin: 1em 40px }
figcaption { --word-style: "题注" }
table { --word-style: "网格型"; text-indent: 0 }
caption { --word-style: "题注" }
thead, tbody { vertical-align: middle }
tr, td, th { vertical-align: inherit }
td, th { --word-style: "表格文字"; padding: 1px }
th { font-weight: bold }
strong { --word-style: "要点"; font-weight: bold }
em { --word-style: "强调"; font-style: italic }
a { --word-style: "超链接"; color: blue; text-decoration: underline }
"""
