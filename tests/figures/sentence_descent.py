"""What double descent says, and when it holds."""

from sentence_numbers import ROUNDING, half_unit, need, nothing, place, says, says_factor, value


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
    if len(y) > 1 and min(doc.seeds()) > 7 and y[-1] < 1.5 * min(y) and max(doc.test()["high"][-1], y[-1]) < min(doc.test()["low"][0], y[0]):
        need(y[-1] > y[0] / 1.5, f"it ends, but falls from {y[0]:.3g} to {y[-1]:.3g}")


def lower(doc, m):
    y = doc.test()["y"]
    says(m["end"], y[-1], "the last error")
    best = min(y[: doc.peak])
    need((y[-1] < best) == ("lower" in m.group()), f"it ends at {y[-1]:.6g} and was at {best:.6g}")
    need(y[-1] < y[doc.peak], "the second descent goes up")


def as_low(doc, m):
    y = doc.test()["y"]
    says(m["end"], y[-1], "the last error")
    best = min(y[: doc.peak])
    need(max(y[-1], best) <= 1.0201 * min(y[-1], best), f"it ends at {y[-1]:.6g} and was at {best:.6g}")


def hurts(doc, m):
    i, j = doc.at(m["from"]), doc.at(m["to"])
    need(i < j and doc.test()["y"][i] < doc.test()["y"][j], "more data does not hurt there")


# What is said of a share, and what the curve loses once it is switched off, differ by no more than this.
AGREES = 0.1

FRACTIONS = {
    "Almost none": (0, 0.05), "A tenth": (0.05, 0.15), "A fifth": (0.15, 0.225), "A quarter": (0.225, 0.29),
    "A third": (0.29, 0.365), "Two fifths": (0.365, 0.45), "Half": (0.45, 0.55), "Three fifths": (0.55, 0.635),
    "Two thirds": (0.635, 0.71), "Three quarters": (0.71, 0.775), "Four fifths": (0.775, 0.85),
    "Nine tenths": (0.85, 0.95), "Almost all": (0.95, 1),
}


def loses(doc, name, at, low, high):
    """What the curve loses there without noise or without a start."""
    lost = 1 - doc.data[name][at] / doc.test()["y"][at]
    need(low - AGREES - 1e-9 <= lost <= high + AGREES + 1e-9, f"{name} {lost:.3g} is lost, not {low:.3g} to {high:.3g}")


def noise_part(doc, m):
    need(doc.parameters["noise"] > 0, "there is no noise")
    at = 0 if doc.axis in ("ridge", "ensemble") else doc.peak
    if m["percent"]:
        share = value(m["percent"]) / 100
        loses(doc, "without-noise", at, share - 0.005, share + 0.005)
    else:
        loses(doc, "without-noise", at, *FRACTIONS[m.group().split(" of it is")[0]])


def initial_part(doc, m):
    need(doc.parameters["init-scale"] > 0, "there is no initial function")
    share = value(m["percent"]) / 100
    need(0.05 * (1 - 1e-9) - 0.0005 <= share <= 1, f"{m['percent']} % is no share worth a word")
    ends = "at the end" in m.group()
    loses(doc, "without-start", -1 if ends else 0 if doc.axis in ("ridge", "ensemble") else doc.peak, share - 0.005,
          share + 0.005)


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
        need(y[-1] <= 1.0201 * y[i], f"training on does harm: {y[-1]:.6g} after {y[i]:.6g}")


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


def ridge_alike(doc, m):
    y, x = doc.test()["y"], doc.test()["x"]
    i = y.index(min(y))
    need(y[0] <= 1.0201 * y[i], f"the smallest ridge has {y[0]:.6g}, the best {y[i]:.6g}")
    need(max(y) > 1.04 * y[i], "the error is flat")
    says(m["ridge"], x[i], "the best ridge")
    says(m["error"], y[i], "the error")
    says(m["least"], x[0], "the least ridge")


def ridge_costs(doc, m):
    y = doc.test()["y"]
    says(m["end"], y[-1], "the last error")
    says_factor(m["factor"], y[-1], min(y))


def ridge_peak(doc, m):
    y, x = doc.test()["y"], doc.test()["x"]
    top = max(range(1, len(y) - 1), key=lambda i: y[i] / max(sided(y, i)))
    says(m["error"], y[top], "the peak")
    says(m["ridge"], x[top], "its ridge")
    need(highest_hump(y) >= 1.04, "no peak along the ridge")


def ensemble_first(doc, m):
    need(m["few"] or "in the mean" in m.group(), "of single models it is the mean")
    says(m["error"], doc.test()["y"][0], "the first error")
    need(doc.test()["x"][0] == (place(m["few"]) if m["few"] else 1), "the first place")


def ensemble_last(doc, m):
    y = doc.test()["y"]
    need(doc.at(m["many"]) == len(y) - 1, f"{m['many']} is not the end")
    says(m["error"], y[-1], "the last error")
    if m["all"]:
        need(value(m["all"]) <= y[-1] + half_unit(m["all"]), f"infinitely many are worse: {m['all']} after {y[-1]:.6g}")
    if m["factor"]:
        need(doc.test()["x"][0] == 1, "there is no single one")
        says_factor(m["factor"], y[0], y[-1])


# Words, and what holds where they stand.
RULES = [
    (r"Peak at (?P<at>PLACE)(?: \(n = (?P<n0>NUM)\)|(?P<met>, where (?:n meets the rank|the rank meets n = (?P<n>NUM))))?: "
     r"(?P<factor>FACTOR) the best error before it \((?P<error>NUM) at (?P<before>PLACE)\)\.", peak_at),
    (r"No sure peak: a hump at (?P<at>PLACE) is (?P<factor>FACTOR) the best error before it \((?P<error>NUM) at "
     r"(?P<before>PLACE)\), (?:and (?P<seeds1>1) seed does not tell whether that is chance|with (?P<seeds>NUM) seeds not "
     r"beyond their scatter)\.", unsure),
    (r"No peak: (?:the ridge of (?P<ridge>NUM) has removed it|stopping at t = (?P<time>NUM) has removed it|averaging has "
     r"removed that of single models)\.", removed),
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
    (r"The second descent ends where the first did, at (?P<end>NUM)\.", as_low),
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
    (r"Noise makes up (?P<percent>NUM) % of the maximum\.", noise_part),
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
    (r"A small ridge makes no difference here: the error is (?P<error>NUM) with the best, (?P<ridge>NUM), and within 2 % of that "
     r"with the smallest, (?P<least>NUM)\.", ridge_alike),
    (r"A large one costs: the error ends at (?P<end>NUM), (?P<factor>FACTOR) the best\.", ridge_costs),
    (r"There is a peak along the ridge too: (?P<error>NUM) at (?P<ridge>NUM)\.", ridge_peak),
    (r"(?:Single models have|The mean of (?P<few>PLACE) has) an error of (?P<error>NUM)(?: in the mean)?\.", ensemble_first),
    (r"The mean of (?P<many>PLACE) has (?P<error>NUM)(?: \(single ones (?P<factor>FACTOR) that\))?; infinitely many would have "
     r"(?P<all>NUM)\.", ensemble_last),
    (r"The mean of (?P<many>PLACE) has (?P<error>NUM)\.", ensemble_last),
    (r"The error is zero but for rounding\.", zero_throughout),
]
