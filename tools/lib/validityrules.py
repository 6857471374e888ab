"""Where theories hold: classes, the rules that predict them, and the document that says so."""
import functools
import math
import sys

CLASSES = ("5 %", "20 %", "worse")
KINKED = ("relu", "leaky-relu", "abs")
DEGREES = {"linear": 1, "quadratic": 2, "published": 2, "mixed": 2, "cosine": math.inf, "teacher": math.inf}
DEFAULTS = {"double-descent": {"noise": "0.5", "init-scale": "0", "dim": "10", "width": "100"},
            "learning-curve": {"noise": "0.3", "init-scale": "1", "dim": "6", "stop": "best"}}




def gaussian(f):
    """The mean of f over a standard normal number."""
    nodes = [(i - 200) / 20 for i in range(401)]
    return sum(f(z) * math.exp(-z * z / 2) for z in nodes) / (20 * math.sqrt(2 * math.pi))


def bell(x):
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def normal(x):
    return (1 + math.erf(x / math.sqrt(2))) / 2


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0


# An activation and its derivative.
ACTIVATIONS = {
    "relu": (lambda x: max(x, 0), lambda x: float(x > 0) if x else 0.5),
    "leaky-relu": (lambda x: x if x > 0 else 0.1 * x, lambda x: 1 if x > 0 else 0.1),
    "abs": (abs, lambda x: 1),
    "erf": (math.erf, lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x)),
    "gelu": (lambda x: x * normal(x), lambda x: normal(x) + x * bell(x)),
    "sin": (math.sin, math.cos),
    "cos": (math.cos, lambda x: -math.sin(x)),
    "rbf": (lambda x: math.sin(x) + math.cos(x), lambda x: math.cos(x) - math.sin(x)),
    "tanh": (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "swish": (lambda x: x * sigmoid(x), lambda x: sigmoid(x) * (1 + x * (1 - sigmoid(x)))),
}


@functools.lru_cache(maxsize=None)
def kernel_size(activation, depth, weights, readouts, readout_alone):
    """The kernel of infinite width at equal points, without biases, over that of one layer of ReLU."""
    phi, slope = ACTIVATIONS[activation]
    if weights is None:
        weights = {"relu": 2, "leaky-relu": 2 / 1.01}.get(activation, 1)
    variance = tangent = weights
    for layer in range(depth):
        root = math.sqrt(variance)
        second = gaussian(lambda z: phi(root * z) ** 2)
        first = gaussian(lambda z: slope(root * z) ** 2)
        if layer < depth - 1:
            variance, tangent = weights * second, weights * (second + first * tangent)
    return readouts * (second if readout_alone else (second + first * tangent) / 2)


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
        self.kinked = at["activation"] in KINKED and at["kernel"] != "rbf"
        self.degree = DEGREES[at["target"]]
        self.width = float(at.get("width", 0) if at.get("width") != "inf" else math.inf)
        self.stop = at.get("stop", "time" if math.isfinite(self.time) else "end")
        scale = float(at["init-scale"])
        self.starts = series == "standard" or (series == "test" and scale > 0)
        self.depth = int(at["depth"])
        weights = float(at["sigma-w2"]) if "sigma-w2" in at else None
        readout_alone = at.get("model") == "random-features" or at["kernel"] == "nngp"
        distance = at["kernel"] not in ("ntk", "nngp")
        self.size = 1 if at.get("model") == "linear" or distance else kernel_size(
            at["activation"], int(at["depth"]), weights, float(at.get("sigma-v2", 1)), readout_alone)
        large = self.size if self.size > 1.01 else 1
        self.lam, self.flow = self.ridge / large, self.time * large
        # Of what is learnt at a random start, which is added to the target; and what the noise is beside it.
        self.strength = self.size * (scale or 1) ** 2 if self.starts else 0
        self.loudness = self.noise / max(1, math.sqrt(self.strength) if self.strength > 1.01 else 1)
        self.relative_error = error / abs(mean) if mean else math.inf

    def options(self):
        hidden = {"from", "to", "points"}
        return " ".join(f"-p {k}={v}" for k, v in self.group.shown.items() if k not in hidden)


# ---- Rules: never a better class than the one measured ----

WITHIN_5, WITHIN_20, WORSE = CLASSES


def close_if(close, near):
    return WITHIN_5 if close else WITHIN_20 if near else WORSE


def features_without_ridge(r):
    q, loud = r.width / r.n, r.loudness >= 0.5
    if r.dim < (6 if r.kinked and loud else 10) or abs(r.width - r.n) < 10:
        return WORSE
    if (r.n < 100 and 2 / 3 < q < 1.5) or (r.n < 30 and q < 1):
        return WORSE
    return close_if(r.kinked and r.dim >= 15 and q >= (1.5 if r.n >= 100 else 2), True)


def features(r):
    if r.n < 15:
        return WORSE
    many, plain = r.dim >= 5 and r.n >= 30, r.loudness >= 0.5 and r.degree == 1
    if r.lam >= 0.01:
        return close_if(many and (plain or (r.dim >= 10 and r.degree == 1)), plain or r.dim >= 5)
    if r.lam >= 1e-3:
        return close_if(many and plain, plain or r.dim >= 10)
    if r.lam >= 1e-4:
        return close_if(many and plain and r.width >= 2 * r.n, plain or r.dim >= 10)
    if r.lam >= 1e-6:
        return close_if(False, r.dim >= (4 if r.lam >= 1e-5 else 8) if plain else r.lam >= 1e-5 and r.dim >= 10)
    return features_without_ridge(r)


def linear_by_rank(r):
    gap, even = abs(r.n - min(r.width, r.dim)), r.at["inputs"] == "sphere"
    return close_if(r.dim >= 5 and gap >= (12 if even else 40), gap >= (10 if r.at["inputs"] == "gaussian" else 5))


def linear(r):
    seen, gaussian = min(r.width, r.dim), r.at["inputs"] == "gaussian"
    slow = float(r.at["slow-scale"]) if r.at["inputs"] == "two-scale" else 1
    if gaussian and r.ridge == 0 and math.isinf(r.time):
        return WITHIN_5
    if r.ridge >= 0.1 or r.time <= 10:
        return close_if(r.dim >= 5, True)
    if r.noise < 0.1 and seen == r.dim and r.n >= 0.8 * seen and (r.ridge > 0 or math.isfinite(r.time)):
        mild = r.ridge >= 0.01 or r.time * slow**2 <= 100
        return close_if(False, mild and abs(r.n - seen) >= (10 if gaussian else 5))
    if r.ridge < 1e-3 and r.time > 1000:
        return linear_by_rank(r)
    if gaussian:
        return close_if(linear_by_rank(r) == WITHIN_5, r.n >= 10 and abs(r.n - seen) >= 10)
    mild = r.ridge >= 0.01 or r.time <= 100
    return close_if(r.dim >= 5 and r.n >= 10 if mild else r.dim >= 5 and r.n >= 20 and r.noise >= 0.3, mild or r.n >= 10)


def mean_field_filtered(r):
    if r.degree > 1 and r.dim < 5:
        return close_if(False, r.n >= 200)
    if r.n < (30 if r.noise > 0 or r.starts else 60):
        return close_if(False, r.degree == 1 and r.noise > 0)
    settled = r.n >= (60 if r.degree == 1 else 200)
    return close_if(settled and (r.stop != "ridge" or r.strength >= 0.3), True)


def mean_field_noisy(r):
    smooth = not r.kinked and r.lam < (1e-4 if r.loudness >= 0.3 else 1e-3)
    least = 8 if smooth else 6 if r.loudness < 0.3 or not r.kinked or r.n < 60 else 3
    settled = r.n >= (3 * r.dim if r.loudness >= 0.3 else 200)
    settled = settled and r.n >= (200 if r.depth >= 4 else 60 if r.depth > 1 or r.starts else 0)
    plain = r.at["kernel"] == "ntk"
    return close_if(r.dim >= least and settled and plain, r.dim >= (6 if smooth or not plain or r.n < 30 else 3))


def mean_field(r):
    chosen = r.stop in ("best", "ridge")
    if r.at["kernel"] == "rbf" and r.ridge == 0:
        return WORSE
    if chosen and (r.size < 0.1 or r.size * max(1, r.noise**2) > 51):
        return WORSE
    if r.lam >= 0.01 or r.flow <= 100 or (chosen and r.loudness >= 0.3):
        ruled = mean_field_filtered(r)
    elif r.loudness >= 0.1 or (r.loudness >= 0.03 and r.n >= 200):
        ruled = mean_field_noisy(r)
    elif r.dim >= 11:
        ruled = close_if(r.strength >= 0.5 and r.n >= 3 * r.dim, True)
    else:
        ruled = close_if(False, r.strength >= 0.5 and r.dim >= (5 if r.kinked else 8))
    return max(ruled, WITHIN_20, key=CLASSES.index) if r.at["kernel"] not in ("ntk", "nngp") else ruled


def asymptotic_features(r):
    q = r.width / r.n
    if r.dim < 20:
        return WORSE
    if r.lam >= 0.01:
        return close_if(r.loudness <= 1 and r.n <= 3 * r.dim, r.n <= 10 * r.dim)
    if r.loudness > 1 or (r.lam < 1e-4 and (2 / 3 < q < 1.5 or (q >= 1.5 and r.dim < 40))):
        return WORSE
    return close_if(r.dim >= 80 and q >= 4 and r.n <= 2 * r.dim, r.n <= 5 * r.dim)


def asymptotic_linearised(r):
    q, few = r.width / r.n, r.n <= r.dim
    if r.noise > 1 or q < 0.6:
        return WORSE
    if r.lam >= 0.1:
        return close_if(few and r.dim >= 40, r.dim >= 20 and r.noise <= 0.5 and r.n <= 2 * r.dim)
    quiet = r.noise <= 0.5
    if r.lam >= 0.01:
        close = few and quiet and r.dim >= 40 and q >= 4
        return close_if(close, r.dim >= 20 and (r.n <= 2 * r.dim if quiet else few or (q >= 2 and r.n <= 1.5 * r.dim)))
    close = few and quiet and not r.kinked and r.dim >= 60 and q >= 2
    if quiet:
        return close_if(close, r.dim >= 30 and (few or (q >= 1 and r.n <= 1.5 * r.dim)))
    return close_if(False, few and r.dim >= 30 and q >= (2 if r.dim >= 60 else 4))


def ensemble_limit(r):
    loud = r.loudness >= 0.5
    if r.lam >= 1e-3:
        return close_if(loud and r.dim >= 5 and r.n >= 30 and (r.degree == 1 or r.dim >= 10), loud or r.dim >= 5)
    if not loud:
        return close_if(False, r.dim >= 10)
    return close_if(r.dim >= (8 if r.kinked else 10), r.kinked and r.dim >= 6)


def few_models(r):
    return max(features(r), ensemble_limit(r), key=CLASSES.index)


def lower_bound(r):
    return WITHIN_5 if r.kinked or r.dim >= 5 else WORSE


RULES = {
    "features": ("Finite *D*, random features", """
Of one hidden layer without biases, on the sphere. N is the width. *Loud* is a linear target with σ ≥ 0.5.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| n < 15 | | | all |
| λ ≥ 0.01 | n ≥ 30, and loud with D ≥ 5 or a linear target with D ≥ 10 | D ≥ 5, or loud | else |
| 10⁻³ ≤ λ < 0.01 | loud, D ≥ 5 and n ≥ 30 | D ≥ 10, or loud | else |
| 10⁻⁴ ≤ λ < 10⁻³ | loud, D ≥ 5, n ≥ 30 and N ≥ 2n | D ≥ 10, or loud | else |
| 10⁻⁵ ≤ λ < 10⁻⁴ | | D ≥ 10, or loud with D ≥ 4 | else |
| 10⁻⁶ ≤ λ < 10⁻⁵ | | loud, D ≥ 8 | else |
| less, or none | with a kink, D ≥ 15 and N ≥ 2n (3n/2 where n ≥ 100) | D ≥ 10 (6 with a kink and σ ≥ 0.5), \\|N − n\\| ≥ 10, and where n < 100 N outside 2n/3 … 3n/2; n ≥ 30 where N < n | else |
""", features),
    "few-models": ("A few models", """
Random features, as above, averaged over `ensemble` models: the error is made of that of one model and that of infinitely many, and of the two rules, for *Finite D, random features* and for *Infinite ensembles*, the more careful one is taken.
""", few_models),
    "linear": ("Finite *D*, linear models", """
For the linear target; p is the number of coordinates that the model sees. The error *vanishes* where σ < 0.1, p = D and n ≥ 0.8 p, with a ridge or a finite time: it is then what is not learnt yet, and far below what theory can be held to. Of two scales t counts in the slow ones' units there.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| minimum norm, Gaussian inputs | always: exact for the mean | | |
| λ ≥ 0.1 or t ≤ 10 | D ≥ 5 | else | |
| less, the error vanishes | | λ ≥ 0.01 or t ≤ 100, and \\|n − p\\| ≥ 5 (Gaussian inputs: 10) | else |
| λ ≥ 0.01 or t ≤ 100, even or two-scale inputs | D ≥ 5 and n ≥ 10 | else | |
| λ ≥ 10⁻³ or t ≤ 1000, even or two-scale inputs | D ≥ 5, n ≥ 20 and σ ≥ 0.3 | n ≥ 10 | else |
| λ ≥ 10⁻³ or t ≤ 1000, Gaussian inputs | D ≥ 5 and \\|n − p\\| ≥ 40 | n ≥ 10 and \\|n − p\\| ≥ 10 | else |
| less, or none | D ≥ 5 and \\|n − p\\| ≥ 12 (40 with two scales or Gaussian inputs) | \\|n − p\\| ≥ 5 (Gaussian inputs: 10) | else |
""", linear),
    "mean-field": ("Mean field", """
*Filtered* is what a ridge λ ≥ 0.01 or a time t ≤ 100 does, and the best time or ridge where σ ≥ 0.3. *Noisy* is σ ≥ 0.1, or σ ≥ 0.03 with n ≥ 200. *Smooth* are the activations without a kink where λ < 10⁻⁴, and where λ < 10⁻³ if σ < 0.3. A random start of the power a² (its scale squared, times the size of the kernel, s) is *strong* from 0.5 on; where a > 1, σ stands for σ/a.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| `stop=best` and `stop=ridge` where s < 0.1 or s max(1, σ²) > 51: the best may lie beyond the times and ridges tried | | | all |
| filtered, linear target | n ≥ 60, but not `stop=ridge` from a start with a² < 0.3 | with noise at any n; without it n ≥ 30, from a mirrored start n ≥ 60 | else |
| filtered, other targets | D ≥ 5 and n ≥ 200, but not `stop=ridge` from a start with a² < 0.3 | D ≥ 5 and n ≥ 30 (60 without noise from a mirrored start), or n ≥ 200 | else |
| not filtered, noisy | NTK, D ≥ 6 (smooth: 8; with a kink, σ ≥ 0.3 and n ≥ 60: 3), and n ≥ 3D if σ ≥ 0.3, n ≥ 200 if less; n ≥ 60 with a random start or of depth 2 and 3, n ≥ 200 deeper | D ≥ 3, or 6 where n < 30, smooth, or not the NTK | else |
| not filtered, not noisy, strong start | D ≥ 11 and n ≥ 3D | D ≥ 5 (smooth: 8) | else |
| not filtered, not noisy, other starts | | D ≥ 11 | else |

Kernels of the distance have no better class than *20 %*.
""", mean_field),
    "asymptotic-features": ("*D* → ∞, random features", """
For the linear target, one hidden layer, no biases, on the sphere. N is the width.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| λ ≥ 0.01 | D ≥ 20, n ≤ 3D and σ ≤ 1 | D ≥ 20 and n ≤ 10D | else |
| 10⁻⁴ ≤ λ < 0.01 | D ≥ 80, N ≥ 4n, n ≤ 2D and σ ≤ 1 | D ≥ 20, n ≤ 5D and σ ≤ 1 | else |
| less, or none | D ≥ 80, N ≥ 4n, n ≤ 2D and σ ≤ 1 | n ≤ 5D and σ ≤ 1, D ≥ 20 where N ≤ 2n/3, D ≥ 40 where N ≥ 3n/2 | else |
""", asymptotic_features),
    "asymptotic-linearised": ("*D* → ∞, linearised networks", """
For the linear target, one hidden layer, no biases, on the sphere, from a mirrored start, N ≥ n/2. What noise adds grows with n/D beyond what theory has.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| σ > 1 or N < 0.6n | | | all |
| λ ≥ 0.1 | D ≥ 40 and n ≤ D | D ≥ 20, n ≤ 2D and σ ≤ 0.5 | else |
| 0.01 ≤ λ < 0.1 | D ≥ 40, n ≤ D, σ ≤ 0.5 and N ≥ 4n | D ≥ 20, and n ≤ 2D with σ ≤ 0.5, n ≤ D, or n ≤ 1.5D with N ≥ 2n | else |
| less, or none, σ ≤ 0.5 | smooth activations, D ≥ 60, n ≤ D and N ≥ 2n | D ≥ 30, and n ≤ D, or n ≤ 1.5D with N ≥ n | else |
| less, or none, σ > 0.5 | | n ≤ D, D ≥ 30 and N ≥ 4n (D ≥ 60: 2n) | else |
""", asymptotic_linearised),
    "ensemble-limit": ("Infinite ensembles", """
Of random features, as above.

| | within 5 % | within 20 % | worse |
|---|---|---|---|
| λ ≥ 10⁻³ | σ ≥ 0.5, n ≥ 30, and D ≥ 5 with a linear target, D ≥ 10 with others | D ≥ 5, or σ ≥ 0.5 | else |
| less, or none, σ ≥ 0.5 | D ≥ 8 (10 for smooth activations) | D ≥ 6, with a kink | else |
| less, or none, σ < 0.5 | | D ≥ 10 | else |
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

**Scale.** A ridge and a time count against the size of the kernel. The tables have λ/s for λ and s t for t where s > 1: s is the kernel of infinite width at equal points, without biases, over that of one layer of ReLU with the usual variances (an NNGP of 1 for random features and `kernel=nngp`, an NTK of 2); the same in all tables but that of linear models. With a random start of power a² > 1 (its scale squared, times s) σ stands for σ/a, but for linear models and linearised networks.

**The cut-off.** Theory knows none. Where, without a ridge and trained to the end, the cut-off decides about more than one direction and 2 % of all that there can be, at a place that was simulated, theory is left out there and up to the next places on either side; with a cut-off above 10⁻⁸, about any. That is seen from the simulation and stands beside the rules below. So does this: beside networks of finite width, learning curves draw the mean field of infinite width to compare with, and nothing vouches for it.

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
