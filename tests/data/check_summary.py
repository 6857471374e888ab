#!/usr/bin/env python3
"""check_summary.py ROOT: tools/summarize-tests counts as tools/test promises."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

CASES = [
    (["OK", "OK"], 0, 0, "2 passed, 0 failed"),
    (["OK", "EXPECTEDFAIL", "SKIP"], 0, 0, "2 passed, 0 failed, 1 skipped"),
    (["OK", "FAIL", "TIMEOUT", "UNEXPECTEDPASS", "ERROR"], 4, 1, "1 passed, 4 failed"),
    (["OK"], 1, 1, "1 passed, 1 failed"),
    ([], 1, 1, "0 passed, 1 failed"),
]


def main():
    script = Path(sys.argv[1]) / "tools/summarize-tests"
    status = 0
    for results, runner, wanted_status, wanted in CASES:
        with tempfile.NamedTemporaryFile("w", suffix=".json") as log:
            for result in results:
                log.write(json.dumps({"name": "t", "result": result, "returncode": 0, "stdout": "x"}) + "\n")
            log.flush()
            done = subprocess.run([sys.executable, str(script), log.name, str(runner)], text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        if done.returncode != wanted_status or done.stdout.splitlines()[-1:] != [wanted]:
            print(f"{results} with {runner}: {done.stdout!r}, exit status {done.returncode}")
            status = 1
    return status


sys.exit(main())
