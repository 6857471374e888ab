"""Numbers in sentences, and the documents that they come from."""

import math
import re

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

    def numbers(self):
        """All values of all series and fields."""
        fields = [z for f in self.data.get("fields", []) for row in f["z"] for z in row]
        return [y for s in self.series.values() for y in s["y"]] + fields

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


def nothing(doc, m):
    pass
