#!/usr/bin/env python3
"""Sentences, notes and read-outs of random specs, held against the numbers of the same documents.

    check_sentences.py WRITE_SPECS [--count N] [--seed S] [--show]

Written apart from the program: a sentence is taken to pieces by the tables of sentence_*.py, and every number and every
word that compares (peak, better, least, falls, ...) is found again in the series, markers and fits of the
document, or in its parameters. A sentence that the table does not know is a failure too.
"""

import argparse
import json
import re
import subprocess
import sys

import sentence_descent
import sentence_kernel
import sentence_learning
from sentence_numbers import NUMBER, ROUNDING, WORDS, Document, Hidden, Wrong, need, says, value


def compiled(pattern):
    for word, meaning in WORDS.items():
        pattern = re.sub(rf"\b{word}\b", lambda m: meaning, pattern)
    return re.compile(pattern)


RULES = [(compiled(pattern), check) for pattern, check in sentence_descent.RULES + sentence_learning.RULES
         + sentence_kernel.RULES]

# Of tokens that no sentence has.
FORBIDDEN = [
    (r"\b-?(?:nan|inf|infinity)\b", "no number"),
    (r"\?", "a question mark"),
    (r"[0-9]e[-+]?[0-9]", "a number as programs write it"),
    (r"(?:^|[ (])-[0-9]", "a hyphen for a minus"),
    (r"%[a-z]|\(null\)|</?[a-z]", "the program's own text"),
    (r"^\s|[^\n]\s$|^$", "blanks"),
    (r"−0(?:\.0+)?(?![0-9.])", "a zero with a sign"),
    (r"[0-9]{8,}", "too many digits"),
]


class Named(dict):
    """Groups of either of two alternatives under one name."""

    def __init__(self, match):
        found = match.groupdict()
        super().__init__({re.sub("[0-9]$", "", k) if k not in ("e1", "e2", "e3", "t1", "t2", "t3") else k: None for k in found})
        for key, text in found.items():
            name = key if key in ("e1", "e2", "e3", "t1", "t2", "t3") else re.sub("[0-9]$", "", key)
            self[name] = self[name] or text
        self.words = match.group()

    def group(self):
        return self.words

    def groupdict(self):
        return self

    def __missing__(self, key):
        return None


def rounding(doc, name):
    """Below this a number is zero. Kernels are no errors: products, of which no digit is lost however small
    they are. Of few points training errors are known further down (docs/theory.md, section 3)."""
    if doc.data["exhibit"] == "kernel":
        return 2.3e-308
    if doc.data["exhibit"] != "double-descent" or name != "reading":
        return ROUNDING
    points = doc.parameters["from"] if doc.axis == "n-train" else doc.parameters["n-train"]
    return min(ROUNDING, (16 * points**2 * 2.2e-16) ** 2)


def check_tokens(text, floor=ROUNDING):
    for pattern, words in FORBIDDEN:
        found = re.search(pattern, text, re.IGNORECASE)
        need(not found, f"{words}: “{found and found.group()}”")
    for number in re.findall(rf"(?<![0-9.⁻⁰¹²³⁴⁵⁶⁷⁸⁹]){NUMBER}", text):
        need(value(number) == 0 or abs(value(number)) > floor, f"{number} is below rounding")


def check_verdict(doc):
    rest = doc.data["verdict"].strip()
    if doc.parameters.get("view") in ("fit", "spectrum"):
        return  # of one model: no numbers of it are in the document
    main = {"double-descent": "test", "learning-curve": "mirrored"}.get(doc.data["exhibit"])
    can = main is None or doc.curve(main) is not None
    doc.panel = 0
    while rest:
        for pattern, check in RULES:
            match = pattern.match(rest)
            if match:
                try:
                    if can:
                        check(doc, Named(match))
                except Hidden:
                    pass
                rest = rest[match.end() :].lstrip()
                break
        else:
            raise Wrong(f"not known: “{rest[:80]}”")


def check_bands(text):
    """A band has as many digits as its value."""
    text = text.replace("\u2060\u00a0", " ")  # what keeps the bracket in one line
    found = re.search(r"(?:test|:) ?(\S+) +\((\S+) – (\S+)[,)]", text)
    if found:
        digits = [len(x.split("\u00a0")[0].replace(".", "").lstrip("0").rstrip()) for x in found.groups() if value(x) != 0]
        need(not digits or max(digits) - min(digits) <= 1 or max(digits) > 3, f"{found.group()} has digits {digits}")


def is_minimum_norm(doc):
    p = doc.parameters
    return doc.axis not in ("ridge", "time") and p.get("ridge", 0) == 0 and str(p.get("time", "inf")) == "inf"


# Beginnings of notes, and what holds where they stand.
NOTES = [
    ("Minimum norm where the model interpolates", is_minimum_norm),
    ("From 32 models", lambda doc: doc.axis == "ensemble"),
    ("From 8 models", lambda doc: doc.axis != "ensemble" and doc.parameters["ensemble"] != 1),
    ("Where so few draws put the error", lambda doc: doc.test() is None or min(doc.test()["y"]) == 0
     or min(doc.test()["low"]) == 0 or (doc.curve("train") or {"y": [0]})["y"]),
    ("Mean-field theory gives", lambda doc: doc.parameters["model"] == "infinite" and doc.curve("finite-d")),
    ("On a linear axis the parts of the error are stacked; those shown add up to less", lambda doc: any(
        doc.curve(i) for i in ("noise", "initial-function", "weights", "sampling", "bias"))),
    ("On a linear axis the parts of the error are not stacked", lambda doc: False),
    ("Theory for D → ∞ is off", lambda doc: doc.curve("asymptotic")),
    ("The lower bound holds for the mean part", lambda doc: doc.curve("lower-bound")),
    ("Theory is the limit of many samples", lambda doc: doc.parameters["model"] == "linear" and doc.curve("finite-d")),
    ("Theory is exact for the mean", lambda doc: doc.parameters["inputs"] == "gaussian" and is_minimum_norm(doc)),
    ("So narrow and deep", lambda doc: doc.parameters["depth"] > 1 and doc.parameters["width"] <= 16 * doc.parameters["depth"]),
    ("The standard deviation is to leading order", lambda doc: doc.parameters["depth"] > 1 and doc.parameters["width"] > 16 * doc.parameters["depth"]),
    ("The kernel is 0 at angle 0", lambda doc: doc.parameters["normalised"] == "yes" and None in doc.numbers()),
    ("Points in the order of their angles", lambda doc: doc.parameters["dim"] == 2),
    ("Points in the order of their first", lambda doc: doc.parameters["dim"] > 2),
    ("No curve is drawn", lambda doc: not doc.series),
    ("No mean-field curve", lambda doc: not all(
        doc.curve("mean-field-mirrored", i) for i in range(len({p for _, p in doc.series})))),
]


def check_note(doc, note):
    for beginning, holds in NOTES:
        need(not note.startswith(beginning) or holds(doc), "does not hold")


def check_document(data):
    doc = Document(data)
    faults = []

    def attempt(name, text, check, *arguments):
        try:
            check(*arguments)
        except Wrong as wrong:
            faults.append(f"{name}: {wrong} — {text}")

    texts = [("verdict", data["verdict"])] + [("note", n) for n in data["notes"]]
    texts += [("reading", r) for r in data.get("readings", [])] + [("look", data["look"]) for _ in range("look" in data)]
    texts += [("marker", m["label"]) for m in data["markers"]]
    for name, text in texts:
        attempt(name, text, check_tokens, text, rounding(doc, name))
    for text in data.get("readings", []):
        attempt("reading", text, check_bands, text)
    for note in data["notes"]:
        attempt("note", note, check_note, doc, note)
    for marker in data["markers"]:
        rank = re.match(r"rank ([0-9]+) of", marker["label"])
        number = rank[1] if rank else marker["label"].split(" = ")[-1]
        attempt("marker", marker["label"], says, number, marker["x"], "the marker")
        attempt("marker", marker["label"], need, value(number) == round(value(number)), "no whole number")
    attempt("verdict", data["verdict"], check_verdict, doc)
    return faults


def tells_lies(documents):
    """What is read of curves turned round, or in which every error is another, cannot hold."""
    told = found = 0
    for data in documents:
        for change in (lambda y: y[::-1], lambda y: [1.7 * v for v in y]):
            false = json.loads(json.dumps(data))
            for series in false["series"]:
                changed = change(series["y"]) if None not in series["y"] else series["y"]
                told += series["id"] in ("test", "mirrored") and changed != series["y"] and len(set(changed)) > 2
                series["y"] = changed
            found += bool(check_document(false))
    return found > 0.6 * told


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("write_specs")
    parser.add_argument("--count", type=int, default=0, help="3000 before a release; without it some 60 quick ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print all sentences")
    options = parser.parse_args()
    count, short = (options.count, []) if options.count else (160, ["--cheap"])
    out = subprocess.run(
        [options.write_specs, "--count", str(count), "--seed", str(options.seed), *short], check=True, capture_output=True
    ).stdout
    documents = json.loads(out)
    bad = 0
    for data in documents:
        faults = check_document(data)
        bad += bool(faults)
        if options.show:
            print(f"{data['drawn']}: {data['verdict']}")
        for fault in faults:
            print(f"spec {data['drawn']}, {fault}")
    print(f"{len(documents)} of {count} specs ran, {bad} with faults")
    if not tells_lies(documents):
        print("lies are not found")
        return True
    return bad > 0 or len(documents) < count / 4


if __name__ == "__main__":
    sys.exit(main())
