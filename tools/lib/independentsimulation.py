"""Simulation of regression with wide networks, written from the conventions of docs/theory.md alone.

Parameters are the program's, as a dictionary with every key that matters. Nothing here is the program's
code, and nothing imitates its random numbers or its shortcuts.
"""
import math

import numpy as np
from numpy.polynomial import chebyshev
from scipy import integrate, special

CUTOFF = 1e-10       # eigenvalues below this share of the largest count as zero
TIMES = np.append(np.logspace(-1, 6, 40), np.inf)
RIDGES = np.logspace(-3, 3, 13)

# ---- Inputs and targets ----


def draw_inputs(p, count, rng):
    x = rng.standard_normal((count, p["dim"]))
    if p["inputs"] == "sphere":
        x *= math.sqrt(p["dim"]) / np.linalg.norm(x, axis=1, keepdims=True)
    elif p["inputs"] == "two-scale":
        x[:, p["dim"] - p["slow-dims"]:] *= p["slow-scale"]
    return x


def unit(rng, dim):
    v = rng.standard_normal(dim)
    return v / np.linalg.norm(v)


def projection_mean(p, function):
    """Mean over the inputs of a function of one coordinate, by quadrature."""
    d = p["dim"]
    if p["inputs"] == "sphere":
        def density(t):
            return math.sin(t) ** (d - 2)
        whole = integrate.quad(density, 0, math.pi)[0]
        return integrate.quad(lambda t: function(math.sqrt(d) * math.cos(t)) * density(t), 0, math.pi,
                              limit=200)[0] / whole
    return integrate.quad(lambda u: function(u) * math.exp(-u * u / 2) / math.sqrt(2 * math.pi), -12, 12,
                          limit=200)[0]


def draw_linear(p, rng):
    if p["inputs"] != "two-scale":
        beta = unit(rng, p["dim"])
        return lambda x: x @ beta
    fast = p["dim"] - p["slow-dims"]
    slow_power = p.get("slow-power", 1)
    fast_power = p.get("fast-power", max(0, 1 - slow_power))
    beta = np.concatenate([math.sqrt(fast_power) * unit(rng, fast),
                           math.sqrt(slow_power) / p["slow-scale"] * unit(rng, p["slow-dims"])])
    return lambda x: x @ beta


def draw_quadratic(p, rng):
    d = p["dim"]
    m = rng.standard_normal((d, d))
    m = (m + m.T) / 2
    m -= np.eye(d) * np.trace(m) / d
    power = 2 * d / (d + 2) if p["inputs"] == "sphere" else 2
    m /= math.sqrt(power) * np.linalg.norm(m)
    return lambda x: np.einsum("ni,ij,nj->n", x, m, x)


def draw_mixed(p, rng):
    linear, quadratic = draw_linear(p, rng), draw_quadratic(p, rng)
    return lambda x: (linear(x) + quadratic(x)) / math.sqrt(2)


def draw_cosine(p, rng):
    beta = unit(rng, p["dim"])
    if "cosine" not in p:
        mean = projection_mean(p, lambda u: math.cos(2 * u))
        p["cosine"] = mean, math.sqrt(projection_mean(p, lambda u: math.cos(2 * u) ** 2) - mean ** 2)
    mean, scale = p["cosine"]
    return lambda x: (np.cos(2 * x @ beta) - mean) / scale


def draw_teacher(p, rng):
    """Mean and power in closed form: max(u.x, 0) max(v.x, 0) has the mean of a Gaussian x."""
    u = np.array([unit(rng, p["dim"]) for _ in range(8)])
    c = rng.standard_normal(8)
    if "half" not in p:
        p["half"] = projection_mean(p, lambda t: max(t, 0))
    angle = np.arccos(np.clip(u @ u.T, -1, 1))
    power = c @ ((np.sin(angle) + (np.pi - angle) * np.cos(angle)) / (2 * np.pi)) @ c
    mean = p["half"] * c.sum()
    return lambda x: (np.maximum(x @ u.T, 0) @ c - mean) / math.sqrt(power - mean ** 2)


def draw_published(p, rng):
    return lambda x: x.sum(axis=1) ** 2 / p["dim"]


TARGETS = {"linear": draw_linear, "quadratic": draw_quadratic, "mixed": draw_mixed,
           "cosine": draw_cosine, "teacher": draw_teacher, "published": draw_published}

# ---- Networks ----

ACTIVATIONS = {
    "relu": (lambda u: np.maximum(u, 0), lambda u: (u > 0).astype(float)),
    "erf": (special.erf, lambda u: 2 / math.sqrt(math.pi) * np.exp(-u * u)),
    "tanh": (np.tanh, lambda u: 1 - np.tanh(u) ** 2),
    "gelu": (lambda u: u * special.ndtr(u),
             lambda u: special.ndtr(u) + u * np.exp(-u * u / 2) / math.sqrt(2 * math.pi)),
}


def draw_network(p, x, rng):
    """Gradient with respect to what is trained, a row for each point, and the initial function."""
    dim, width = p["dim"], p["width"]
    if p["model"] == "linear":
        features = x[:, :min(width, dim)] / math.sqrt(dim)
        return features, features @ rng.standard_normal(features.shape[1])
    phi, dphi = ACTIVATIONS[p["activation"]]
    sw, sb, sv = (math.sqrt(p[key]) for key in ("sigma-w2", "sigma-b2", "sigma-v2"))
    layers, below = [], x
    for layer in range(p["depth"]):
        fan_in = below.shape[1]
        w = rng.standard_normal((width, fan_in))
        if layer == 0 and p["model"] == "random-features":
            w *= math.sqrt(dim) / np.linalg.norm(w, axis=1, keepdims=True)
        h = sw / math.sqrt(fan_in) * below @ w.T + sb * rng.standard_normal(width)
        layers.append((below, w, h))
        below = phi(h)
    v = rng.standard_normal(width)
    readout = sv / math.sqrt(width) * below
    if p["model"] == "random-features":
        return readout, readout @ v
    parts, back = [readout], sv / math.sqrt(width) * np.tile(v, (len(x), 1))
    for below, w, h in reversed(layers):
        back = back * dphi(h)
        scale = sw / math.sqrt(below.shape[1])
        parts.append((scale * back[:, :, None] * below[:, None, :]).reshape(len(x), -1))
        if sb > 0:
            parts.append(sb * back)
        back = scale * back @ w
    return np.concatenate(parts, axis=1), readout @ v


# ---- Kernels of infinite width ----


def integrated_moments(phi, dphi, variance):
    """E phi(u) phi(v) and E phi'(u) phi'(v) of equal variances, as a Chebyshev series in the angle."""
    z = np.arange(-9, 9.01, 0.3)
    weight = np.exp(-z * z / 2) * 0.3 / math.sqrt(2 * math.pi)
    nodes = chebyshev.chebpts1(160)
    values = np.empty((2, len(nodes)))
    s = math.sqrt(variance)
    for k, rho in enumerate(nodes):
        other = s * (rho * z[:, None] + math.sqrt(1 - rho * rho) * z[None, :])
        for row, f in enumerate((phi, dphi)):
            values[row, k] = (weight * f(s * z)) @ f(other) @ weight
    return [chebyshev.chebtrim(chebyshev.chebfit(nodes, row, len(nodes) - 1), 1e-14) for row in values]


def moments(p, a, b, r):
    """The same for arrays of variances and covariances."""
    name = p["activation"]
    root = np.sqrt(a * b)
    if name == "relu":
        angle = np.arccos(np.clip(r / root, -1, 1))
        return (root * (np.sin(angle) + (np.pi - angle) * np.cos(angle)) / (2 * np.pi),
                (np.pi - angle) / (2 * np.pi))
    if name == "erf":
        q = (1 + 2 * a) * (1 + 2 * b)
        return (2 / np.pi * np.arcsin(2 * r / np.sqrt(q)), 4 / np.pi / np.sqrt(q - 4 * r * r))
    variance = float(a.flat[0])
    tables = p.setdefault("moments", {})
    key = round(variance, 9)
    if key not in tables:
        tables[key] = integrated_moments(*ACTIVATIONS[name], variance)
    rho = np.clip(r / root, -1, 1)
    return [chebyshev.chebval(rho, series) for series in tables[key]]


def distance_kernel(p, x):
    square = np.maximum((x * x).sum(1)[:, None] + (x * x).sum(1)[None, :] - 2 * x @ x.T, 0)
    np.fill_diagonal(square, 0)
    r = np.sqrt(square / p["dim"]) / p["length-scale"]
    if p["kernel"] == "laplace":
        return np.exp(-r)
    nu = {"matern-3/2": 1.5, "matern-5/2": 2.5}[p["kernel"]]
    z = np.where(r > 0, np.sqrt(2 * nu) * r, 1)
    return np.where(r > 0, 2 ** (1 - nu) / special.gamma(nu) * z ** nu * special.kv(nu, z), 1)


def infinite_kernels(p, x):
    """Kernel of the regression and law of the initial function on all points."""
    if p["kernel"] not in ("ntk", "nngp"):
        return distance_kernel(p, x), None
    s = p["sigma-w2"] * x @ x.T / p["dim"] + p["sigma-b2"]
    t = s.copy()
    for layer in range(p["depth"]):
        d = np.diag(s)
        k, kdot = moments(p, np.broadcast_to(d[:, None], s.shape), np.broadcast_to(d, s.shape), s)
        scale, bias = ((p["sigma-v2"], 0) if layer == p["depth"] - 1
                       else (p["sigma-w2"], p["sigma-b2"]))
        s, t = scale * k + bias, scale * k + bias + scale * kdot * t
    return (s if p["kernel"] == "nngp" else t), s


# ---- Training ----


def gains(l, n, ridge, time):
    """What a direction of eigenvalue l is multiplied by; those that count as zero move by t/n."""
    kept = l > CUTOFF * l.max()
    safe = np.where(kept, l, 1) + ridge
    if math.isinf(time):
        return np.where(kept, 1 / safe, 0)
    gain = -np.expm1(-time * safe / n) / safe
    if ridge == 0:
        return np.where(kept, gain, time / n)
    return np.where(kept, gain, -math.expm1(-time * ridge / n) / ridge)


class Trained:
    """One model on one data set: residuals on the points wanted, for each of the stopping rules."""

    def __init__(self, p, kernel, start, law, n):
        self.l, self.q = np.linalg.eigh(kernel[:n, :n])
        self.rows = kernel[:, :n] @ self.q
        self.start, self.law, self.n, self.p = start, law, n, p

    def operator(self, ridge, time):
        return (self.rows * gains(self.l, self.n, ridge, time)) @ self.q.T


def draw_models(p, x, n, count, rng):
    for _ in range(count):
        if p["model"] == "infinite":
            kernel, law = infinite_kernels(p, x)
            start = None
            if law is not None:
                value, vector = np.linalg.eigh(law)
                start = vector @ (np.sqrt(np.maximum(value, 0)) * rng.standard_normal(len(x)))
        else:
            gradient, start = draw_network(p, x, rng)
            kernel, law = gradient @ gradient.T, None
        yield Trained(p, kernel, start, law, n)


def descent(p, series, rng):
    """The error of one draw of everything."""
    n, alpha, noise = p["n-train"], p["init-scale"], p["noise"]
    x = draw_inputs(p, n + p["n-test"], rng)
    target = TARGETS[p["target"]](p, rng)(x)
    e = noise * rng.standard_normal(n)
    count = 12 if math.isinf(p["ensemble"]) else p["ensemble"]
    residuals = []
    for model in draw_models(p, x, n, count, rng):
        a = model.operator(n * p["ridge"], p["time"])
        start = alpha * model.start if alpha > 0 else np.zeros(len(x))
        if series == "noise":
            residuals.append(a @ e)
        elif series == "initial-function":
            residuals.append(start - a @ start[:n])
        else:
            residuals.append(target - start - a @ (target[:n] + e - start[:n]))
    r = np.array(residuals)
    if series == "train":
        return np.mean((r.mean(axis=0)[:n] + e) ** 2)
    r = r[:, n:]
    if math.isinf(p["ensemble"]):
        # Products of different models only: those have the mean of an infinite ensemble.
        return np.mean(r.sum(axis=0) ** 2 - (r ** 2).sum(axis=0)) / (count * (count - 1))
    return np.mean(r.mean(axis=0) ** 2)


def candidates(p):
    """Ridge and time of each model among which the rule takes the best."""
    n = p["n-train"]
    return {"end": [(n * p["ridge"], math.inf)], "time": [(n * p["ridge"], p["time"])],
            "best": [(n * p["ridge"], t) for t in TIMES],
            "ridge": [(r, math.inf) for r in RIDGES]}[p["stop"]]


def curve(p, series, rng):
    n, noise = p["n-train"], p["noise"]
    alpha = 0 if series == "mirrored" else p["init-scale"]
    x = draw_inputs(p, n + p["n-test"], rng)
    target = TARGETS[p["target"]](p, rng)(x)
    e = rng.standard_normal(n)
    model, = draw_models(p, x, n, 1, rng)
    errors = []
    for ridge, time in candidates(p):
        a = model.operator(ridge, time)[n:]
        r = target[n:] - a @ target[:n]
        b = model.start[n:] - a @ model.start[:n] if alpha > 0 else 0
        if p["average"] == "drawn":
            errors.append(np.mean((r - noise * a @ e - alpha * b) ** 2))
            continue
        error = np.mean(r ** 2) + noise ** 2 * np.sum(a ** 2) / len(r)
        if alpha > 0 and model.law is None:
            error += alpha ** 2 * np.mean(b ** 2)
        elif alpha > 0:
            s = model.law
            error += alpha ** 2 * (np.trace(s[n:, n:]) - 2 * np.sum(a * s[n:, :n])
                                   + np.sum((a @ s[:n, :n]) * a)) / len(r)
        errors.append(error)
    return min(errors)
