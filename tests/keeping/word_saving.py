"""What Word does to a file that is opened and saved, as far as it is known."""

import io
import re
import zipfile

from pulling.word_hand import repacked

_W14 = (
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
_NOTES = (
    '<w:{kind}s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    "</w:{kind}s>"
)


def saved_by_word(data, change=lambda name, text: text):
    """The file as Word saves it, each part changed before."""

    def save(name, text):
        text = change(name, text)
        return _SAVERS.get(name, lambda text: text)(text)

    more = {f"word/{kind}s.xml": _NOTES.format(kind=kind).encode()
            for kind in ("footnote", "endnote")}  # fmt: skip
    names = {"word/webSettings.xml": b'<w:webSettings xmlns:w="urn:w"/>'}
    return repacked(data, save, {k: v for k, v in (more | names).items() if not _has(data, k)})


def _has(data, name):
    return name in zipfile.ZipFile(io.BytesIO(data)).namelist()


def _document(text):
    text = text.replace("<w:document ", f"<w:document{_W14} ", 1)
    count = iter(range(1, 1_000_000))
    text = re.sub(r"<w:p>", lambda _: f'<w:p w14:paraId="{next(count):08X}" w:rsidR="00A1">', text)
    # a run divided where the spelling was checked
    text = re.sub(
        r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t>([^<]{2})([^<]{2,})</w:t></w:r>",
        lambda m: f'<w:r w:rsidRPr="00B2">{_hinted(m[1])}<w:t>{m[2]}</w:t></w:r><w:proofErr '
                  f'w:type="spellStart"/><w:r>{_hinted(m[1])}<w:lastRenderedPageBreak/>'
                  f'<w:t xml:space="preserve">{m[3]}</w:t></w:r>',
        text,
    )  # fmt: skip
    numbers = {}

    def number(match):
        numbers.setdefault(match[2], str(len(numbers) + 500))
        return f'{match[1]}"{numbers[match[2]]}"'

    text = re.sub(r'(<w:bookmark(?:Start|End) w:id=)"(\d+)"', number, text)
    back = '<w:bookmarkStart w:id="9999" w:name="_GoBack"/><w:bookmarkEnd w:id="9999"/></w:p>'
    return text.replace("</w:p>", back, 1).replace("<w:sectPr>", '<w:sectPr w:rsidR="00C3">')


def _hinted(about):
    return about or '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def _settings(text):
    return text.replace("</w:settings>", '<w:rsids><w:rsidRoot w:val="00A1"/></w:rsids>'
                        '<w:proofState w:spelling="clean"/></w:settings>')  # fmt: skip


def _styles(text):
    text = text.replace("</w:style>", '<w:rsid w:val="00D4"/></w:style>', 1)
    return text.replace("</w:styles>", '<w:style w:type="paragraph" w:styleId="Revision">'
                        '<w:name w:val="Revision"/></w:style></w:styles>')  # fmt: skip


def _about(text):
    return text.replace("</Properties>", "<Pages>9</Pages><TotalTime>3</TotalTime></Properties>")


_SAVERS = {
    "word/document.xml": _document,
    "word/settings.xml": _settings,
    "word/styles.xml": _styles,
    "docProps/app.xml": _about,
}
