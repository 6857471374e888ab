#!/usr/bin/env python3
"""check_icons.py SVG...: each is well-formed, square, within its canvas and draws something at the sizes
in use; symbolic icons are 16 x 16 and made of fills alone, since the toolkit recolours by fill."""

import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

SIZES = [16, 24, 32, 48, 64, 128, 256, 512]


def problems(path):
    tree = ET.parse(path).getroot()
    if tree.tag != "{http://www.w3.org/2000/svg}svg":
        yield "is not an SVG"
        return
    symbolic = path.endswith("-symbolic.svg")
    side = "16" if symbolic else "128"
    if (tree.get("width"), tree.get("height"), tree.get("viewBox")) != (side, side, f"0 0 {side} {side}"):
        yield f"is not {side} x {side}"
    for element in tree.iter():
        if symbolic and any(name in element.attrib for name in ("stroke", "style", "class")):
            yield "has strokes or styles, which recolouring would fill"
        if "{http://www.w3.org/1999/xlink}href" in element.attrib or element.tag.endswith("image"):
            yield "refers to something outside"
    if shutil.which("rsvg-convert"):
        for size in SIZES:
            picture = subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), path],
                                     stdout=subprocess.PIPE, check=True).stdout
            if len(picture) < 100:
                yield f"draws nothing at {size} pixels"


def main():
    status = 0
    for path in sys.argv[1:]:
        for problem in problems(path):
            print(f"{path} {problem}")
            status = 1
    return status


sys.exit(main())
