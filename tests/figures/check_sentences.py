#!/usr/bin/env python3
"""Sentences, notes and read-outs of random specs, held against the numbers of the same documents.

    check_sentences.py WRITE_SPECS [--count N] [--seed S] [--show]

Written apart from the program: a sentence is taken to pieces by the table below, and every number and every
word that compares (peak, better, least, falls, ...) is found again in the series, markers and fits of the
document, or in its parameters. A sentence that the table does not know is a failure too.
"""

import argparse
import json
import math
import re
import subprocess
import sys

ROUNDING = 1e-24  # errors below are zero: targets have unit power
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
NUMBER = r"(?:−?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|−?[0-9]+(?:\.[0-9]+)?(?:\u00a0×\u00a010[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"
WORDS = {"NUM": NUMBER, "FACTOR": rf"(?:(?:{NUMBER}) times|(?:{NUMBER}) % above|far above)"}
PLACE = (r"(?:(?:width|ridge) (?:{n})|[nt] = (?:{n})|(?:{n}) (?:coordinates?|models?))").format(n=NUMBER)
WORDS["PLACE"] = PLACE


class Wrong(Exception):
    pass


class Hidden(Exception):
    """What is spoken of is not among what is shown."""


def need(condition, words):
    if not condition:
        raise Wrong(words)


def value(text):
    text = text.replace("−", "-").replace("\u00a0", "")
    if "×" in text:
        front, power = text.split("×10")
        return float(front) * 10.0 ** int(power.translate(RAISED))
    if re.fullmatch("10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", text):
        return 10.0 ** int(text[2:].translate(RAISED))
    return float(text)


def half_unit(text):
    """Half a unit of the last digit written."""
    front = text.replace("−", "").split("\u00a0")[0]
    size = abs(value(text)) / float(front) if "×" in text and float(front) else 1.0
    if re.fullmatch("10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", text):
        return 0.5 * value(text)
    front = front.replace("−", "")
    if "." in front:
        return 0.5 * 10.0 ** -len(front.split(".")[1]) * size
    zeros = len(front) - len(front.rstrip("0")) if float(front) != 0 and "×" not in text else 0
    return 0.5 * 10.0**zeros * size


def says(text, x, what="a number", zero=True):
    """The number written is x, to the digits it has."""
    need(x is not None and math.isfinite(x), f"{what} “{text}” is not known")
    if abs(x) < ROUNDING:
        x = 0
    need(abs(value(text) - x) <= half_unit(text) * (1 + 1e-6) + 1e-9 * abs(x), f"{what} “{text}” is {x:.6g}")
    if value(text) == 0 and zero:
        need(abs(x) < ROUNDING or "." in text, f"{what} “{text}” is {x:.6g}")


def place(text):
    return value(re.search(NUMBER, text).group())


def says_factor(text, high, low):
    if text == "far above":
        need(low < ROUNDING and high > ROUNDING, f"“far above”: {high:.3g} and {low:.3g}")
        return
    need(high > 0 and low > 0, f"“{text}” of {high:.3g} and {low:.3g}")
    need(high > low, f"“{text}”, but {high:.6g} is below {low:.6g}")
    number = re.search(NUMBER, text).group()
    if text.endswith("times"):
        need(value(number) >= 1.5, f"“{text}” is no factor for a sentence")
        says(number, high / low, "a factor")
    else:
        says(number, 100 * (high / low - 1), "per cent")


class Document:
    def __init__(self, data):
        self.data = data
        self.parameters = data["parameters"]
        self.axis = data["x"]["key"]
        self.series = {(s["id"], s.get("panel", 0)): s for s in data["series"]}
        self.fits = {(f["series"], f.get("panel", 0)): f for f in data["fits"]}

    def curve(self, name, panel=0):
        return self.series.get((name, panel))

    def test(self):
        return self.curve("test")

    def at(self, text):
        """The error at a place named."""
        test = self.test()
        x = place(text)
        unit = "width" in text or "n =" in text or "model" in text or "coordinate" in text
        near = min(range(len(test["x"])), key=lambda i: abs(math.log(test["x"][i] / x)))
        number = re.search(NUMBER, text).group()
        slack = 1e-9 * x if unit else half_unit(number) * 1.000001
        need(abs(test["x"][near] - x) <= slack, f"“{text}” is no place of the curve")
        return near

    def seeds(self):
        return self.test()["count"]


# ---- Double descent ----


def sided(y, i):
    return min(y[:i]), min(y[i + 1 :])


def highest_hump(y):
    """How far the interior stands out above both sides."""
    best = 1.0
    for i in range(1, len(y) - 1):
        left, right = sided(y, i)
        if y[i] > ROUNDING:
            best = max(best, y[i] / max(left, right, ROUNDING))
    return best


def check_peak(doc, where, factor, error, before, least=1.15):
    y = doc.test()["y"]
    i, j = doc.at(where), doc.at(before)
    need(0 < i < len(y) - 1, f"a peak at an end, {where}")
    left, right = sided(y, i)
    need(y[i] >= least * max(left, right) * (1 - 1e-9), f"no peak at {where}: {y[i]:.3g} between {left:.3g} and {right:.3g}")
    need(y[j] == left and j < i, f"the best error before {where} is {left:.6g}, not at {before}")
    says(error, left, "the best error before")
    says_factor(factor, y[i], left)
    doc.peak = i


def check_meets(doc, number):
    marker = next((m["x"] for m in doc.data["markers"] if m["id"] == "threshold"), None)
    need(marker is not None, "the rank meets n without a marker")
    need(abs(doc.test()["x"][doc.peak] - marker) <= 2, f"the marker is at {marker}")
    if number:
        says(number, doc.parameters["n-train"], "n")


def peak_at(doc, m):
    check_peak(doc, m["at"], m["factor"], m["error"], m["before"])
    if m["met"]:
        check_meets(doc, m["n"])
    elif m["n"]:
        says(m["n"], doc.parameters["n-train"], "n")


def unsure(doc, m):
    check_peak(doc, m["at"], m["factor"], m["error"], m["before"], 1.5)
    need(int(m["seeds"]) == doc.seeds()[doc.peak], "seeds")


def no_peak(doc):
    hump = highest_hump(doc.test()["y"])
    need(hump < 1.5, f"no peak, but a hump of {hump:.3g}")


def removed(doc, m):
    no_peak(doc)
    if m["ridge"]:
        says(m["ridge"], doc.parameters["ridge"], "the ridge")
    elif m["time"]:
        says(m["time"], float(doc.parameters["time"]), "the time")
    else:
        need(doc.parameters["ensemble"] != 1, "averaging of one model")


def meets_without(doc, m):
    no_peak(doc)
    marker = next((x["x"] for x in doc.data["markers"]), None)
    need(marker is not None and place(m["at"]) == marker, f"the marker is at {marker}")


def out_of_range(doc, m):
    no_peak(doc)
    groups = m.groupdict()
    if groups.get("at"):
        need(doc.at(m["at"]) in (0, len(doc.test()["x"]) - 1), f"{m['at']} is no end")
    if groups.get("rank"):
        rank, at = value(m["rank"]), groups.get("at")
        n = doc.parameters["n-train"] if doc.axis != "n-train" else place(at)
        need(rank < n, f"a rank of {rank} is not below {n}")


def half_peak(doc, m):
    no_peak(doc)
    y, i = doc.test()["y"], doc.at(m["at"])
    need(i == (len(y) - 1 if m["end"] == "ends" else 0), f"{m['at']} is not where the range {m['end']}")
    need(y[i] == max(y), "the error is higher elsewhere")


def zero_throughout(doc, m):
    need(max(doc.test()["y"]) < ROUNDING, "it is not")


def climbs(doc, m):
    y = doc.test()["y"]
    says(m["end"], y[-1], "the last error")
    i = doc.at(m["at"])
    need(y[i] == min(y), f"the error is less than at {m['at']}")
    says(m["least"], y[i], "the least error")
    says_factor(m["factor"], y[-1], y[i])


def climbs_again(doc, m):
    y = doc.test()["y"]
    i = doc.at(m["at"])
    need(doc.peak < i and y[i] == min(y[doc.peak :]), f"the descent does not end at {m['at']}")
    says(m["least"], y[i], "the least error after the peak")
    says(m["end"], y[-1], "the last error")
    says_factor(m["factor"], y[-1], y[i])


def falls_to_end(doc, m):
    y = doc.test()["y"]
    says(m["end"], y[-1], "the last error")
    need(y[-1] < y[0], f"it falls from {y[0]:.6g} to {y[-1]:.6g}")
    need(y[-1] <= 1.5 * min(y), f"it falls to {y[-1]:.3g}, but is {min(y):.3g} before")


def ends(doc, m):
    y = doc.test()["y"]
    says(m["end"], y[-1], "the last error")
    if len(y) > 1 and min(doc.seeds()) > 3 and y[-1] < 1.5 * min(y) and max(doc.test()["high"][-1], y[-1]) < min(doc.test()["low"][0], y[0]):
        need(y[-1] > y[0] / 1.5, f"it ends, but falls from {y[0]:.3g} to {y[-1]:.3g}")


def lower(doc, m):
    y = doc.test()["y"]
    says(m["end"], y[-1], "the last error")
    best = min(y[: doc.peak])
    need((y[-1] < best) == ("lower" in m.group()), f"it ends at {y[-1]:.6g} and was at {best:.6g}")
    need(y[-1] < y[doc.peak], "the second descent goes up")


def hurts(doc, m):
    i, j = doc.at(m["from"]), doc.at(m["to"])
    need(i < j and doc.test()["y"][i] < doc.test()["y"][j], "more data does not hurt there")


def noise_part(doc, m):
    need(doc.parameters["noise"] > 0, "there is no noise")


def initial_part(doc, m):
    need(doc.parameters["init-scale"] > 0, "there is no initial function")
    if m["percent"]:
        need(5 * (1 - 1e-9) - 0.05 <= value(m["percent"]) <= 100, f"{m['percent']} % is no share worth a word")


def remedy(doc, m):
    need(value(m["ridge"]) > 0, "a ridge of 0")
    need(value(m["ridge"]) > 0.99 * doc.parameters["ridge"], f"{m['ridge']} is less than the ridge there is")


# ---- Along time, ridge and ensemble ----


def rises_and_falls(doc, m):
    y = doc.test()["y"]
    i, j, k = doc.at(m["t1"]), doc.at(m["t2"]), doc.at(m["t3"])
    need(i < j < k, "the places are out of order")
    for name, at in (("e1", i), ("e2", j), ("e3", k)):
        says(m[name], y[at], "an error")
    need(y[i] == min(y[:j]) and y[k] == min(y[j:]) and y[j] > max(y[i], y[k]), "no maximum between two minima")
    need((i == 0) == ("from" in m.group()[:24]), "it falls first" if i else "it does not fall first")
    doc.after = k
    doc.peak = j


def once_more(doc, m):
    y = doc.test()["y"]
    says(m["end"], y[-1], "the last error")
    need(y[-1] > y[doc.after], "it does not rise once more")


def not_below(doc, m):
    y = doc.test()["y"]
    need(min(y[doc.peak :]) >= min(y[: doc.peak]), "the second descent ends below the first")


def flat(doc, m):
    y = doc.test()["y"]
    need(max(y) <= 1.05 * min(y), f"hardly a change from {min(y):.3g} to {max(y):.3g}")
    says(m["error"], y[-1] if "ends" in m.group() else min(y), "the error")


def one_descent(doc, m):
    y = doc.test()["y"]
    i = doc.at(m["at"])
    need(y[i] == min(y), f"the error is less than at {m['at']}")
    says(m["least"], y[i], "the least error")
    need(highest_hump(y) < 1.05, f"one descent, but a hump of {highest_hump(y):.3g}")
    need(y[0] > y[i], "it does not fall")
    if m["end"]:
        says(m["end"], y[-1], "the last error")
        says_factor(m["factor"], y[-1], y[i])
    else:
        need(y[-1] <= 1.011 * y[i], f"training on does harm: {y[-1]:.6g} after {y[i]:.6g}")


def rises_from_start(doc, m):
    y = doc.test()["y"]
    need(y[0] == min(y) and doc.at(m["at"]) == 0, "it does not rise from the beginning")
    says(m["least"], y[0], "the first error")
    says(m["end"], y[-1], "the last error")
    says_factor(m["factor"], y[-1], y[0])


def ridge_monotone(doc, m):
    y, x = doc.test()["y"], doc.test()["x"]
    i = 0 if "smaller" in m.group() else len(y) - 1
    need(y[i] == min(y) and highest_hump(y) < 1.05, "it is not the better the further")
    says(m["ridge"], x[i], "the ridge")
    says(m["error"], y[i], "the error")
    if m["factor"]:
        says(m["least"], x[0], "the least ridge")
        says(m["first"], y[0], "the error there")
        says_factor(m["factor"], y[0], y[i])


def ridge_best(doc, m):
    y, x = doc.test()["y"], doc.test()["x"]
    i = y.index(min(y))
    says(m["ridge"], x[i], "the best ridge")
    says(m["error"], y[i], "the error")
    if m["factor"]:
        says(m["least"], x[0], "the least ridge")
        says(m["first"], y[0], "the error there")
        says_factor(m["factor"], y[0], y[i])


def ridge_peak(doc, m):
    y, x = doc.test()["y"], doc.test()["x"]
    top = max(range(1, len(y) - 1), key=lambda i: y[i] / max(sided(y, i)))
    says(m["error"], y[top], "the peak")
    says(m["ridge"], x[top], "its ridge")
    need(highest_hump(y) >= 1.04, "no peak along the ridge")


def ensemble_first(doc, m):
    says(m["error"], doc.test()["y"][0], "the first error")
    need(doc.test()["x"][0] == (place(m["few"]) if m["few"] else 1), "the first place")


def ensemble_last(doc, m):
    y = doc.test()["y"]
    need(doc.at(m["many"]) == len(y) - 1, f"{m['many']} is not the end")
    says(m["error"], y[-1], "the last error")
    need(value(m["all"]) <= y[-1] + half_unit(m["all"]), f"infinitely many are worse: {m['all']} after {y[-1]:.6g}")
    if m["factor"]:
        need(doc.test()["x"][0] == 1, "there is no single one")
        says_factor(m["factor"], y[0], y[-1])


# ---- Learning curves ----


def last_of(doc, name, panel):
    curve = doc.curve(name, panel)
    if curve is None:
        raise Hidden
    return curve["x"][-1], curve["y"][-1]


def ratio(doc, m):
    n, mirrored = last_of(doc, "mirrored", 0)
    standard = last_of(doc, "standard", 0)[1]
    says(m["n"], n, "n")
    says(m["zero"], mirrored, "the mirrored error")
    says(m["random"], standard, "the standard error")
    if m["times"]:
        need(mirrored > ROUNDING, "better than rounding")
        need(value(m["times"]) > 1, "better, but not by a factor above 1")
        says(m["times"], standard / mirrored, "the factor")
    else:
        need(standard < 1.0501 * mirrored, f"no better, but {standard / mirrored:.4g} times")


def exact(doc, m):
    n, mirrored = last_of(doc, "mirrored", doc.panel)
    says(m["n"], n, "n")
    need(mirrored < ROUNDING, f"an error of {mirrored:.3g} is not exact")
    if m["random"]:
        says(m["random"], last_of(doc, "standard", doc.panel)[1], "the standard error")
    elif "both" in m.group():
        need(last_of(doc, "standard", doc.panel)[1] < ROUNDING, "the standard start is not exact")


def alone(doc, m):
    n, error = last_of(doc, "mirrored", 0)
    says(m["n"], n, "n")
    says(m["error"], error, "the error")
    need(doc.curve("standard") is None, "there is a standard curve")


def says_slope(text, fit):
    front, *rest = text.split(" ± ")
    says(front, fit["slope"], "the slope", zero=False)
    if rest:
        half = (fit["high"] - fit["low"]) / 2
        says(rest[0], half, "its interval")
        need(half_unit(front) <= half + 1e-12, f"{text} has fewer digits than its interval {half:.3g}")
    else:
        need(fit["high"] is None or fit["high"] - fit["low"] < 0.001, "the interval is left out")


def slopes(doc, m):
    panel = doc.panel
    says_slope(m["mirrored"], doc.fits["mirrored", panel])
    if m["standard"]:
        says_slope(m["standard"], doc.fits["standard", panel])


def limit_of(text):
    text = text.replace("−", "-")
    if "/" in text:
        a, b = text.split("/")
        return int(a) / int(b)
    return float(text)


def limits(doc, m):
    names = {"zero": "mirrored", "random": "standard"}
    for group, name in names.items():
        if m.groupdict().get(group):
            fit = doc.fits[name, doc.panel]
            need(abs(limit_of(m[group]) - fit["limit"]) < 0.0051, f"the limit {m[group]} is {fit['limit']}")
            if "pre-asymptotic" in m.group():
                need(abs(fit["slope"] - fit["limit"]) > 0.049, f"at its limit: {fit['slope']:.4g}")


def drift(doc, m):
    says(m["here"], doc.fits["standard", 0]["theory"], "the slope of theory")
    theory = doc.curve("mean-field-standard")
    if theory is None:
        return
    (x0, x1), (y0, y1) = theory["x"][-2:], theory["y"][-2:]
    says(m["far"], x1, "the reach")
    says(m["there"], math.log(y1 / y0) / math.log(x1 / x0), "its slope there")


def window(doc, m):
    fits = list(doc.fits.values())
    inside = [
        [x for x in doc.curve(f["series"], f.get("panel", 0))["x"] if f["from"] <= x <= f["to"]]
        for f in fits
        if doc.curve(f["series"], f.get("panel", 0))
    ]
    words = m.group()
    if "three points" in words:
        need(any(len(x) < 3 for x in inside), "three points are in it")
    elif "factor of four" in words:
        need(any(len(x) and x[-1] < 4 * x[0] for x in inside), "it spans a factor of four")
    elif "single seed" in words:
        need(any(f["low"] is None for f in fits), "there are intervals")
    else:
        need(any(f["low"] is not None and f["high"] - f["low"] > 0.1999 for f in fits), "the intervals are narrow")


def fits_noise(doc, m):
    p = doc.parameters
    need(p["stop"] == "end" and p["noise"] > 0 and p["ridge"] == 0, "the noise is not fitted")


def panel(doc, m):
    doc.panel = next(s.get("panel", 0) for s in doc.data["series"] if s.get("dim", doc.parameters["dim"]) == int(m["dim"]))


def panel_ratio(doc, m):
    n, mirrored = last_of(doc, "mirrored", doc.panel)
    standard = last_of(doc, "standard", doc.panel)[1]
    says(m["n"], n, "n")
    if m["times"]:
        need(mirrored > ROUNDING, "better than rounding")
        need(value(m["times"]) > 1, "better, but not by a factor above 1")
        says(m["times"], standard / mirrored, "the factor")
    else:
        need(standard < 1.0501 * mirrored, f"no better, but {standard / mirrored:.4g} times")


def pre_asymptotic(doc, m):
    need(
        any(f["limit"] is not None and abs(f["slope"] - f["limit"]) > 0.049 for f in doc.fits.values()),
        "all slopes are at their limits",
    )


def nothing(doc, m):
    pass


SLOPE = rf"{NUMBER}(?: ± {NUMBER})?"
LIMIT = r"−?[0-9]+(?:/[0-9]+|\.[0-9]+)?"

# ---- What sentences there are: words, and what holds ----

RULES = [
    (r"Peak at (?P<at>PLACE)(?: \(n = (?P<n0>NUM)\)|(?P<met>, where (?:n meets the rank|the rank meets n = (?P<n>NUM))))?: "
     r"(?P<factor>FACTOR) the best error before it \((?P<error>NUM) at (?P<before>PLACE)\)\.", peak_at),
    (r"No sure peak: a hump at (?P<at>PLACE) is (?P<factor>FACTOR) the best error before it \((?P<error>NUM) at "
     r"(?P<before>PLACE)\), (?:and (?P<seeds1>1) seed does not tell whether that is chance|with (?P<seeds>NUM) seeds not "
     r"beyond their scatter)\.", unsure),
    (r"No peak: (?:the ridge of (?P<ridge>NUM) has removed it|stopping at t = (?P<time>NUM) has removed it|averaging has "
     r"removed that of a single model)\.", removed),
    (r"No peak, though (?:the rank meets n = NUM|n meets the rank) at (?P<at>PLACE)\.", meets_without),
    (r"No peak in this range: at its end, (?P<at>PLACE), the rank is (?P<rank>NUM), below n = NUM\.", out_of_range),
    (r"No peak in this range: from its beginning, (?P<at>PLACE), there are more points than the rank, (?P<rank>NUM)\.",
     out_of_range),
    (r"No peak in this range: (?:from its beginning|up to its end), (?P<at>PLACE), the model interpolates all (?:n = NUM )?"
     r"points\.", out_of_range),
    (r"No peak: at infinite width the rank is n, however many points there are\.", out_of_range),
    (r"The range (?P<end>ends|begins) where the peak would be: at (?P<at>PLACE) the rank meets the number of points\.",
     half_peak),
    (r"The error climbs to (?P<end>NUM) at the end, (?P<factor>FACTOR) its least \((?P<least>NUM) at (?P<at>PLACE)\)\.",
     climbs),
    (r"The second descent ends at (?P<least>NUM), at (?P<at>PLACE), and the error climbs again to (?P<end>NUM) at the end, "
     r"(?P<factor>FACTOR) that\.", climbs_again),
    (r"The error falls to (?P<end>NUM) at the end\.", falls_to_end),
    (r"The error ends at (?P<end>NUM)\.", ends),
    (r"The second descent ends lower, at (?P<end>NUM)\.", lower),
    (r"The second descent ends at (?P<end>NUM), not below the first\.", lower),
    (r"More data hurts between (?P<from>PLACE) and (?P<to>PLACE)\.", hurts),
    (r"(?:Almost none|A tenth|A fifth|A quarter|A third|Two fifths|Half|Three fifths|Two thirds|Three quarters|Four fifths|"
     r"Nine tenths|Almost all) of it is noise\.", noise_part),
    (r"The initial function (?:makes up|costs nothing before the peak, and makes up) (?P<percent>NUM) %(?: of the error at "
     r"the end)?\.", initial_part),
    (r"Most of (?:it|the rest) comes from (?:the draw of the weights|the sampling of the data|the coordinates left out, which "
     r"act as noise)\.", nothing),
    (r"A ridge of (?P<ridge>NUM) removes the peak\.", remedy),
    (r"The error (?:falls to|rises from) (?P<e1>NUM) at (?P<t1>PLACE)(?:, rises)? to (?P<e2>NUM) at (?P<t2>PLACE) and falls "
     r"(?:again|after that), to (?P<e3>NUM) at (?P<t3>PLACE)\.", rises_and_falls),
    (r"It rises once more, to (?P<end>NUM) at the end\.", once_more),
    (r"The second descent does not end below the first\.", not_below),
    (r"Noise makes up NUM % of the maximum\.", noise_part),
    (r"The error hardly changes with time: it ends at (?P<error>NUM)\.", flat),
    (r"The ridge hardly matters: the error is (?P<error>NUM) with the best\.", flat),
    (r"One descent: the error (?:falls to (?P<least1>NUM) at (?P<at1>PLACE), and training on does no harm|is least, "
     r"(?P<least>NUM), at (?P<at>PLACE)\. Training on costs: it ends at (?P<end>NUM), (?P<factor>FACTOR) the least)\.",
     one_descent),
    (r"The error rises from the beginning, (?P<least>NUM) at (?P<at>PLACE): it ends at (?P<end>NUM), (?P<factor>FACTOR) that\.",
     rises_from_start),
    (r"The smaller the ridge the better: at the smallest one, (?P<ridge>NUM), the error is (?P<error>NUM)\.(?P<factor>(?!))?",
     ridge_monotone),
    (r"The larger the ridge the better: at the largest one, (?P<ridge>NUM), the error is (?P<error>NUM)\. At the smallest one, "
     r"(?P<least>NUM), it is (?P<first>NUM): (?P<factor>FACTOR) the best\.", ridge_monotone),
    (r"The smallest ridge, (?P<ridge>NUM), is the best: the error is (?P<error>NUM)\.(?P<factor>(?!))?", ridge_best),
    (r"The best ridge is (?P<ridge>NUM), with an error of (?P<error>NUM)\. At the smallest one, (?P<least>NUM), the error is "
     r"(?P<first>NUM): (?P<factor>FACTOR) the best\.", ridge_best),
    (r"There is a peak along the ridge too: (?P<error>NUM) at (?P<ridge>NUM)\.", ridge_peak),
    (r"(?:A single model|The mean of (?P<few>PLACE)) has an error of (?P<error>NUM)\.", ensemble_first),
    (r"The mean of (?P<many>PLACE) has (?P<error>NUM)(?: \(a single one (?P<factor>FACTOR) that\))?; infinitely many would have "
     r"(?P<all>NUM)\.", ensemble_last),
    (r"At n = (?P<n>NUM) a mirrored start is (?:(?P<times>NUM) times better|no better) than a random one \((?P<zero>NUM) against "
     r"(?P<random>NUM)\)\.", ratio),
    (r"At n = (?P<n>NUM) (?:both starts are exact to rounding|a mirrored start is exact to rounding, and a random one has an "
     r"error of (?P<random>NUM))\.", exact),
    (r"mirrored exact to rounding at n = (?P<n>NUM)", exact),
    (r"The error is zero but for rounding\.", zero_throughout),
    (r"At n = (?P<n>NUM) the error is (?P<error>NUM)\.", alone),
    (rf"(?:Its slope is|Slopes: mirrored) (?P<mirrored>{SLOPE})(?:, standard (?P<standard>{SLOPE}))?\.", slopes),
    (rf"The mirrored slope is pre-asymptotic: its limit is (?P<zero>{LIMIT}), far beyond these n\.", limits),
    (rf"The standard slope is pre-asymptotic: its limit is (?P<random>{LIMIT}), far beyond these n\.", limits),
    (rf"Both are pre-asymptotic: their limits are (?P<zero>{LIMIT}) and (?P<random>{LIMIT}), far beyond these n\.", limits),
    (r"Theory has (?P<here>NUM) here for the standard one, and (?P<there>NUM) at n = (?P<far>NUM)\.", drift),
    (r"The window of the fit is too short(?:: fewer than three points are in it| for its interval: widen it, or average over more "
     r"seeds|: it spans less than a factor of four in n)\.", window),
    (r"A single seed gives no interval: average over more\.", window),
    (r"Trained to the end the noise is fitted too: the error does not go to zero\.", fits_noise),
    (r"D = (?P<dim>[0-9]+):", panel),
    (r"mirrored (?:(?P<times>NUM) times better|no better) at n = (?P<n>NUM)", panel_ratio),
    (rf"; slopes: mirrored (?P<mirrored>{SLOPE}), standard (?P<standard>{SLOPE})", slopes),
    (rf"\(limits (?P<zero>{LIMIT}), (?P<random>{LIMIT})\)", limits),
    (rf"slope (?P<mirrored>{SLOPE})(?P<standard>(?!))?\.", slopes),
    (r"no slope\.", nothing),
    (r"\.", nothing),
    (r"Pre-asymptotic: the limits are far beyond these n\.", pre_asymptotic),
]


def compiled(pattern):
    for word, meaning in WORDS.items():
        pattern = re.sub(rf"\b{word}\b", lambda m: meaning, pattern)
    return re.compile(pattern)


RULES = [(compiled(pattern), check) for pattern, check in RULES]

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


def check_tokens(text):
    for pattern, words in FORBIDDEN:
        found = re.search(pattern, text, re.IGNORECASE)
        need(not found, f"{words}: “{found and found.group()}”")
    for number in re.findall(rf"(?<![0-9.⁻⁰¹²³⁴⁵⁶⁷⁸⁹]){NUMBER}", text):
        need(value(number) == 0 or abs(value(number)) > ROUNDING, f"{number} is below rounding")


def check_verdict(doc):
    rest = doc.data["verdict"].strip()
    can = doc.test() is not None if doc.data["exhibit"] == "double-descent" else doc.curve("mirrored") is not None
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
    found = re.search(r"(?:test|:) ?(?:≈ )?(\S+) +\((\S+) – (\S+)[,)]", text)
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
    ("Theory for D → ∞ is off", lambda doc: doc.curve("asymptotic")),
    ("The lower bound holds for the mean part", lambda doc: doc.curve("lower-bound")),
    ("Theory is the limit of many samples", lambda doc: doc.parameters["model"] == "linear" and doc.curve("finite-d")),
    ("Theory is exact for the mean", lambda doc: doc.parameters["inputs"] == "gaussian" and is_minimum_norm(doc)),
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
        attempt(name, text, check_tokens, text)
    for text in data.get("readings", []):
        attempt("reading", text, check_bands, text)
    for note in data["notes"]:
        attempt("note", note, check_note, doc, note)
    for marker in data["markers"]:
        number = marker["label"].split(" = ")[-1]
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
