"""What kernels say, and when it holds."""

import math

from sentence_numbers import Hidden, half_unit, need, says, value

KERNEL = r"(?P<kernel>NTK|NNGP)"


def chosen(doc):
    """The curve at the depth chosen."""
    p = doc.parameters
    curve = doc.curve(f"{p['kernel']}-depth-{p['depth']}")
    if curve is None or None in curve["y"]:
        raise Hidden
    return curve


def about(text, x, what, more):
    """The number written is x, to its digits and what whole degrees leave open."""
    need(abs(value(text) - x) <= half_unit(text) * (1 + 1e-6) + more, f"{what} “{text}” is {x:.6g}")


def least(doc, m):
    need(m["kernel"].lower() == doc.parameters["kernel"], "another kernel")
    need(int(m["depth"]) == doc.parameters["depth"], "another depth")
    curve = chosen(doc)
    need(curve["y"][0] > 0, "nothing at angle 0")
    shares = [y / curve["y"][0] for y in curve["y"]]
    low = min(shares)
    about(m["least"], low, "the least share", 1e-3)
    need(("hardly" in m.group()) == (low > 0.2) or abs(low - 0.2) < 1e-3, f"hardly, at {low:.4g}")
    if m["angle"]:
        i = round(value(m["angle"]))
        need(shares[min(max(i, 0), 180)] <= low + 1e-3 * (1 - low), f"the least is not at {m['angle']}")
    if m["limit"]:
        p = doc.parameters
        need(p["activation"] == "relu" and p["sigma-b2"] == 0 and p["sigma-w2"] == 2, "the limit is not known")
        need(value(m["limit"]) == {"ntk": 0.25, "nngp": 1}[p["kernel"]], f"the limit is not {m['limit']}")
        need(abs(low - value(m["limit"])) < 0.1 + 1e-3, "far from the limit")


def deviation(doc, m):
    p = doc.parameters
    need(value(m["units"]) == p["width"], "another width")
    mean = doc.curve("empirical")
    if mean is None:
        raise Hidden
    need(mean["count"][0] == p["seeds"] and p["seeds"] > 1, "a deviation of one network")
    if p["seeds"] >= 20 and p["normalised"] == "no":
        spread = (mean["high"][0] - mean["low"][0]) / 2.56 / chosen(doc)["y"][0]
        need(0.4 * spread < value(m["measured"]) / 100 < 2.5 * spread, "another spread than the band has")
    if not m["law"]:
        return
    exact = doc.curve("deviation")
    if exact is not None and None not in exact["y"]:
        says(m["law"], 100 * (exact["high"][0] - exact["y"][0]) / chosen(doc)["y"][0], "the law")
    about(m["law"], 100 * value(m["constant"]) / math.sqrt(p["width"]), "the law", 0.01 * value(m["law"]))
    off = abs(value(m["measured"]) - value(m["law"])) / value(m["measured"])
    need(off <= 2 / math.sqrt(2 * (p["seeds"] - 1)) + 0.11, f"off by {off:.2g} of it")


def comparison(doc, m):
    need(doc.parameters["kernel"] not in ("ntk", "nngp"), "a network's kernel")
    curve = doc.curve("comparison")
    if curve is None:
        raise Hidden
    says(m["last"], curve["y"][-1], "the value at 180°")


def zero(doc, m):
    need(not any(doc.numbers()), "it is not zero")


def points(doc, m):
    field = doc.data["fields"][0]
    need(int(m["points"]) == len(field["x"]) == len(field["y"]) == doc.parameters["n-train"], "other points")
    need(len(doc.data["fields"]) == 1, "there is a finite width")


def distance(doc, m):
    need(int(m["units"]) == doc.parameters["width"], "another width")
    fields = {f["id"]: [z for row in f["z"] for z in row] for f in doc.data["fields"]}
    pairs = list(zip(fields["finite"], fields["infinite"]))
    if any(None in pair for pair in pairs):
        raise Hidden
    share = math.sqrt(sum((a - b) ** 2 for a, b in pairs) / sum(b * b for _, b in pairs))
    says(m["share"], 100 * share, "the distance")


RULES = [
    (rf"At depth (?P<depth>[0-9]+) the {KERNEL} falls from 1 to (?P<least>NUM) of its value at angle 0, at (?P<angle>NUM)°\.", least),
    (rf"At depth (?P<depth>[0-9]+) the {KERNEL} hardly tells directions apart: (?P<least>NUM)…1 of its value at angle 0"
     r"(?:; with depth it tends to (?P<limit>NUM) at every other angle)?\.", least),
    (r"(?P<units>[0-9]+) units?: (?P<measured>NUM)\s%\soff at angle 0(?:; (?P<constant>NUM)/√m is (?P<law>NUM)\s%)?\.", deviation),
    (r".+ kernel: from 1 at angle 0 to (?P<last>NUM) at 180°\.", comparison),
    (r"The kernel is zero: no signal passes through the layers\.", zero),
    (r"The matrix of (?P<points>[0-9]+) points, neighbours beside each other\.", points),
    (r"The matrix of a network of (?P<units>[0-9]+) units? is (?P<share>NUM)\s% from its limit\.", distance),
]
