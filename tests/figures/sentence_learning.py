"""What learning curves say, and when it holds."""

import math

from sentence_numbers import NUMBER, ROUNDING, Hidden, half_unit, need, nothing, says, value

SLOPE = rf"{NUMBER}(?: ± {NUMBER})?"
LIMIT = r"−?[0-9]+(?:/[0-9]+|\.[0-9]+)?"


def last_of(doc, name, panel):
    curve = doc.curve(name, panel)
    if curve is None:
        raise Hidden
    return curve["x"][-1], curve["y"][-1]


def alike(low, high):
    """No difference worth a word: 5 %, or what is written as the same number."""
    return high < 1.0501 * low or f"{low:.1e}" == f"{high:.1e}"


def ratio(doc, m):
    n, mirrored = last_of(doc, "mirrored", 0)
    standard = last_of(doc, "standard", 0)[1]
    says(m["n"], n, "n")
    says(m["zero"], mirrored, "the mirrored error")
    says(m["random"], standard, "the standard error")
    if m["times"]:
        need(mirrored > ROUNDING, "better than rounding")
        need(value(m["times"]) > 1, "better, but not by a factor above 1")
        need(m["zero"] != m["random"], "a factor between equal numbers")
        says(m["times"], standard / mirrored, "the factor")
    else:
        need(alike(mirrored, standard), f"no better, but {standard / mirrored:.4g} times")


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


def limits_equal(doc, m):
    limits(doc, m)
    need(doc.fits["mirrored", doc.panel]["limit"] == doc.fits["standard", doc.panel]["limit"], "the limits differ")
    need(abs(doc.fits["standard", doc.panel]["slope"] - limit_of(m["zero"])) > 0.049, "the standard slope is at its limit")


def noise_at(doc, m):
    says(m["n"], last_of(doc, "mirrored", 0)[0], "n")


def drift(doc, m):
    says(m["here"], doc.fits["standard", 0]["theory"], "the slope of theory")
    theory = doc.curve("mean-field-standard")
    if theory is None:
        return
    (x0, x1), (y0, y1) = theory["x"][-2:], theory["y"][-2:]
    says(m["far"], x1, "the reach")
    says(m["there"], math.log(y1 / y0) / math.log(x1 / x0), "its slope there")


def slope_range(doc, m):
    fits = list(doc.fits.values())
    inside = [
        [x for x in doc.curve(f["series"], f.get("panel", 0))["x"] if f["from"] <= x <= f["to"]]
        for f in fits
        if doc.curve(f["series"], f.get("panel", 0))
    ]
    words = m.group()
    p, fit = doc.parameters, fits[0]
    whole = fit["from"] <= p["from"] and fit["to"] >= p["to"]
    if "above rounding" in words:
        return
    need(("The range" in words) != whole or "single seed" in words, f"{whole} that the range is the whole axis")
    if "three points" in words:
        need(any(len(x) < 3 for x in inside), "three points are in it")
    elif "factor of four" in words:
        need(any(len(x) and x[-1] < 4 * x[0] for x in inside), "it spans a factor of four")
    elif "single seed" in words:
        need(any(f["low"] is None for f in fits), "there are intervals")
    else:
        need(any(f["low"] is not None and f["high"] - f["low"] > 0.1999 for f in fits), "the intervals are narrow")


def is_cut(doc):
    return any(note.startswith("The cut-off decides") for note in doc.data["notes"])


def fits_noise(doc, m):
    p = doc.parameters
    need(p["stop"] == "end" and p["noise"] > 0 and p["ridge"] == 0, "the noise is not fitted")
    need(is_cut(doc) == ("would be" in m.group()), "the cut-off decides" if is_cut(doc) else "nothing is cut off")


def with_ridge(doc, m):
    p = doc.parameters
    need(p["stop"] == "end" and p["noise"] > 0 and p["ridge"] > 0, "there is no ridge")


def at_edge(doc, m):
    p = doc.parameters
    need(p["stop"] == ("ridge" if "ridge" in m.group() else "best"), "nothing is searched")
    if m["n"]:
        says(m["n"], last_of(doc, "mirrored", doc.panel)[0], "n")


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
        need(alike(mirrored, standard), f"no better, but {standard / mirrored:.4g} times")


def judged(doc, m, name, both=False):
    """A limit, and whether the slope is before it: by itself, and only where its range tells enough."""
    fit = doc.fits[name, doc.panel]
    need(fit["limit"] is not None and abs(limit_of(m["limit"]) - fit["limit"]) < 0.0051, f"the limit is {fit['limit']}")
    far = abs(fit["slope"] - fit["limit"])
    half = (fit["high"] - fit["low"]) / 2 if fit["high"] is not None else 0
    if "pre-asymptotic" in m.group():
        need(far > max(0.049, 0.999 * half), f"at its limit: {fit['slope']:.4g}")
    elif fit["high"] is not None and half < 0.0999 and fit["to"] > 4.1 * fit["from"]:
        inside = [x for x in doc.curve(name, doc.panel)["x"] if fit["from"] <= x <= fit["to"]] if doc.curve(name, doc.panel) else []
        need(len(inside) < 3 or inside[-1] < 4 * inside[0] or far <= max(0.0501, 1.001 * half), f"not at its limit: {fit['slope']:.4g}")


def panel_slope(doc, m):
    says_slope(m["slope"], doc.fits[m["name"] or "mirrored", doc.panel])
    if m["limit"]:
        for name in ("mirrored", "standard") if "both" in m.group() else (m["name"] or "mirrored",):
            judged(doc, m, name)


JUDGED = rf"(?: \((?:(?:both )?pre-asymptotic, limit|limit of both|limit) (?P<limit>{LIMIT})\))?"

# Words, and what holds where they stand.
RULES = [
    (r"At n = (?P<n>NUM) a mirrored start is (?:(?P<times>NUM) times better|no better) than a random one \((?P<zero>NUM) against "
     r"(?P<random>NUM)\)\.", ratio),
    (r"At n = (?P<n>NUM) (?:both starts are exact to rounding|a mirrored start is exact to rounding, and a random one has an "
     r"error of (?P<random>NUM))\.", exact),
    (r"mirrored exact to rounding at n = (?P<n>NUM)", exact),
    (r"At n = (?P<n>NUM) the error is (?P<error>NUM)\.", alone),
    (rf"(?:Its slope is|Slopes: mirrored) (?P<mirrored>{SLOPE})(?:, standard (?P<standard>{SLOPE}))?\.", slopes),
    (rf"The mirrored slope is pre-asymptotic: its limit is (?P<zero>{LIMIT}), far beyond these n\.", limits),
    (rf"The standard slope is pre-asymptotic: its limit is (?P<random>{LIMIT}), far beyond these n\.", limits),
    (rf"Both are pre-asymptotic: the limit of either is (?P<zero>{LIMIT}), far beyond these n\.", limits_equal),
    (rf"It is pre-asymptotic: the limit of the slope is (?P<zero>{LIMIT}), far beyond these n\.", limits),
    (rf"Both are pre-asymptotic: their limits are (?P<zero>{LIMIT}) and (?P<random>{LIMIT}), far beyond these n\.", limits),
    (r"Theory has (?P<here>NUM) here for the standard one, and (?P<there>NUM) at n = (?P<far>NUM)\.", drift),
    (r"The range of the slope is too short(?:: fewer than three points are in it| for its interval: widen it, or average over more "
     r"seeds|: it spans less than a factor of four in n)\.", slope_range),
    (r"A single seed gives no interval: average over more\.", slope_range),
    (r"The interval of a slope is wide: average over more seeds, or take a longer axis\.", slope_range),
    (r"The axis is too short for a slope: it spans less than a factor of four in n\.", slope_range),
    (r"The axis has fewer than three points, too few for a slope: take more points\.", slope_range),
    (r"No slope can be told: fewer than three errors in its range are above rounding\.", slope_range),
    (r"At n = (?P<n>NUM) the best (?:ridge|time) lies at the edge of those tried: the error may be lower beyond it, and slopes and "
     r"factors tell of the search\.", at_edge),
    (r"the best (?:ridge|time) lies at the edge of those tried\.(?P<n>(?!))?", at_edge),
    (r"Trained to the end the noise is fitted too: the error does not go to zero\.", fits_noise),
    (r"Trained to the end the noise is fitted too, and overfitting is (?:catastrophic: but for the cut-off, what noise costs would "
     r"grow without bound|tempered: noise costs (?:NUM|a finite multiple of) σ² in the limit)\.", fits_noise),
    (r"Trained to the end overfitting would be (?:catastrophic but for the cut-off: what noise costs would grow without bound|"
     r"tempered but for the cut-off: noise would cost (?:NUM|a finite multiple of) σ² in the limit)\.", fits_noise),
    (r"With the ridge overfitting is benign: what noise costs goes to zero as n grows\.", with_ridge),
    (r"At n = (?P<n>NUM) it costs NUM σ²\.", noise_at),
    (r"D = (?P<dim>[0-9]+):", panel),
    (r"mirrored (?:(?P<times>NUM) times better|no better) at n = (?P<n>NUM)", panel_ratio),
    (rf"(?:; slopes: |, )(?P<name>mirrored|standard) (?P<slope>{SLOPE}){JUDGED}", panel_slope),
    (rf"slope (?P<slope>{SLOPE}){JUDGED}(?P<name>(?!))?\.", panel_slope),
    (r"no slope\.", nothing),
    (r"\.", nothing),
]
