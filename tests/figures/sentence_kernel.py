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


def about_depth(doc, m):
    need(m["kernel"].lower() == doc.parameters["kernel"], "another kernel")
    need(int(m["depth"]) == doc.parameters["depth"], "another depth")


def shares_of(doc):
    curve = chosen(doc)
    need(curve["y"][0] > 0, "nothing at angle 0")
    return [y / curve["y"][0] for y in curve["y"]]


def least(doc, m):
    about_depth(doc, m)
    shares = shares_of(doc)
    low = min(shares)
    about(m["least"], low, "the least share", 1e-3)
    need(("hardly" in m.group()) == (low >= 0.9) or abs(low - 0.9) < 1e-3, f"hardly, at {low:.4g}")
    need(("to rounding" in m.group()) == (m["least"] == "0"), f"“{m['least']}” to rounding")
    if m["angle"]:
        i = round(value(m["angle"]))
        need(shares[min(max(i, 0), 180)] <= low + 1e-3 * (1 - low), f"the least is not at {m['angle']}")
    if m["limit"]:
        p = doc.parameters
        need(p["activation"] == "relu" and p["sigma-b2"] == 0 and p["sigma-w2"] == 2, "the limit is not known")
        need(value(m["limit"]) == {"ntk": 0.25, "nngp": 1}[p["kernel"]], f"the limit is not {m['limit']}")
        need(abs(low - value(m["limit"])) < 0.1 + 1e-3, "far from the limit")


def same(doc, m):
    about_depth(doc, m)
    need(min(shares_of(doc)) > 1 - 2e-14, "not the same")


def off(doc, m):
    """A root mean square is no less than the distance of the mean, and not far from what the band has."""
    p = doc.parameters
    need(value(m["units"]) == p["width"], "another width")
    mean = doc.curve("empirical")
    if mean is None:
        raise Hidden
    need(mean["count"][0] == p["seeds"] == value(m["networks"]) and p["seeds"] > 1, "another number of networks")
    limit = chosen(doc)["y"][0]
    distance = abs(mean["y"][0] / limit - 1)
    if m["measured"] is None:
        need(distance < 1e-13 and mean["high"][0] - mean["low"][0] < 1e-12 * limit, "not the limit")
        return
    measured = value(m["measured"]) / 100
    need(measured >= distance * (1 - 1e-6) - half_unit(m["measured"]) / 100, f"the mean is off by {distance:.3g}")
    if p["seeds"] >= 20:
        spread = math.hypot((mean["high"][0] - mean["low"][0]) / 2.56 / limit, distance)
        need(0.4 * spread < measured < 5 * spread, "another spread than the band has")
    exact = doc.curve("deviation")
    if exact is not None and None not in exact["y"]:
        law = (exact["high"][0] - exact["y"][0]) / limit
        need((m["law"] is not None) == (law > 0), "the law is said where it is known")
    if m["law"] is None:
        return
    need((m["exactly"] is not None) == (p["depth"] == 1) == (m["order"] is None), "exact with one hidden layer alone")
    if exact is not None and None not in exact["y"]:
        says(m["law"], 100 * law, "the law")
    about(m["law"], 100 * value(m["constant"]) / math.sqrt(p["width"]), "the law", 0.01 * value(m["law"]))


def comparison(doc, m):
    need(doc.parameters["kernel"] not in ("ntk", "nngp"), "a network's kernel")
    curve = doc.curve("comparison")
    if curve is None:
        raise Hidden
    if m["last"] == "0":
        need("to rounding" in m.group() and abs(curve["y"][-1]) < 2.3e-308, "it is not 0")
    else:
        need("to rounding" not in m.group(), "not to rounding")
        about(m["last"], curve["y"][-1], "the value at 180°", 0)


def zero(doc, m):
    need(not any(doc.numbers()), "it is not zero")


def pairs(doc, m):
    field = doc.data["fields"][0]
    n = len(field["x"])
    need(n == len(field["y"]) == doc.parameters["n-train"] == int(m["points"] or n), "other points")
    need(len(doc.data["fields"]) == 1, "there is a finite width")
    shares = [field["z"][i][j] / field["z"][i][i] for i in range(n) for j in range(n) if i != j]
    says(m["least"], min(shares), "the least of two points")
    says(m["most"] or m["least"], max(shares), "the greatest of two points")


def apart(doc):
    fields = {f["id"]: [z for row in f["z"] for z in row] for f in doc.data["fields"]}
    pairs = list(zip(fields["finite"], fields["infinite"]))
    if any(None in pair for pair in pairs):
        raise Hidden
    return math.sqrt(sum((a - b) ** 2 for a, b in pairs) / sum(b * b for _, b in pairs))


def distance(doc, m):
    need(int(m["units"]) == doc.parameters["width"], "another width")
    says(m["share"], 100 * apart(doc), "the distance")


def no_distance(doc, m):
    need(apart(doc) < 2e-14, "not the limit")


LIMIT = r"(?:; with depth it tends to (?P<limit>NUM) at every angle but 0)?"
AT_DEPTH = rf"At depth (?P<depth>[0-9]+) the {KERNEL} "
UNITS = r"(?P<units>[0-9]+) units?: "
RULES = [
    (AT_DEPTH + rf"falls from 1 to (?P<least>NUM)(?:, to rounding,)? of its value at angle 0, (?:first )?at (?P<angle>NUM)°{LIMIT}\.", least),
    (AT_DEPTH + rf"hardly tells directions apart: (?P<least>NUM)…1 of its value at angle 0(?P<angle>){LIMIT}\.", least),
    (AT_DEPTH + r"is the same at every angle, to rounding\.", same),
    (UNITS + r"(?P<measured>NUM)\s%\soff the limit at angle 0, the root mean square of (?P<networks>[0-9]+) networks"
     r"(?:; over all networks it is (?P<exactly>exactly )?(?P<constant>NUM)/√m, (?P<law>NUM)\s%(?P<order>, to leading order)?)?\.", off),
    (UNITS + r"the kernels of (?P<networks>[0-9]+) networks are the limit at angle 0, to rounding\.(?P<measured>NEVER)?", off),
    (r".+ kernel: from 1 at angle 0 to (?P<last>NUM)(?:, to rounding,)? at 180°\.", comparison),
    (r"The kernel is zero: no signal passes through the layers\.", zero),
    (r"Between (?:any two|two of the (?P<points>[0-9]+)) points the .+? has (?:from )?(?P<least>NUM)(?: to (?P<most>NUM))? of its value at angle 0\.", pairs),
    (r"The matrix of a network of (?P<units>[0-9]+) units? is (?P<share>NUM)\s% from its limit\.", distance),
    (r"The matrix of the network is its limit, to rounding\.", no_distance),
]
