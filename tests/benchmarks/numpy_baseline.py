#!/usr/bin/python3
"""What a user would write instead: the same figures in plain NumPy.

    numpy_baseline.py WORKLOAD [--repeat K]

WORKLOAD is one of
  rf        random-feature double descent   d=20 n=100 test=1000, 30 widths 5..1600, 20 seeds
  ntk       linearised two-layer ReLU NTK   d=10 n=200 test=1000, 24 widths 2..400,  20 seeds
  curve     log-log learning curve, infinite-width one-hidden-layer NTK on the sphere S^5 in R^6,
            linear target of unit power, noise .3, n = 128..2048 (5 sizes), 6 trials, best time of 41,
            mirrored and standard initialisation (standard averaged in closed form)
  kernel    infinite-width ReLU NTK and NNGP, n=3000, d=784, 3 hidden layers, no bias

It prints the figure's numbers as CSV and, last, 'seconds: X' for the work alone (imports excluded).
Conventions are those of docs/theory.md. Uses every core that NumPy's BLAS uses by default.
"""
import argparse, time
import numpy as np


def sphere(rng, n, d, radius):
    x = rng.standard_normal((n, d))
    return radius * x / np.linalg.norm(x, axis=1, keepdims=True)


def kappa0(u): return (np.pi - np.arccos(u)) / np.pi
def kappa1(u): return (np.sqrt(1 - u * u) + u * (np.pi - np.arccos(u))) / np.pi


def infinite_kernels(x, z, depth, bias):
    """(NTK, NNGP) of a ReLU network, sigma_w^2 = 2 in hidden layers, 1 at the readout; bias in the first layer only."""
    b = 1.0 if bias else 0.0
    nx, nz = np.sqrt((x * x).sum(1) + b), np.sqrt((z * z).sum(1) + b)
    s = np.clip((x @ z.T + b) / np.outer(nx, nz), -1, 1)
    t = s
    for _ in range(depth):
        c = np.clip(s, -1, 1)
        s = kappa1(c)
        t = s + t * kappa0(c)
    scale = np.outer(nx, nz)
    return t * scale, s * scale


def rf(seeds=20, d=20, n=100, n_test=1000, noise_var=0.25):
    widths = np.unique(np.round(np.geomspace(5, 1600, 30)).astype(int))
    out = np.zeros((len(widths), seeds))
    for s in range(seeds):
        rng = np.random.default_rng(s)
        beta = rng.standard_normal(d); beta /= np.linalg.norm(beta)
        x, xt = sphere(rng, n, d, np.sqrt(d)), sphere(rng, n_test, d, np.sqrt(d))
        y = x @ beta + np.sqrt(noise_var) * rng.standard_normal(n)
        w = sphere(rng, widths[-1], d, np.sqrt(d))
        for i, m in enumerate(widths):
            z = np.maximum(x @ w[:m].T / np.sqrt(d), 0)
            zt = np.maximum(xt @ w[:m].T / np.sqrt(d), 0)
            a = np.linalg.lstsq(z, y, rcond=None)[0]
            out[i, s] = np.mean((zt @ a - xt @ beta) ** 2)
    return ["width,median,mean"] + [f"{m},{np.median(r):.6g},{r.mean():.6g}" for m, r in zip(widths, out)]


def ntk(seeds=20, d=10, n=200, n_test=1000, noise_var=0.25):
    widths = np.unique(np.round(np.geomspace(2, 400, 24)).astype(int))
    out = np.zeros((len(widths), seeds))
    for s in range(seeds):
        rng = np.random.default_rng(s)
        beta = rng.standard_normal(d); beta /= np.linalg.norm(beta)
        x, xt = sphere(rng, n, d, np.sqrt(d)), sphere(rng, n_test, d, np.sqrt(d))
        y = x @ beta + np.sqrt(noise_var) * rng.standard_normal(n)
        w, v = rng.standard_normal((widths[-1], d)), rng.standard_normal(widths[-1])
        for i, m in enumerate(widths):
            def kernel(p, q):
                hp, hq = p @ w[:m].T / np.sqrt(d), q @ w[:m].T / np.sqrt(d)
                first = ((hp > 0) * v[:m] ** 2) @ (hq > 0).T.astype(float) * (p @ q.T / d)
                return (first + np.maximum(hp, 0) @ np.maximum(hq, 0).T) / m
            pinv = np.linalg.pinv(kernel(x, x), rcond=1e-10, hermitian=True)
            out[i, s] = np.mean((kernel(xt, x) @ (pinv @ y) - xt @ beta) ** 2)
    return ["width,median,mean"] + [f"{m},{np.median(r):.6g},{r.mean():.6g}" for m, r in zip(widths, out)]


def curve(trials=6, d=5, n_test=1000, noise=0.3):
    sizes, times = [128, 256, 512, 1024, 2048], np.append(np.logspace(-1, 6, 40), np.inf)
    mirrored, standard = np.zeros((len(sizes), trials)), np.zeros((len(sizes), trials))
    for i, n in enumerate(sizes):
        for s in range(trials):
            rng = np.random.default_rng(1000 * s + n)
            x, xt = sphere(rng, n, d + 1, 1.0), sphere(rng, n_test, d + 1, 1.0)
            f, ft = x.sum(1), xt.sum(1)                 # linear, unit power
            k, g = infinite_kernels(x, x, 1, True)
            kt, gt = infinite_kernels(xt, x, 1, True)
            lam, u = np.linalg.eigh(k)
            p, q = kt @ u, gt @ u
            pq, pp = (p * q).sum(0) / n_test, p.T @ p / n_test
            h = pp * (u.T @ g @ u)
            rows = []
            for t in times:
                r = (1 - np.exp(-lam * t / n)) / lam
                fit = np.mean((p @ (r * (u.T @ f)) - ft) ** 2) + noise ** 2 * (r * r) @ np.diag(pp)
                rows.append((fit, fit + 2.0 - 2 * r @ pq + r @ h @ r))
            mirrored[i, s], standard[i, s] = np.min(rows, axis=0)
    slope = lambda e: np.polyfit(np.log(sizes), np.log(e).mean(1), 1)[0]
    return (["n,mirrored,standard"] + [f"{n},{a.mean():.6g},{b.mean():.6g}" for n, a, b in zip(sizes, mirrored, standard)]
            + [f"slope,{slope(mirrored):.4f},{slope(standard):.4f}"])


def kernel(n=3000, d=784, depth=3):
    x = sphere(np.random.default_rng(0), n, d, 1.0)
    theta, sigma = infinite_kernels(x, x, depth, False)
    return ["trace_ntk,trace_nngp,sum_ntk", f"{np.trace(theta):.9g},{np.trace(sigma):.9g},{theta.sum():.9g}"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workload", choices=["rf", "ntk", "curve", "kernel"])
    parser.add_argument("--repeat", type=int, default=1)
    args = parser.parse_args()
    for _ in range(args.repeat):
        start = time.perf_counter()
        rows = globals()[args.workload]()
        seconds = time.perf_counter() - start
        print("\n".join(rows))
        print(f"seconds: {seconds:.3f}", flush=True)
