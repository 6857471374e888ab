"""The house is in order: what CONTRIBUTING.md promises of files, folders and names.

check_house.py SOURCE-FOLDER EXHIBIT...

Each exhibit has the name of its folders in lab and figures.
"""

import os
import re
import sys
from pathlib import Path

MOST_LINES = 450

# What exhibits are called in names and words, beside the names of their folders.
SHORT_FORMS = {
    "double-descent": ["descent"],
    "learning-curve": ["lab_learning", "LabLearning", "figures_learning", "LabSlopeRange"],
    "kernel": ["kernel_profile", "kernel_matrix", "LabKernelFacts", "lab_exhibit_kernel"],
}

# Beside an exhibit's own folders, those where exhibits are listed: one line for each.
LISTS = ["lab/spec/lab-exhibit.c", "figures/figures.c"]

INCLUDE = re.compile(r'^#include "([^"]+)"', re.M)
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)


def unit(path):
    """A file and its headers are one."""
    return path.stem.removesuffix("-private")


def read(source):
    """{path: text}, paths relative to the folder."""
    return {path.relative_to(source): path.read_text(encoding="utf-8")
            for path in sorted(source.rglob("*.[ch]"))}


def circles(files):
    """Units that include one another, directly or not, as sets of paths."""
    by_name = {path.name: unit(path) for path in files if path.suffix == ".h"}
    paths, uses = {}, {}
    for path, text in files.items():
        paths.setdefault(unit(path), []).append(path)
        uses.setdefault(unit(path), set()).update(
            by_name[name] for name in map(os.path.basename, INCLUDE.findall(text)) if name in by_name)

    def reach(start):
        found, ahead = set(), [start]
        while ahead:
            for other in uses[ahead.pop()] - found:
                found.add(other)
                ahead.append(other)
        return found
    reached = {name: reach(name) for name in uses}
    groups = {frozenset(b for b in reached[a] if a in reached[b]) for a in uses}
    return [[path for name in sorted(group) for path in paths[name]] for group in groups if len(group) > 1]


def pattern(exhibit):
    words = [re.escape(exhibit).replace(r"\-", "[-_ ]?"), *map(re.escape, SHORT_FORMS.get(exhibit, []))]
    return re.compile("|".join(words) if exhibit != "kernel" else "|".join(words[1:]), re.I)


def says(text, wanted):
    """Where code or a string that nobody translates says it: sentences and comments may speak of exhibits."""
    code = COMMENT_OR_STRING.sub(lambda m: "\n" * m.group(0).count("\n"), text)
    strings = [m.group(0) for m in COMMENT_OR_STRING.finditer(text)
               if m.group(0)[0] == '"' and " " not in m.group(0)]
    return sorted({m.group(0) for part in (code, *strings) for m in wanted.finditer(part)})


def complaints(source, exhibits):
    files = read(source)
    for path, text in files.items():
        if text.count("\n") > MOST_LINES:
            yield f"{path}: {text.count(chr(10))} lines, more than {MOST_LINES}"
    for group in circles(files):
        if len({path.parent for path in group}) > 1:
            yield "a circle of includes goes through several folders: " + ", ".join(map(str, group))
    for exhibit in exhibits:
        for path, text in files.items():
            if path.parts[0] == "ntk" or exhibit in path.parts or str(path) in LISTS:
                continue
            if found := says(text, pattern(exhibit)):
                yield f"{path}: speaks of the exhibit {exhibit}: {', '.join(found)}"


def main():
    source, exhibits = Path(sys.argv[1]) / "src", sys.argv[2:]
    found = list(complaints(source, exhibits))
    for line in found:
        print(line, file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
