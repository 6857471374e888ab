"""Where theories hold: classes, the rules that predict them, and the document that says so."""
import math
import sys

CLASSES = ("5 %", "20 %", "worse")
KINKED = ("relu", "leaky-relu", "abs")
DEGREES = {"linear": 1, "quadratic": 2, "published": 2, "mixed": 2, "cosine": math.inf, "teacher": math.inf}
DEFAULTS = {"double-descent": {"noise": "0.5", "init-scale": "0", "dim": "10", "width": "100"},
            "learning-curve": {"noise": "0.3", "init-scale": "1", "dim": "6", "stop": "best"}}


class Row:
    """A setting at one place: what was simulated, what theory says, and the class of their ratio."""

    def __init__(self, theory, group, series, x, mean, error, value):
        self.theory, self.group, self.series, self.x = theory, group, series, x
        self.mean, self.error, self.value = mean, error, value
        self.ratio = mean / value if value else math.inf
        off = abs(self.ratio - 1) if theory != "lower-bound" else max(0, 1 - self.ratio)
        self.measured = CLASSES[0] if off <= 0.05 else CLASSES[1] if off <= 0.2 else CLASSES[2]
        at = {"activation": "relu", "target": "linear", "ridge": "0", "time": "inf", "inputs": "sphere",
              "depth": "1", "kernel": "ntk", **DEFAULTS[group.exhibit], **group.options, group.axis: x}
        self.at = at
        self.dim, self.n, self.ridge = int(at["dim"]), float(at.get("n-train", 200)), float(at["ridge"])
        self.noise, self.time = float(at["noise"]), float(at["time"])
        self.kinked = at["activation"] in KINKED
        self.degree = DEGREES[at["target"]]
        self.width = float(at.get("width", 0) if at.get("width") != "inf" else math.inf)
        self.stop = at.get("stop", "time" if math.isfinite(self.time) else "end")
        self.starts = series == "standard"
        self.relative_error = error / abs(mean) if mean else math.inf

    def options(self):
        hidden = {"from", "to", "points"}
        return " ".join(f"-p {k}={v}" for k, v in self.group.shown.items() if k not in hidden)


# ---- Rules: never a better class than the one measured ----

WITHIN_5, WITHIN_20, WORSE = CLASSES


def features(r):
    q = r.width / r.n
    if r.ridge >= 1e-3 and r.dim >= 5 and r.n >= 30:
        return WITHIN_5
    if r.ridge >= 1e-4:
        return WITHIN_5 if q >= 2 and r.dim >= 5 and r.n >= 30 else WITHIN_20
    if r.ridge >= 1e-6:
        return WITHIN_20 if r.dim >= (4 if r.ridge >= 1e-5 else 8) else WORSE
    gap = abs(r.width - r.n)
    if r.dim < (6 if r.kinked else 10) or gap < 10 or (r.n < 100 and 2 / 3 < q < 1.5) or (r.n < 30 and q < 1):
        return WORSE
    return WITHIN_5 if r.dim >= 15 and q >= (1.5 if r.n >= 100 else 2) else WITHIN_20


def linear(r):
    filtered = r.ridge >= 1e-3 or r.time <= 1000
    if filtered:
        return WITHIN_5 if r.dim >= 5 else WITHIN_20
    if r.at["inputs"] == "gaussian" and r.ridge == 0:
        return WITHIN_5
    gap = abs(r.n - min(r.width, r.dim))
    if gap < 5:
        return WORSE
    return WITHIN_5 if r.dim >= 5 and gap >= (40 if r.at["inputs"] == "two-scale" else 12) else WITHIN_20


def mean_field(r):
    starts = r.series == "standard" or (r.series == "test" and float(r.at["init-scale"]) > 0)
    if r.ridge >= 0.01 or r.time <= 100 or (r.stop in ("best", "ridge") and r.noise >= 0.3):
        if r.degree > 1 and r.dim < 5:
            return WITHIN_20 if r.n >= 200 else WORSE
        if r.n < (30 if r.noise > 0 or starts else 60):
            return WITHIN_20 if r.degree == 1 and r.noise > 0 else WORSE
        settled = r.n >= (60 if r.degree == 1 else 200) and (r.stop != "ridge" or starts)
        return WITHIN_5 if settled else WITHIN_20
    smooth = not r.kinked and r.ridge < 1e-4
    if r.noise >= 0.1 or (r.noise >= 0.03 and r.n >= 200):
        if r.dim < (6 if smooth or r.at["kernel"] == "nngp" or r.n < 30 else 3):
            return WORSE
        least = 8 if smooth else 6 if r.noise < 0.3 or not r.kinked or r.n < 60 else 3
        settled = r.n >= (3 * r.dim if r.noise >= 0.3 else 200)
        return WITHIN_5 if r.dim >= least and settled and r.at["kernel"] == "ntk" else WITHIN_20
    if r.dim >= 11:
        return WITHIN_5 if starts and r.n >= 3 * r.dim else WITHIN_20
    return WITHIN_20 if starts and r.dim >= (5 if r.kinked else 6) else WORSE


def asymptotic_features(r):
    q = r.width / r.n
    if r.dim < 20:
        return WORSE
    if r.ridge >= 0.01:
        return WITHIN_5
    if r.ridge < 1e-4 and (2 / 3 < q < 1.5 or (q >= 1.5 and r.dim < 40)):
        return WORSE
    return WITHIN_5 if r.dim >= 80 and q >= 4 else WITHIN_20


def asymptotic_linearised(r):
    q = r.width / r.n
    if r.ridge >= 0.01:
        return WITHIN_5 if r.dim >= 40 and (q >= 4 or r.ridge >= 0.1) else WITHIN_20 if r.dim >= 20 else WORSE
    return WITHIN_5 if not r.kinked and r.dim >= 60 and q >= 2 else WITHIN_20 if r.dim >= 30 else WORSE


def ensemble_limit(r):
    if r.ridge >= 1e-3:
        return WITHIN_5 if r.dim >= 5 else WITHIN_20
    if r.dim < (6 if r.kinked else 10):
        return WORSE
    return WITHIN_5 if r.dim >= 8 else WITHIN_20


def lower_bound(r):
    return WITHIN_5 if r.kinked or r.dim >= 5 else WORSE


RULES = {
    "features": ("Finite *D*, random features", """
Of one hidden layer without biases, on the sphere. N is the width.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| λ ≥ 10⁻³ | D ≥ 5 and n ≥ 30 | else | |
| 10⁻⁴ ≤ λ < 10⁻³ | D ≥ 5, n ≥ 30 and N ≥ 2n | else | |
| 10⁻⁵ ≤ λ < 10⁻⁴ | | D ≥ 4 | else |
| 10⁻⁶ ≤ λ < 10⁻⁵ | | D ≥ 8 | else |
| less, or none | D ≥ 15 and N ≥ 2n (3n/2 where n ≥ 100) | D ≥ 6 (10 for smooth activations), \\|N − n\\| ≥ 10, and where n < 100 N outside 2n/3 … 3n/2; n ≥ 30 where N < n | else |
""", features),
    "linear": ("Finite *D*, linear models", """
For the linear target; p is the number of coordinates that the model sees.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| λ ≥ 10⁻³ or t ≤ 1000 | D ≥ 5 | else | |
| minimum norm, Gaussian inputs | always: exact for the mean | | |
| minimum norm, other inputs | D ≥ 5 and \\|n − p\\| ≥ 12 (40 with two scales) | \\|n − p\\| ≥ 5 | else |
""", linear),
    "mean-field": ("Mean field", """
*Filtered* is what a ridge λ ≥ 0.01 or a time t ≤ 100 does, and the best time or ridge where σ ≥ 0.3. *Noisy* is σ ≥ 0.1, or σ ≥ 0.03 with n ≥ 200. *Smooth* are the activations without a kink where λ < 10⁻⁴.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| filtered, linear target | n ≥ 60, but not `stop=ridge` from a mirrored start | with noise at any n; without it n ≥ 30, from a mirrored start n ≥ 60 | else |
| filtered, other targets | D ≥ 5 and n ≥ 200, but not `stop=ridge` from a mirrored start | D ≥ 5 and n ≥ 30 (60 without noise from a mirrored start), or n ≥ 200 | else |
| not filtered, noisy | NTK, D ≥ 6 (smooth: 8; with a kink, σ ≥ 0.3 and n ≥ 60: 3), and n ≥ 3D if σ ≥ 0.3, n ≥ 200 if less | D ≥ 3, or 6 where n < 30, smooth or NNGP | else |
| not filtered, not noisy, standard start | D ≥ 11 and n ≥ 3D | D ≥ 5 (smooth: 6) | else |
| not filtered, not noisy, mirrored start | | D ≥ 11 | else |
""", mean_field),
    "asymptotic-features": ("*D* → ∞, random features", """
For the linear target, one hidden layer, no biases, on the sphere. N is the width.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| λ ≥ 0.01 | D ≥ 20 | | else |
| 10⁻⁴ ≤ λ < 0.01 | D ≥ 80 and N ≥ 4n | D ≥ 20 | else |
| less, or none | D ≥ 80 and N ≥ 4n | D ≥ 20 where N ≤ 2n/3, D ≥ 40 where N ≥ 3n/2 | else |
""", asymptotic_features),
    "asymptotic-linearised": ("*D* → ∞, linearised networks", """
For the linear target, one hidden layer, no biases, on the sphere, from a mirrored start, N ≥ n/2.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| λ ≥ 0.01 | D ≥ 40, and N ≥ 4n or λ ≥ 0.1 | D ≥ 20 | else |
| less, or none | smooth activations, D ≥ 60 and N ≥ 2n | D ≥ 30 | else |
""", asymptotic_linearised),
    "ensemble-limit": ("Infinite ensembles", """
Of random features, as above.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| λ ≥ 10⁻³ | D ≥ 5 | else | |
| less, or none | D ≥ 8 (10 for smooth activations) | D ≥ 6, with a kink | else |
""", ensemble_limit),
    "lower-bound": ("The lower bound of the noise", """
The noise is measured as the error at `noise=3` less that of the same draws at `noise=0`, over 9. A bound is right where the noise is above it, so that *5 %* stands for all ratios from 0.95 on, *20 %* for those from 0.8. It holds wherever no direction of the kernel is dropped. With an activation with a kink that was so at every D; with a smooth one from D = 5 on, while at D = 2 and 3 many eigenvalues lie below the cut-off and the noise is far below the bound.
""", lower_bound),
}


def predict(row):
    return RULES[row.theory][2](row)


# ---- The document ----

INTRODUCTION = """# Where theory holds

Each theory that the program draws, beside the program's own simulation. Written by `tools/measure-validity`; run it again when a theory or a simulation changes.

**How.** Both numbers come from `tangent-lab-cli run`. Simulation is the mean over seeds (`center=mean`; in learning curves `average=expected`) with 200 test points, in batches of different seeds, until the standard error is under 2 % (5 % within a fifth of a threshold), or until the setting has had its share of processor time; where it had, the column says how far it got. Theory is what the program draws at the same place, whether or not it goes on to grey it or to leave it out there. Means are what theory speaks of, and close to a threshold without ridge their scatter has heavy tails: there the error of the mean is itself uncertain, and the mean of a few hundred draws lies below the true one more often than above.

**Columns.** The setting, as options of `run`; the place on its axis, which is the width where no `axis` is given, and the number of samples in learning curves; the simulated mean; theory; simulation over theory; the standard error, in per cent of the simulated mean; the class of the ratio, *5 %* and *20 %* for within so much of 1 and *worse*; and the class that the rule above the table gives. The rule never gives a better class than the one measured; a row where it is more careful is marked with a dot. In learning curves *mirrored* and *standard* are the two starts.
"""


def cells(row):
    """The columns of a row."""
    axis = {"n-train": "n"}.get(row.group.axis, row.group.axis)
    start = f" {row.series}" if row.series in ("mirrored", "standard") else ""
    ruled = predict(row)
    careful = " ·" if CLASSES.index(ruled) > CLASSES.index(row.measured) else ""
    return [f"`{row.options()}`{start}", f"{axis} {row.x:g}", f"{row.mean:.3g}", f"{row.value:.3g}",
            f"{row.ratio:.3g}" if row.ratio < 1000 else f"{row.ratio:.0f}",
            f"{100 * row.relative_error:.1f} %", row.measured, ruled + careful]


def too_good(rows):
    return [r for r in rows if CLASSES.index(predict(r)) < CLASSES.index(r.measured)]


def section(theory, rows):
    title, words, _ = RULES[theory]
    yield f"\n## {title}\n\n{words.strip()}\n\n"
    for i, command in enumerate(dict.fromkeys(r.group.command() for r in rows)):
        yield f"Rows {'that name a model ' if i > 0 else ''}are of `{command}`, with the options that they give.\n\n"
    yield "| setting | place | simulation | theory | ratio | s.e. | class | rule |\n"
    yield "|---|---|---|---|---|---|---|---|\n"
    for row in rows:
        yield "| " + " | ".join(cells(row)) + " |\n"


def summary(tables):
    yield "\n| theory | settings | 5 % | 20 % | worse | rule too careful | s.e. reached |\n|---|---|---|---|---|---|---|\n"
    for theory, rows in tables.items():
        counts = [sum(r.measured == c for r in rows) for c in CLASSES]
        reached = sum(r.relative_error <= r.group.wanted(r.x) for r in rows)
        careful = sum(CLASSES.index(predict(r)) > CLASSES.index(r.measured) for r in rows)
        yield f"| {RULES[theory][0]} | {len(rows)} | {' | '.join(map(str, counts))} | {careful} | {reached} |\n"


def report(tables, path):
    """Writes the document and says which rows a rule is too kind to; exit status 1 if there are any."""
    text = INTRODUCTION + "".join(summary(tables))
    for theory, rows in tables.items():
        text += "".join(section(theory, rows))
    if path is not None:
        path.write_text(text)
    failed = False
    for theory, rows in tables.items():
        for row in too_good(rows):
            failed = True
            print(f"{theory}: the rule says {predict(row)} where {' '.join(cells(row)[:7])}", file=sys.stderr)
    print("".join(summary(tables)).strip())
    return int(failed)
