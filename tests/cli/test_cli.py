"""The command-line program as a person would use it: what it writes, refuses and leaves behind."""

import csv
import json
import math
import operator
import os
import random
import resource
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv.pop(1))
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide.md"
SMALL = ["-p", "n-train=50", "-p", "dim=5", "-p", "seeds=4", "-p", "to=60", "-p", "n-test=100"]


def limit_file_size(size):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


class Base(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.environment = {key: value for key, value in os.environ.items()
                            if key not in ("DISPLAY", "WAYLAND_DISPLAY")}

    def call(self, *arguments, text=True, **options):
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, env=self.environment,
                              capture_output=True, text=text, timeout=100, **options)

    def succeed(self, *arguments, **options):
        done = self.call(*arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse(done.stderr)
        return done.stdout

    def refuse(self, status, words, *arguments, **options):
        """One line that says why, the promised exit status, and nothing left behind."""
        before = sorted(self.folder.iterdir())
        done = self.call(*arguments, **options)
        self.assertEqual(done.returncode, status, (arguments, done.stderr))
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertLess(len(done.stderr), 400)
        self.assertTrue(done.stderr[:-1].replace("\u00a0", " ").isprintable(), done.stderr)
        self.assertTrue(done.stderr.startswith("tangent-lab-cli: "), done.stderr)
        self.assertIn(words, done.stderr)
        self.assertEqual(sorted(self.folder.iterdir()), before)


class Run(Base):
    def test_defaults_show_double_descent(self):
        data = json.loads(self.succeed("run", "double-descent", "-p", "n-test=100", "-o", "-"))
        test = next(s for s in data["series"] if s["id"] == "test")
        values = dict(zip(test["x"], test["y"]))
        peak = max(values, key=values.get)
        before = min(y for x, y in values.items() if x < peak)
        self.assertEqual(peak, 20)
        self.assertEqual(data["markers"][0], {"id": "threshold", "x": 20, "label": "rank = n at m = 20"})
        self.assertGreater(values[peak], 20 * before)
        self.assertLess(test["y"][-1], before)
        self.assertEqual(set(test["count"]), {20})
        self.assertIn("Peak at width 20", data["verdict"])
        for low, y, high in zip(test["low"], test["y"], test["high"]):
            self.assertTrue(0 <= low <= y <= high)

    def test_contract(self):
        data = json.loads(self.succeed("run", "double-descent", *SMALL, "-o", "-"))
        self.assertEqual(list(data), ["program", "exhibit", "parameters", "x", "series", "markers",
                                      "fits", "verdict", "notes", "seconds"])
        self.assertRegex(data["program"], r"^tangent-lab \d+\.\d+\.\d+$")
        self.assertEqual(data["x"], {"key": "width", "scale": "log"})
        listed = [p["key"] for p in json.loads(self.succeed("list", "parameters", "--json"))]
        used = set(data["parameters"])
        self.assertEqual(list(data["parameters"]), [key for key in listed if key in used])
        for series in data["series"]:
            self.assertEqual(list(series), ["id", "label", "x", "y", "low", "high", "count"])
            self.assertEqual(len(series["x"]), len(series["y"]))
            self.assertNotIn("<", series["label"])

    def test_learning_curve(self):
        small = ["-p", "seeds=3", "-p", "from=32", "-p", "to=128", "-p", "points=3", "-p", "n-test=200"]
        data = json.loads(self.succeed("run", "learning-curve", *small, "-p", "dim=6, 11", "-o", "-"))
        self.assertEqual(data["x"], {"key": "n-train", "scale": "log"})
        self.assertEqual(data["parameters"]["width"], "inf")
        self.assertEqual(data["parameters"]["dim"], "6, 11")
        self.assertEqual({(s["id"], s["panel"], s["dim"]) for s in data["series"] if s["count"]},
                         {(i, p, d) for i in ("mirrored", "standard") for p, d in ((0, 6), (1, 11))})
        for fit in data["fits"]:
            self.assertLess(fit["low"], fit["slope"])
            self.assertLess(fit["slope"], fit["high"])
            self.assertEqual((fit["from"], fit["to"]), (32, 128))
        self.assertEqual([(f["series"], f["panel"]) for f in data["fits"]],
                         [("mirrored", 0), ("standard", 0), ("mirrored", 1), ("standard", 1)])
        alone = json.loads(self.succeed("run", "learning-curve", *small, "-o", "-"))
        self.assertNotIn("panel", alone["fits"][0])
        self.assertEqual(alone["fits"][1]["slope"], data["fits"][1]["slope"])
        table = self.succeed("run", "learning-curve", *small, "-o", "b.csv") or \
            (self.folder / "b.csv").read_text()
        self.assertIn("# fit: standard, dim 6: slope ", table)

    def test_csv_agrees_with_json(self):
        self.succeed("run", "double-descent", *SMALL, "-o", "a.json")
        self.succeed("run", "double-descent", *SMALL, "-o", "a.csv")
        data = json.loads((self.folder / "a.json").read_text())
        lines = (self.folder / "a.csv").read_text().splitlines()
        rows = list(csv.reader(line for line in lines if not line.startswith("#")))
        self.assertEqual(rows[0], ["series", "x", "y", "low", "high", "count"])
        wanted = [(s["id"], x, y) for s in data["series"] for x, y in zip(s["x"], s["y"])]
        self.assertEqual([(r[0], float(r[1]), float(r[2])) for r in rows[1:]], wanted)

    def test_locale_changes_nothing(self):
        for language in ("de_DE.UTF-8", "C", "de"):
            out = subprocess.run([PROGRAM, "run", "double-descent", *SMALL, "-o", "-", "--reproducible"],
                                 env={**os.environ, "LC_ALL": language, "LANGUAGE": "de"},
                                 capture_output=True, text=True, check=True).stdout
            self.assertEqual(out, self.succeed("run", "double-descent", *SMALL, "-o", "-", "--reproducible"))

    def test_threads_change_nothing(self):
        for extra in ([], ["-p", "depth=3", "-p", "activation=erf"], ["-p", "model=random-features"]):
            one, two = (self.succeed("run", "double-descent", *SMALL, *extra, "-o", "-", "--reproducible",
                                     "--threads", n) for n in (1, 2))
            self.assertEqual(one, two)
            self.assertNotIn('"seconds"', one)

    def test_table_and_figure(self):
        out = self.succeed("run", "double-descent", *SMALL, "--figure", "f.png")
        self.assertIn("rank", out.splitlines()[0])
        self.assertIn("Peak at width", out.splitlines()[-1])
        self.assertEqual((self.folder / "f.png").read_bytes()[:8], b"\x89PNG\r\n\x1a\n")

    def test_files_rebuild_themselves(self):
        self.succeed("run", "double-descent", *SMALL, "-p", "noise=0.3", "-o", "a.json", "--reproducible")
        wanted = (self.folder / "a.json").read_text()
        for name in ("f.png", "f.svg", "f.pdf"):
            self.succeed("render", "a.json", "-o", name)
            self.assertEqual(self.succeed("run", name, "-o", "-", "--reproducible"), wanted)
        self.succeed("run", "a.json", "-o", "b.csv")
        self.assertEqual(self.succeed("run", "b.csv", "-o", "-", "--reproducible"), wanted)
        self.assertNotEqual(self.succeed("run", "a.json", "-p", "noise=1", "-o", "-", "--reproducible"), wanted)


class Render(Base):
    def test_sizes(self):
        self.succeed("render", "double-descent", *SMALL, "-o", "a.png", "--size", "600x400", "--dpi", "192")
        for size, said in (("600x400", ""), ("400x160", "tangent-lab-cli: at 400x160 there is no room for the ")):
            told = subprocess.run([PROGRAM, "render", "double-descent", *SMALL, "-o", "b.png", "--size", size,
                                   "--force", "--quiet"], cwd=self.folder, capture_output=True, text=True, check=True)
            self.assertTrue(told.stderr.startswith(said), told.stderr)
            self.assertEqual(told.stderr.count("\n"), 1 if said else 0, told.stderr)
        header = (self.folder / "a.png").read_bytes()[16:24]
        self.assertEqual((int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")), (1200, 800))

    def test_same_bytes(self):
        for name in ("png", "svg", "pdf"):
            for copy in "ab":
                self.succeed("render", "double-descent", *SMALL, "-o", f"{copy}.{name}", "--theme", "paper")
            self.assertEqual(*((self.folder / f"{copy}.{name}").read_bytes() for copy in "ab"))

    def test_refusals(self):
        self.refuse(2, "unknown format", "render", "double-descent", "-o", "a.gif")
        self.refuse(2, "-o FILE", "render", "double-descent")
        self.refuse(2, "unknown theme", "render", "double-descent", "-o", "a.png", "--theme", "neon")
        for size in ("0x0", "12", "axb", "-5x5", "10x10x10", "4294967297x4294967300", "40000x400", "+5x5",
                     " 5x5", "5x", "x5", "0x10x10", "9" * 1000 + "x5"):
            self.refuse(2, "--size", "render", "double-descent", "-o", "a.png", "--size", size)
        for dpi in ("0", "nan", "1e9", "0x60", "96 ", "1e999", ""):
            self.refuse(2, "--dpi", "render", "double-descent", "-o", "a.png", "--dpi", dpi)
        self.refuse(2, "32767", "render", "double-descent", *SMALL, "-o", "a.png", "--size", "9000x9000",
                    "--dpi", "600")
        self.refuse(2, "--format", "render", "double-descent", "-o", "-")
        self.refuse(2, "--format", "render", "double-descent", "-o", "-", "--format", "gif")
        self.refuse(2, "a.svg says .svg, but --format says png", "render", "double-descent", "-o", "a.svg",
                    "--format", "png")

    def test_without_fonts(self):
        """Boxes are no letters: it says what to install, and writes nothing."""
        (self.folder / "cache").mkdir()
        config = self.folder / "fonts.conf"
        config.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                          '<dir prefix="cwd">none</dir><cachedir prefix="cwd">cache</cachedir></fontconfig>')
        self.environment["FONTCONFIG_FILE"] = str(config)
        for name in ("a.png", "a.svg", "a.pdf"):
            self.refuse(1, "fonts-dejavu-core", "render", "double-descent", *SMALL, "-o", name)
        self.succeed("render", "double-descent", *SMALL, "-o", "a.csv")


def rows(text):
    return [[float(x) for x in line.split(",")] for line in text.splitlines()]


class Kernel(Base):
    def write(self, name, points, header=""):
        lines = [",".join(map(repr, point)) for point in points]
        (self.folder / name).write_text("\n".join([header] * bool(header) + lines) + "\n")
        return name

    def points(self, n, dim, seed=1):
        draw = random.Random(seed)
        return [[draw.gauss(0, 1) for _ in range(dim)] for _ in range(n)]

    @staticmethod
    def relu(x, y, depth, w2, b2):
        """NNGP and NTK of one pair, from the formulas."""
        dim = len(x)
        p, q, r = (w2 * sum(map(operator.mul, a, b)) / dim + b2 for a, b in ((x, x), (y, y), (x, y)))
        t = r
        for layer in range(depth):
            angle = math.acos(max(-1, min(1, r / math.sqrt(p * q))))
            k = math.sqrt(p * q) * (math.sin(angle) + (math.pi - angle) * math.cos(angle)) / (2 * math.pi)
            kdot = (math.pi - angle) / (2 * math.pi)
            nngp, ntk = k, k + kdot * t
            p, q, r = w2 * p / 2 + b2, w2 * q / 2 + b2, w2 * k + b2
            t = r + w2 * kdot * t
        return nngp, ntk

    def test_numbers(self):
        points = self.points(7, 3)
        self.write("a.csv", points)
        for depth, w2, b2, extra in ((1, 2, 0, []),
                                     (3, 1.5, 0.2, ["--depth", 3, "--sigma-w2", 1.5, "--sigma-b2", 0.2])):
            ntk = rows(self.succeed("kernel", "a.csv", *extra))
            nngp = rows(self.succeed("kernel", "a.csv", "--kind", "nngp", "--sigma-v2", 3, *extra))
            for i, x in enumerate(points):
                for j, y in enumerate(points):
                    want = self.relu(x, y, depth, w2, b2)
                    self.assertAlmostEqual(nngp[i][j], 3 * want[0], delta=1e-6 if i == j else 1e-12)
                    self.assertAlmostEqual(ntk[i][j], want[1], delta=1e-6 if i == j else 1e-12)
                    self.assertEqual(ntk[i][j], ntk[j][i])

    def test_with_others(self):
        """A line for each point, a column for each of the others."""
        all_points = self.points(9, 4)
        self.write("all.csv", all_points)
        self.write("a.csv", all_points[:4])
        self.write("b.csv", all_points[4:])
        for activation in ("relu", "tanh", "rbf"):
            whole = rows(self.succeed("kernel", "all.csv", "--activation", activation, "--depth", 2))
            part = rows(self.succeed("kernel", "a.csv", "--with", "b.csv", "--activation", activation, "--depth", 2))
            self.assertEqual([len(row) for row in part], [5] * 4)
            for i in range(4):
                for j in range(5):
                    self.assertAlmostEqual(part[i][j], whole[i][4 + j], delta=1e-12)
        self.assertEqual(len(rows(self.succeed("kernel", "b.csv", "--with", "a.csv"))), 5)

    def test_every_activation(self):
        self.write("a.csv", self.points(5, 2))
        seen = set()
        for row in json.loads(self.succeed("list", "activations", "--json")):
            out = self.succeed("kernel", "a.csv", "--activation", row["id"], "--depth", 2, "--sigma-b2", 0.1)
            self.assertEqual([len(line) for line in rows(out)], [5] * 5)
            seen.add(out)
        self.assertEqual(len(seen), 10)
        self.assertNotEqual(self.succeed("kernel", "a.csv", "--activation", "leaky-relu", "--leak", 0.3),
                            self.succeed("kernel", "a.csv", "--activation", "leaky-relu"))

    def test_files(self):
        points = self.points(4, 2)
        plain = self.succeed("kernel", self.write("a.csv", points))
        self.assertEqual(self.succeed("kernel", self.write("b.csv", points, 'x,"y, z"')), plain)
        (self.folder / "c.csv").write_text("\ufeff# made by hand\r\n\r\n" + "\r\n".join(
            ", ".join(f'"{x!r}"' for x in point) for point in points))
        self.assertEqual(self.succeed("kernel", "c.csv"), plain)
        self.succeed("kernel", "a.csv", "-o", "k.csv")
        self.assertEqual((self.folder / "k.csv").read_text(), plain)
        self.refuse(1, "--force", "kernel", "a.csv", "-o", "k.csv")
        self.succeed("kernel", "a.csv", "--kind", "nngp", "-o", "k.csv", "--force")
        self.assertNotEqual((self.folder / "k.csv").read_text(), plain)
        for number in plain.replace("\n", ",").split(",")[:-1]:
            self.assertEqual(f"{float(number):.17g}", number)

    def test_digits(self):
        """As many as tell a number from its neighbours, of every size: reading them gives it back, and
        Python writes it the same way."""
        sizes = [10.0 ** k for k in range(-14, 12)] + [1, 3, 0.5, 0.1, 1 / 3, 0.7, 1234.5, 99999.999999999]
        draw = random.Random(3)
        sizes += [10 ** draw.uniform(-9, 9) for _ in range(100)]
        self.write("a.csv", [[size] for size in sizes] + [[-1.0]])
        seen = self.succeed("kernel", "a.csv", "--activation", "leaky-relu", "--sigma-w2", 2).split()
        numbers = [number for line in seen for number in line.split(",")]
        self.assertEqual(len(numbers), (len(sizes) + 1) ** 2)
        for number in numbers:
            self.assertEqual(f"{float(number):.17g}", number)
        self.assertGreater(sum("e-" in number for number in numbers), 500)
        self.assertGreater(sum("e+" in number for number in numbers), 100)
        self.assertGreater(sum(number.startswith("-") for number in numbers), 0)

    def test_threads_change_nothing(self):
        self.write("a.csv", self.points(300, 5))
        for activation in ("relu", "swish"):
            one, two, five = (self.succeed("kernel", "a.csv", "--activation", activation, "--depth", 2,
                                           "--threads", n) for n in (1, 2, 5))
            self.assertEqual(one, two)
            self.assertEqual(one, five)

    def test_refusals(self):
        self.write("a.csv", self.points(3, 2))
        for text, words in (("1,2\n3\n", "line 2 has 1 columns"), ("1,2\n3,x\n", "line 2, column 2: “x”"),
                            ("1,,2\n", "line 1, column 2: there is no number"), ("", "no numbers"),
                            ("a,b\n", "no numbers"), ("1,nan\n", "not a finite number"),
                            ("1,1e999\n", "not a finite number"), ("1,2\n3,4,\n", "column 3"),
                            ("a,b\n1,2,3\n", "line 2 has 3 columns"), ("1\0002\n", "not a text file")):
            (self.folder / "bad.csv").write_text(text)
            self.refuse(2, words, "kernel", "bad.csv")
            self.refuse(2, "bad.csv", "kernel", "a.csv", "--with", "bad.csv")
        for text, words in ((",x,y\n0,1,0\n", "line 1, column 1: this column has no name"),
                            ("1,5;2\n1.5;2\n", "line 2, column 1: decimals")):
            (self.folder / "bad.csv").write_text(text)
            self.refuse(2, words, "kernel", "bad.csv")
        plain = self.succeed("kernel", self.write("b.csv", [[1.5, 0], [0, 1]], "x,y"))
        for text in ("x;y\n1,5;0\n0;1\n", "x\ty\n1.5\t0\n0\t1\n", "x y\n1.5  0\n 0 1\n"):
            (self.folder / "b.csv").write_text(text)
            self.assertEqual(self.succeed("kernel", "b.csv"), plain)
        (self.folder / "three.csv").write_text("1,2,3\n")
        self.refuse(2, "the points of three.csv have dimension 3, those of a.csv 2", "kernel", "a.csv", "--with", "three.csv")
        self.refuse(1, "No such file", "kernel", "missing.csv")
        self.refuse(2, "usage", "kernel")
        self.refuse(2, "depth must be in 1..10, not 11", "kernel", "a.csv", "--depth", 11)
        self.refuse(2, "sigma-w2 must be in 0..10", "kernel", "a.csv", "--sigma-w2", -1)
        self.refuse(2, "relu, leaky-relu", "kernel", "a.csv", "--activation", "sigmoid")
        self.refuse(2, "--kind", "kernel", "a.csv", "--kind", "gp")
        self.refuse(2, "--threads", "kernel", "a.csv", "--threads", -1)
        self.write("large.csv", [[1e200, 1], [1, 1]])
        self.refuse(1, "overflows in hidden layer 1", "kernel", "large.csv")
        self.write("far.csv", [[100.0, 1.0], [1.0, 1.0]])
        self.refuse(1, "out of reach", "kernel", "far.csv", "--activation", "tanh")
        self.refuse(1, "k.csv", "kernel", "a.csv", "-o", "k.csv", preexec_fn=limit_file_size(20))


class Refuse(Base):
    def test_unknown(self):
        self.refuse(2, "unknown command", "rum")
        self.refuse(2, "did you mean “double-descent”", "run", "double-decent")
        self.refuse(2, "did you mean “noise”", "run", "double-descent", "-p", "nosie=1")
        self.refuse(2, "KEY=VALUE", "run", "double-descent", "-p", "noise")
        self.refuse(2, "--bogus", "run", "double-descent", "--bogus")
        self.refuse(2, "relu, leaky-relu", "run", "double-descent", "-p", "activation=sigmoid")
        self.refuse(2, ".csv or .json", "run", "double-descent", "-o", "a.txt")
        self.refuse(2, "nothing called", "list", "things")
        self.refuse(2, "usage", "run")
        self.refuse(2, "usage", "run", "double-descent", "double-descent")

    def test_out_of_range(self):
        for setting in ("depth=0", "depth=11", "noise=-1", "width=5000", "ridge=1e-12", "seed=-3", "points=1"):
            self.refuse(2, "must be in", "run", "double-descent", "-p", setting)
        for setting in ("depth=two", "noise=nan", "noise=inf", "noise=", "n-train=1e3", "noise=0x1p-1z"):
            self.refuse(2, "must be a", "run", "double-descent", "-p", setting)
        self.refuse(2, "--threads", "run", "double-descent", "--threads", "-1")
        self.refuse(2, "", "run", "double-descent", "--threads", "many")

    def test_ignored(self):
        """What is asked for and changes nothing is said, in a line for each."""
        small = ("-p", "to=20", "-p", "seeds=1", "-p", "points=2", "-p", "n-test=10", "--reproducible")
        done = self.call("run", "double-descent", "-p", "model=infinite", "-p", "width=10", "-p", "n-train=7", *small)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr, "tangent-lab-cli: width is ignored: it means nothing beside the other values\n"
                         "tangent-lab-cli: n-train is ignored: it lies along the axis, which goes from = ... to = ...\n")
        self.assertEqual(done.stdout, self.succeed("run", "double-descent", "-p", "model=infinite", *small))

    def test_ignored_in_a_view(self):
        """A view that follows the cursor is of the model there: what places it is not ignored."""
        small = ("-p", "to=20", "-p", "n-train=10", "--reproducible", "-o", "-")
        done = self.call("run", "double-descent", "--view", "spectrum", "-p", "width=9", "-p", "seeds=3", *small)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stderr, "".join(
            f"tangent-lab-cli: {key} is ignored: it changes nothing in the view \u201cspectrum\u201d\n"
            for key in ("seeds", "to")))
        other = self.call("run", "double-descent", "--view", "spectrum", "-p", "width=15", *small)
        self.assertNotEqual(json.loads(done.stdout)["verdict"], json.loads(other.stdout)["verdict"])
        done = self.call("run", "kernel", "-p", "n-train=50", "-p", "width=inf", "-p", "max-depth=1")
        self.assertEqual(done.stderr, "tangent-lab-cli: n-train is ignored: it changes nothing in the view \u201cprofile\u201d\n")

    def test_scales(self):
        """The scales of the axes are asked for, come back from any picture, and are refused where there is no place."""
        size = ("--size", "600x400")
        small = ["render", "double-descent", *SMALL, *size]
        for name in ("svg", "png", "pdf", "csv"):
            self.succeed(*small, "-o", f"own.{name}")
            self.succeed(*small, "-o", f"asked.{name}", "--y-scale", "log", "--x-scale", "log")
            self.succeed(*small, "-o", f"linear.{name}", "--y-scale", "linear")
            self.succeed("render", f"linear.{name}", "-o", f"again.{name}", *size)
            self.succeed("render", f"linear.{name}", "-o", f"back.{name}", "--y-scale", "log", *size)
            own, asked, linear, again, back = (
                (self.folder / f"{file}.{name}").read_bytes() for file in ("own", "asked", "linear", "again", "back"))
            self.assertEqual(asked, own)
            self.assertEqual(back, own)
            self.assertNotIn(b"y-scale", own)
            self.assertIn(b"y-scale", linear)
            self.assertEqual(again, linear)
        self.succeed("run", "linear.svg", "-o", "numbers.csv", "--figure", "figure.svg")
        self.assertIn(b"y-scale", (self.folder / "figure.svg").read_bytes())
        # Another view has axes of its own, and what is no scale is not taken for one.
        self.assertNotIn(b"y-scale", self.call("render", "linear.svg", "--view", "fit", "-o", "-", "--format", "svg",
                                               text=False).stdout)
        text = (self.folder / "linear.csv").read_text()
        for word in ("index", "degrees", "Log", "\u221e", "x" * 5000):
            (self.folder / "odd.csv").write_text(text.replace("# y-scale: linear", f"# y-scale: {word}"))
            self.assertEqual(self.succeed("render", "odd.csv", "-o", "-", "--format", "svg", *size),
                             (self.folder / "own.svg").read_text())
        self.refuse(2, "must be log or linear", *small, "-o", "a.svg", "--y-scale", "cubic")
        self.refuse(2, "not all that lies along this axis is positive", "render", "kernel", "-p", "width=inf", "-p",
                    "max-depth=1", "-o", "a.svg", "--x-scale", "log")

    def test_contradictory(self):
        self.refuse(2, "before it begins", "run", "double-descent", "-p", "from=50", "-p", "to=20")
        self.refuse(2, "constant", "run", "double-descent", "-p", "dim=1", "-p", "target=cosine")
        for words, settings in (
                ("no width to sweep", "model=infinite axis=width"),
                ("averages over random weights", "model=linear axis=ensemble"),
                ("must be linear with inputs = two-scale", "inputs=two-scale target=quadratic"),
                ("slow-dims must be between 0 and dim = 4", "inputs=two-scale dim=4"),
                ("on the sphere only", "inputs=gaussian target=published"),
                ("0 in one dimension", "inputs=gaussian target=quadratic dim=1"),
                ("fast coordinates cannot have a power of 1",
                 "inputs=two-scale dim=9 slow-dims=9 fast-power=1"),
                ("slow coordinates cannot have a power of 1", "inputs=two-scale slow-dims=0"),
                ("slow coordinates cannot have a power of 1", "inputs=two-scale slow-scale=0")):
            pairs = [word for setting in settings.split() for word in ("-p", setting)]
            self.refuse(2, words, "run", "double-descent", *pairs)
            self.refuse(2, words, "render", "double-descent", *pairs, "-o", "a.png")
        self.refuse(2, "fit-to", "run", "learning-curve", "-p", "fit-from=500", "-p", "fit-to=100")
        self.refuse(2, "infinite width", "run", "learning-curve", "-p", "width=16", "-p", "kernel=laplace")

    def test_status_is_told(self):
        for told in (self.succeed("--help").replace("\n", " "), GUIDE.read_text()):
            for words in ("files, memory, numerics", "unknown, unparsable"):
                self.assertIn(words, told)
        self.assertIn("contradictory", self.succeed("--help"))

    @unittest.skipIf("ASAN_OPTIONS" in os.environ, "sanitizers need all of the address space")
    def test_too_large(self):
        self.refuse(1, "GiB", "run", "double-descent", "-p", "n-train=20000", "-p", "n-test=20000",
                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30)))

    def test_files(self):
        self.refuse(1, "No such file", "run", "missing.json")
        (self.folder / "a.json").write_text("{}")
        self.refuse(2, "names no exhibit", "run", "a.json")
        (self.folder / "b.json").write_text('{"exhibit": "double-descent", "parameters": {"depth": 99}}')
        self.refuse(2, "b.json: depth must be in 1..10", "run", "b.json")
        self.refuse(1, "exists", "run", "double-descent", *SMALL, "-o", "a.json")
        self.assertEqual((self.folder / "a.json").read_text(), "{}")
        self.succeed("run", "double-descent", *SMALL, "-o", "a.json", "--force")
        self.refuse(1, "folder does not exist", "run", "double-descent", *SMALL, "-o", "nowhere/a.json")
        (self.folder / "dir.json").mkdir()
        self.refuse(1, "folder", "run", "double-descent", *SMALL, "-o", "dir.json", "--force")

    def test_what_is_no_file_of_ours(self):
        """Unparsable is 2, unreadable is 1; a pipe is read like a file."""
        spec = '{"exhibit": "double-descent", "parameters": {"noise": 1, "n-train": 30, "points": 3, "seeds": 2}}'
        (self.folder / "a.json").write_text(spec)
        wanted = self.succeed("run", "a.json", "-o", "-", "--reproducible")
        for name, text in (("bom.json", "\ufeff" + spec), ("utf16.json", spec.encode("utf-16"))):
            (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
            self.assertEqual(self.succeed("run", name, "-o", "-", "--reproducible"), wanted)
        self.assertEqual(self.succeed("run", "/dev/stdin", "-o", "-", "--reproducible", input=spec), wanted)
        for text, words in (("[1,2]", "a JSON array"), ("{", "not JSON"), (" " * 400000, "nothing in this file"),
                            ("hello", "none of what this program writes"),
                            ('{"a": ' + "[" * 80000, "nested more than 100 levels")):
            (self.folder / "bad.json").write_text(text)
            self.refuse(2, "bad.json: ", "run", "bad.json")
            self.refuse(2, words, "render", "bad.json", "-o", "a.png")
        self.refuse(2, "larger than 256.0", "run", "/dev/zero")
        self.refuse(2, "larger than 256.0", "kernel", "/dev/zero")
        self.refuse(1, "Is a directory", "run", ".")

    def test_values_come_back(self):
        for preset in ("epoch-wise-linear", "ridge-at-peak", "samples-linear", "ensemble-at-peak"):
            # What a preset has no use for is said.
            done = self.call("run", preset, "-p", "dim=12", "-p", "slow-dims=4", "-p", "n-train=20", "-p", "seeds=1",
                             "-p", "n-test=9", "-p", "points=2", "-p", "width=12", "-o", f"{preset}.json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.succeed("run", f"{preset}.json", "-o", "b.json", "--force")
            one, two = (json.loads((self.folder / name).read_text())["parameters"]
                        for name in (f"{preset}.json", "b.json"))
            self.assertEqual(one, two)

    def test_full_disk(self):
        """A file that does not fit leaves nothing, and an old one as it was."""
        self.refuse(1, "a.json", "run", "double-descent", *SMALL, "-o", "a.json",
                    preexec_fn=limit_file_size(1000))
        (self.folder / "old.png").write_text("old")
        self.refuse(1, "old.png", "render", "double-descent", *SMALL, "-o", "old.png", "--force",
                    preexec_fn=limit_file_size(1000))
        self.assertEqual((self.folder / "old.png").read_text(), "old")
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "run", "double-descent", *SMALL], stdout=full,
                                  stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("/dev/stdout", done.stderr)

    def test_read_only_folder(self):
        if not os.path.isdir("/proc/sys"):
            self.skipTest("no folder that even root cannot write to")
        self.refuse(1, "/proc/sys/a.json", "run", "double-descent", *SMALL, "-o", "/proc/sys/a.json")


    def test_options(self):
        for option in ("--force", "--quiet", "--reproducible"):
            self.refuse(2, "takes no value", "run", "double-descent", option + "=1")
        self.refuse(2, "takes no value", "list", "--json=yes")
        for number in ("010", "0x2", " 2", "2 ", "2.5", "99999999999999999999", ""):
            self.refuse(2, "--threads", "run", "double-descent", "--threads", number)
        self.refuse(2, "needs a value", "run", "double-descent", "--threads")
        for twice in (["-o", "a.json", "--output=b.json"], ["--threads", 1, "--threads", 1]):
            self.refuse(2, "twice", "run", "double-descent", *twice)
        self.refuse(2, "csv or json", "run", "double-descent", "--format", "png")
        self.refuse(2, "a.csv says .csv, but --format says json", "run", "double-descent", "-o", "a.csv",
                    "--format", "json")
        self.succeed("run", "double-descent", *SMALL, "--force", "--force", "-p", "noise=1", "-p", "noise=0.5")

    def test_odd_words(self):
        """What is not plain text is spelt out, what is long is shortened."""
        for word in ("two\nlines", "\x1b[31mred", "x" * 100000, b"\xff\xfe", "right\u202eleft"):
            word = os.fsencode(word) if isinstance(word, str) else word
            for arguments in ([word], ["list", word], ["run", "double-descent", b"--" + word],
                              ["run", "double-descent", b"-p", word],
                              ["run", "double-descent", b"-p", b"noise=" + word],
                              ["run", "double-descent", b"-o", word], ["kernel", "a.csv", b"--kind", word],
                              ["render", "double-descent", "-o", "a.png", b"--size", word],
                              ["render", "double-descent", "-o", "a.png", b"--theme", word],
                              ["render", "double-descent", "-o", b"a." + word]):
                with self.subTest(arguments=arguments):
                    done = self.call_raw(arguments)
                    self.assertIn(done.returncode, (1, 2))
                    self.assertEqual(done.stderr.count(b"\n"), 1)
                    self.assertLess(len(done.stderr), 600)
                    self.assertTrue(done.stderr.decode()[:-1].isprintable(), done.stderr)

    def call_raw(self, arguments):
        return subprocess.run([os.fsencode(PROGRAM)] + [os.fsencode(a) for a in arguments], cwd=self.folder,
                              env=self.environment, capture_output=True, timeout=100)

    def test_same_file_twice(self):
        self.write_points()
        for other in ("s.csv", "./s.csv", self.folder / "s.csv"):
            self.refuse(2, "s.csv would be overwritten", "run", "double-descent", *SMALL, "-o", "s.csv",
                        "--figure", other, "--force")
        os.link(self.folder / "points.csv", self.folder / "same.csv")
        self.refuse(2, "kernel writes a table", "kernel", "points.csv", "-o", "kernel.json")
        for other in ("points.csv", "same.csv"):
            with open(self.folder / "points.csv") as points:
                self.refuse(2, "stdin would be overwritten", "kernel", "-", "-o", other, "--force", stdin=points)
            self.refuse(2, "points.csv would be overwritten", "kernel", "points.csv", "-o", other, "--force")
            self.refuse(2, "points.csv would be overwritten", "kernel", "-", "--with", "points.csv", "-o", other,
                        "--force", input="1,2\n")
        (self.folder / "late.csv").symlink_to("target.csv")
        self.refuse(2, "would be overwritten", "run", "double-descent", *SMALL, "-o", "late.csv",
                    "--figure", "target.csv", "--force")

    def write_points(self):
        (self.folder / "points.csv").write_text("1,0\n0,1\n")

    def test_standard_output(self):
        """What cannot be printed is a failure, wherever it is printed."""
        self.write_points()
        for arguments in (["--help"], ["--version"], ["list"], ["list", "--json"], ["kernel", "points.csv"],
                          ["run", "double-descent", *SMALL, "-o", "-"],
                          ["render", "double-descent", *SMALL, "-o", "-", "--format", "pdf"]):
            for stream in ("> /dev/full", ">&-"):
                done = subprocess.run(["sh", "-c", f'exec "$0" "$@" {stream}', PROGRAM, *arguments],
                                      cwd=self.folder, env=self.environment, stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 1, arguments)
                self.assertIn("/dev/stdout", done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1)

    def test_closed_streams(self):
        """A file does not take the place of a stream that is closed."""
        subprocess.run(["sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', PROGRAM, "run", "double-descent", *SMALL,
                        "-o", "a.json"], cwd=self.folder, env=self.environment, check=True)
        json.loads((self.folder / "a.json").read_text())


class Streams(Base):
    def test_both_ways(self):
        """A dash is standard input and output."""
        wanted = self.succeed("run", "double-descent", *SMALL, "-o", "-", "--reproducible")
        self.assertEqual(self.succeed("run", "-", "-o", "-", "--reproducible", input=wanted), wanted)
        self.assertEqual(self.succeed("run", "-", "--format", "json", "--reproducible", input=wanted), wanted)
        table = self.succeed("run", "-", "-o", "-", "--format", "csv", input=wanted)
        self.succeed("run", "-", "-o", "a.csv", input=wanted)
        self.assertEqual((self.folder / "a.csv").read_text(), table)
        for name in ("png", "svg", "pdf", "csv"):
            picture = self.succeed("render", "-", "-o", "-", "--format", name, input=wanted.encode(), text=False)
            self.succeed("render", "-", "-o", "a.data", "--format", name, "--force", input=wanted)
            self.assertEqual((self.folder / "a.data").read_bytes(), picture)
            back = self.succeed("run", "-", "-o", "-", "--reproducible", input=picture, text=False)
            self.assertEqual(back.decode(), wanted)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.csv", "a.data"])

    def test_kernel(self):
        points = "1,0\n0.6,0.8\n"
        (self.folder / "a.csv").write_text(points)
        wanted = self.succeed("kernel", "a.csv")
        self.assertEqual(self.succeed("kernel", "-", input=points), wanted)
        self.assertEqual(self.succeed("kernel", "a.csv", "-o", "-"), wanted)
        self.assertEqual(self.succeed("kernel", "a.csv", "--with", "-", input=points), wanted)
        self.refuse(2, "only be read once", "kernel", "-", "--with", "-", input=points)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.csv"])


class List(Base):
    def test_lists(self):
        for what in ("exhibits", "presets", "parameters", "activations", "themes"):
            rows = json.loads(self.succeed("list", what, "--json"))
            self.assertGreater(len(rows), 0)
            table = self.succeed("list", what)
            for row in rows:
                self.assertIn(next(iter(row.values())), table)
        self.assertIn("random-features-double-descent", self.succeed("list"))

    def test_help_and_version(self):
        self.assertIn("Usage", self.succeed("--help"))
        self.assertIn("Usage", self.succeed("run", "--help"))
        self.assertRegex(self.succeed("--version"), r"^tangent-lab \d+\.\d+\.\d+\n$")
        self.assertEqual(self.call().returncode, 2)


class Linkage(Base):
    def test_no_toolkit(self):
        libraries = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True, check=True).stdout
        for library in ("libgtk", "libadwaita"):
            self.assertNotIn(library, libraries)
        self.assertIn("openblas", os.path.realpath(next(
            line.split("=>")[1].split("(")[0].strip() for line in libraries.splitlines() if "libopenblas" in line)))


if __name__ == "__main__":
    unittest.main(verbosity=1)
