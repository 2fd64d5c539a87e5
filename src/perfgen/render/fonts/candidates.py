"""The fonts that may play each role: the official one, then those alike, then free ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A font that may play a role, by the names written in it and the files it comes in."""

    names: tuple[str, ...]
    files: tuple[str, ...]
    licence: str
    same_design: bool = False
    """Whether it is the official font itself, or its maker's newer edition of the same design."""
    borrows_latin: bool = False
    """Whether its Latin letters and digits do not go with its Chinese, and Song's do."""


_FOUNDER = "方正字库许可"
_WINDOWS = "随 Windows 许可"
_STHUA = "随 macOS 或 Office 许可"
_OFL = "OFL-1.1（可自由使用）"
_FANDOL = "GPL-3.0，附字体例外"

_SERIF_BOLD = Candidate(
    (
        "Noto Serif SC Bold",
        "Noto Serif CJK SC Bold",
        "Source Han Serif SC Bold",
        "Source Han Serif CN Bold",
        "Noto Serif SC Black",
        "Noto Serif CJK SC Black",
    ),
    (
        "notoserifsc-bold.otf",
        "notoserifsc-bold.ttf",
        "notoserifcjksc-bold.otf",
        "sourcehanserifsc-bold.otf",
        "sourcehanserifcn-bold.otf",
        "notoserifsc-black.otf",
        "notoserifsc-black.ttf",
        "notoserifcjksc-black.otf",
    ),
    _OFL,
)
_SERIF = Candidate(
    ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN"),
    (
        "notoserifsc-regular.otf",
        "notoserifsc-regular.ttf",
        "notoserifcjksc-regular.otf",
        "sourcehanserifsc-regular.otf",
        "sourcehanserifcn-regular.otf",
    ),
    _OFL,
)
_SANS = Candidate(
    ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN"),
    (
        "notosanssc-regular.otf",
        "notosanssc-regular.ttf",
        "notosanscjksc-regular.otf",
        "sourcehansanssc-regular.otf",
        "sourcehansanscn-regular.otf",
    ),
    _OFL,
)

_FANDOL_SONG = Candidate(("FandolSong",), ("fandolsong-regular.otf",), _FANDOL)

CANDIDATES: Mapping[str, tuple[Candidate, ...]] = {
    "xiaobiaosong": (
        Candidate(
            ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
            (
                "fzxbsjw.ttf",
                "fzxbsjt.ttf",
                "fzxbsk.ttf",
                "方正小标宋简体.ttf",
                "方正小标宋简.ttf",
                "方正小标宋_gbk.ttf",
                "fzxbsjw--gb1-0.ttf",
                "fzxbsk--gbk1-0.ttf",
            ),
            _FOUNDER,
            same_design=True,
        ),
        Candidate(
            ("STZhongsong", "华文中宋"),
            ("stzhongs.ttf", "stzhongsong.ttf", "华文中宋.ttf"),
            _STHUA,
        ),
        Candidate(("FandolSong Bold",), ("fandolsong-bold.otf",), _FANDOL),
        _SERIF_BOLD,
    ),
    "heiti": (
        Candidate(("SimHei", "黑体"), ("simhei.ttf", "黑体.ttf"), _WINDOWS, same_design=True),
        Candidate(
            ("STHeiti", "华文黑体", "STXihei", "华文细黑"),
            ("stheiti.ttf", "华文黑体.ttf", "stxihei.ttf", "华文细黑.ttf"),
            _STHUA,
        ),
        Candidate(
            ("方正黑体_GBK", "FZHei-B01", "方正黑体简体", "FZHei-B01S"),
            ("fzhtk.ttf", "fzhtjw.ttf", "方正黑体_gbk.ttf", "方正黑体简体.ttf"),
            _FOUNDER,
        ),
        Candidate(("FandolHei",), ("fandolhei-regular.otf",), _FANDOL),
        _SANS,
    ),
    "kaiti": (
        Candidate(
            ("楷体_GB2312", "KaiTi_GB2312"),
            ("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai_gb2312.ttf", "simkai.ttf"),
            _WINDOWS,
            same_design=True,
        ),
        Candidate(("KaiTi", "楷体"), ("simkai.ttf", "楷体.ttf"), _WINDOWS, same_design=True),
        Candidate(
            ("STKaiti", "华文楷体"),
            ("stkaiti.ttf", "华文楷体.ttf", "kaiti.ttc"),
            _STHUA,
        ),
        Candidate(
            ("方正楷体_GBK", "FZKai-Z03", "方正楷体简体", "FZKai-Z03S"),
            ("fzktk.ttf", "fzktjw.ttf", "方正楷体_gbk.ttf", "方正楷体简体.ttf"),
            _FOUNDER,
        ),
        Candidate(("FandolKai",), ("fandolkai-regular.otf",), _FANDOL),
        Candidate(
            ("LXGW WenKai", "霞鹜文楷", "LXGW WenKai GB", "霞鹜文楷 GB"),
            ("lxgwwenkai-regular.ttf", "lxgwwenkaigb-regular.ttf"),
            _OFL,
        ),
    ),
    "fangsong": (
        Candidate(
            ("仿宋_GB2312", "FangSong_GB2312"),
            ("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang_gb2312.ttf", "simfang.ttf"),
            _WINDOWS,
            same_design=True,
        ),
        Candidate(("FangSong", "仿宋"), ("simfang.ttf", "仿宋.ttf"), _WINDOWS, same_design=True),
        Candidate(
            ("STFangsong", "华文仿宋"),
            ("stfangso.ttf", "stfangsong.ttf", "华文仿宋.ttf"),
            _STHUA,
        ),
        Candidate(
            ("方正仿宋_GBK", "FZFangSong-Z02", "方正仿宋简体", "FZFangSong-Z02S"),
            ("fzfsk.ttf", "fzfsjw.ttf", "方正仿宋_gbk.ttf", "方正仿宋简体.ttf"),
            _FOUNDER,
        ),
        Candidate(("FandolFang",), ("fandolfang-regular.otf",), _FANDOL, borrows_latin=True),
        Candidate(("Zhuque Fangsong", "朱雀仿宋"), ("zhuquefangsong-regular.ttf",), _OFL),
        _FANDOL_SONG,  # for FandolFang's digits: half a character wide, as in 仿宋_GB2312
    ),
    "songti": (
        Candidate(
            ("SimSun", "宋体"),
            ("simsun.ttc", "simsun.ttf", "宋体.ttf"),
            _WINDOWS,
            same_design=True,
        ),
        Candidate(("STSong", "华文宋体"), ("stsong.ttf", "华文宋体.ttf"), _STHUA),
        Candidate(
            ("方正书宋_GBK", "FZShuSong-Z01", "方正书宋简体", "FZShuSong-Z01S"),
            ("fzssk.ttf", "fzssjw.ttf", "方正书宋_gbk.ttf", "方正书宋简体.ttf"),
            _FOUNDER,
        ),
        _SERIF,
        _FANDOL_SONG,
    ),
}

SYMBOLS = (
    Candidate(("DejaVu Sans",), ("dejavusans.ttf",), "Bitstream Vera（可自由使用）"),
    Candidate(("Segoe UI Symbol",), ("seguisym.ttf",), _WINDOWS),
    Candidate(("Apple Symbols",), ("apple symbols.ttf",), "随 macOS 许可"),
    Candidate(
        ("Noto Sans Symbols 2", "Noto Sans Symbols2"), ("notosanssymbols2-regular.ttf",), _OFL
    ),
    Candidate(("Arial Unicode MS",), ("arial unicode.ttf", "arialuni.ttf"), "随系统许可"),
)
"""What stands behind every role for ☑ and the like, which Chinese fonts often lack."""
