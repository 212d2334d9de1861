#!/usr/bin/env python3
"""Runs every command of the client as a newcomer would, against servers of its own, and looks at what has become of it.

Usage: Tests/Command/command.py PATH_TO_BINARY [--only WORD]

Needs Python 3.9. Every server listens on a free port of the loopback address and keeps its database in memory or in a
temporary folder. A check has many expectations and tells of each that is not met; the exit code is 1 where one is not.
`--only` runs the checks whose sentence or name has the word.
"""

import argparse
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True

import client_checks  # noqa: E402, F401
import completion_checks  # noqa: E402, F401
import config_checks  # noqa: E402, F401
import connection_checks  # noqa: E402, F401
import lifetime_checks  # noqa: E402, F401
import log_checks  # noqa: E402, F401
import refusal_checks  # noqa: E402, F401
import serve_checks  # noqa: E402, F401
import state_checks  # noqa: E402, F401
from harness import CHECKS, Case, World  # noqa: E402

SHOWN_FLAWS = 8


def run(check, world):
    """Runs one check and says how it went."""
    case = Case(world)
    try:
        check(case)
    except Exception as error:  # A check may fail in any way; the others run all the same.
        case.that(False, f"the check broke off: {error!r}")
    sentence = " ".join(check.__doc__.split())
    print(f"{'FAIL' if case.flaws else 'ok  '} {sentence} ({case.expectations})", flush=True)
    for flaw in case.flaws[:SHOWN_FLAWS]:
        print(f"     - {flaw}", flush=True)
    if len(case.flaws) > SHOWN_FLAWS:
        print(f"     - and {len(case.flaws) - SHOWN_FLAWS} more", flush=True)
    return case


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("--only", default="", metavar="WORD", help="run the checks whose sentence or name has it")
    arguments = parser.parse_args()

    word = arguments.only.lower()
    checks = [check for check in CHECKS if word in check.__doc__.lower() or word in check.__name__]
    start = time.monotonic()
    with World(arguments.binary.resolve()) as world:
        cases = [run(check, world) for check in checks]
    failed = sum(bool(case.flaws) for case in cases)
    expectations = sum(case.expectations for case in cases)
    took = time.monotonic() - start
    print(f"{len(cases) - failed} passed, {failed} failed: {expectations} expectations in {took:.0f} s")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
