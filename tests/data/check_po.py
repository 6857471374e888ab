#!/usr/bin/env python3
"""Checks of po/.

check_po.py potfiles ROOT [--write]        POTFILES names exactly the files with strings to translate
check_po.py template ROOT OUTPUT VERSION   writes the template (tangent-lab.pot)
check_po.py complete ROOT                  every language of LINGUAS translates every string
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# The same keywords as meson's preset "glib".
KEYWORDS = [
    "--from-code=UTF-8", "--add-comments",
    "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
    "--keyword=g_dcgettext:2", "--keyword=g_dngettext:2,3", "--keyword=g_dpgettext2:2c,3",
    "--flag=N_:1:pass-c-format", "--flag=C_:2:pass-c-format", "--flag=NC_:2:pass-c-format",
    "--flag=g_dngettext:2:pass-c-format", "--flag=g_strdup_printf:1:c-format",
    "--flag=g_string_printf:2:c-format", "--flag=g_string_append_printf:2:c-format",
    "--flag=g_error_new:3:c-format", "--flag=g_set_error:4:c-format",
    "--flag=g_markup_printf_escaped:1:c-format", "--flag=g_log:3:c-format",
    "--flag=g_print:1:c-format", "--flag=g_printerr:1:c-format", "--flag=g_printf:1:c-format",
    "--flag=g_fprintf:2:c-format", "--flag=g_sprintf:2:c-format", "--flag=g_snprintf:3:c-format",
]
# Where strings may be marked, and how a marked string looks there.
PLACES = [
    ("resources", "*.desktop.in", None),
    ("resources", "*.metainfo.xml.in", None),
    ("resources", "*.gschema.xml", None),
    ("resources/gtk", "*.ui", re.compile(r'translatable="(yes|true|1)"')),
    ("ui", "*.ui", re.compile(r'translatable="(yes|true|1)"')),
    *((f"src/{layer}", "**/*.[ch]", "c")
      for layer in ("ntk", "lab", "plot", "figures", "app", "cli")),
]
MARKED = re.compile(r"\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?|g_dcgettext)\s*\(\s*[\"A-Z]")


def fail(*lines):
    for line in lines:
        print(line)
    sys.exit(1)


def run(*command, **options):
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    return subprocess.run(command, env=environment, text=True, check=True, **options)


def marked_files(root):
    found = []
    for folder, pattern, how in PLACES:
        for path in sorted((root / folder).glob(pattern)):
            text = path.read_text(encoding="utf-8")
            expression = MARKED if how == "c" else how
            if expression is None or expression.search(text):
                found.append(path.relative_to(root).as_posix())
    return found


def potfiles(root):
    lines = (root / "po/POTFILES").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def write_template(root, output, version):
    listed = [name for name in potfiles(root) if (root / name).exists()]
    run("xgettext", *KEYWORDS, "--package-name=tangent-lab", f"--package-version={version}",
        "--copyright-holder=The Tangent Lab developers", f"--output={output}", *listed, cwd=root)
    text = Path(output).read_text(encoding="utf-8")
    Path(output).write_text(text.replace("charset=CHARSET", "charset=UTF-8"), encoding="utf-8")


def entries(po):
    """(context, id) of every live entry, and of those that are fuzzy or lack a translation."""
    every, bad = [], []
    lines = run("msgattrib", "--no-obsolete", "--no-wrap", str(po), stdout=subprocess.PIPE).stdout
    for block in lines.split("\n\n"):
        fields, key, fuzzy = {}, None, False
        for line in block.splitlines():
            if line.startswith("#,") and "fuzzy" in line:
                fuzzy = True
            elif line.startswith("#"):
                continue
            match = re.match(r'(msg\w+(?:\[\d\])?) "(.*)"$', line)
            if match:
                key = match.group(1)
                fields[key] = match.group(2)
            elif line.startswith('"') and key:
                fields[key] += line[1:-1]
        if not fields.get("msgid"):
            continue
        identity = (fields.get("msgctxt"), fields["msgid"])
        every.append(identity)
        texts = [text for name, text in fields.items() if name.startswith("msgstr")]
        if fuzzy or not texts or not all(texts):
            bad.append(identity)
    return every, bad


def check_potfiles(root, write):
    wanted = marked_files(root)
    if write:
        (root / "po/POTFILES").write_text("".join(name + "\n" for name in wanted), encoding="utf-8")
        return
    listed = potfiles(root)
    problems = [f"po/POTFILES lacks {name}" for name in wanted if name not in listed]
    problems += [f"po/POTFILES names {name}, which does not exist"
                 for name in listed if not (root / name).exists()]
    problems += [f"po/POTFILES names {name}, which has no string to translate"
                 for name in listed if (root / name).exists() and name not in wanted]
    if problems:
        fail(*problems, "tools/update-po puts this right.")
    print(f"{len(listed)} files")


# What nobody who teaches the field would say, and what is said instead.
UNSAID = {
    "de": {"ewöhnlich": "Standard", "berschüssig": "Exzessrisiko", "Ridge-Strafe": "Ridge-Parameter",
           "efittet": "angepasst", "Schwellenwert": "Bias-Term", "Abbruch: ": "Training: "},
}


def check_words(language, po):
    texts = run("msgattrib", "--no-obsolete", "--no-wrap", str(po), stdout=subprocess.PIPE).stdout
    said = [line for line in texts.splitlines() if line.startswith("msgstr")]
    return [f"{language}: “{word}”, rather “{better}”: {line}"
            for word, better in UNSAID.get(language, {}).items() for line in said if word in line]


def check_complete(root):
    languages = (root / "po/LINGUAS").read_text(encoding="utf-8").split()
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "tangent-lab.pot"
        write_template(root, template, "0")
        strings, _ = entries(template)
        for language in languages:
            po = root / "po" / f"{language}.po"
            try:
                run("msgfmt", "--check", f"--output-file={os.devnull}", str(po),
                    stderr=subprocess.PIPE)
            except subprocess.CalledProcessError as error:
                problems += error.stderr.strip().splitlines()
            problems += check_words(language, po)
            translated, bad = entries(po)
            missing = [key for key in strings if key not in set(translated)]
            problems += [f"{language}: not there: {text!r}" for _, text in missing]
            problems += [f"{language}: not translated or fuzzy: {text!r}" for _, text in bad]
            print(f"{language}: {len(strings) - len(missing) - len(bad)} of {len(strings)} strings")
    if problems:
        fail(*problems, "tools/update-po merges what is new; then translate it in po/.")


def main():
    command, root = sys.argv[1], Path(sys.argv[2]).resolve()
    if command == "potfiles":
        check_potfiles(root, "--write" in sys.argv[3:])
    elif command == "template":
        write_template(root, sys.argv[3], sys.argv[4])
    elif command == "complete":
        check_complete(root)
    else:
        fail(f"unknown check: {command}")


main()
