#!/usr/bin/env python3
"""Makes the page's three faces from the `source-sans` package: the letters of Latin Europe, figures and signs.

The whole faces weigh 110 kB each, more than a page may; these weigh a sixth. Run by hand when the face or the signs
change, with Debian's python3-fonttools and python3-brotli; the outcome is committed:

    /usr/bin/python3 scripts/subset-fonts.py

The licence (src/fonts/LICENSE.md) reserves the name "Source" for the unchanged face, so the cut one is renamed.
"""

from pathlib import Path
from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FACES = {"Regular": "regular", "It": "italic", "Semibold": "semibold"}
SIGNS = (
    list(range(0x20, 0x7F))  # Latin, its supplement and extension A: every European name
    + list(range(0xA0, 0x180))
    + list(range(0x218, 0x21C))  # Romanian
    + [0x2C6, 0x2DA, 0x2DC, 0x394, 0x3A3, 0x3BC, 0x3C0, 0x3C3]
    + list(range(0x2000, 0x2015)) + list(range(0x2018, 0x2023)) + [0x2026, 0x202F, 0x2030, 0x2032, 0x2033]
    + [0x2039, 0x203A, 0x2044, 0x2060] + list(range(0x2070, 0x208F)) + [0x20AC, 0x2122]
    + list(range(0x2150, 0x215F)) + [0x2190, 0x2191, 0x2192, 0x2193, 0x2196, 0x2197, 0x2198, 0x2199]
    + [0x2212, 0x221A, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25A1, 0x25B2, 0x25B6, 0x25BC, 0x25CF, 0x25CB]
    + [0x25C6, 0x25C7, 0x2713, 0x2717]
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum", "pnum", "frac", "sups", "subs", "case", "zero"]


def cut(face: str, name: str) -> None:
    source = ROOT / f"node_modules/source-sans/TTF/SourceSans3-{face}.ttf"
    options = subset.Options(layout_features=FEATURES, flavor="woff2", hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    # a date of our own would make every run a different file
    font = TTFont(source, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(font)
    for record in font["name"].names:
        text = str(record)
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = text.replace("Source Sans 3", "Bortfall Sans").replace("SourceSans3", "BortfallSans")
    font.flavor = "woff2"
    target = ROOT / f"src/fonts/{name}.woff2"
    font.save(target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes, {len(font.getBestCmap())} signs")


for face, name in FACES.items():
    cut(face, name)
