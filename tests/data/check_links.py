#!/usr/bin/env python3
"""check_links.py ROOT: every relative link and picture in the Markdown files leads to a file, and every
#fragment to a heading."""

import re
import sys
from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"\s]+)\"")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    for heading in re.findall(r"^#+\s+(.*)$", text, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def main():
    root = Path(sys.argv[1])
    status = 0
    for page in [*root.glob("*.md"), *(root / "docs").glob("*.md")]:
        text = FENCE.sub("", page.read_text(encoding="utf-8"))
        for target in (a or b for a, b in LINK.findall(text)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, fragment = target.partition("#")
            file = (page.parent / name) if name else page
            if not file.exists():
                print(f"{page.relative_to(root)}: {target} does not exist")
                status = 1
            elif fragment and file.suffix == ".md" and fragment not in anchors(file):
                print(f"{page.relative_to(root)}: {target}: no such heading")
                status = 1
    return status


sys.exit(main())
