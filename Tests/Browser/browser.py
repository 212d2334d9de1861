#!/usr/bin/env python3
"""Walks the login and consent pages and the demo storefront in Chromium, as a customer and as an attacker would.

Usage: Tests/Browser/browser.py PATH_TO_BINARY [--screenshots] [--only WORD]

Needs Python 3.9, a Chromium on the PATH (Debian's `chromium`) and `pip install -r Tests/Browser/requirements.txt`.
Each check runs on a server and in a browser profile of its own; nothing is requested from another machine. The exit
code is 1 where a check fails. `--screenshots` rewrites `fixtures/screenshots` too; `--only` runs the checks whose
sentence or name has the word.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True

from playwright.sync_api import sync_playwright  # noqa: E402

import consent_checks  # noqa: E402, F401
import demo_checks  # noqa: E402, F401
import screenshots  # noqa: E402
from harness import CHECKS, World  # noqa: E402

CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]
# Names other than this machine's do not resolve, so that nothing leaves it even where a page asks for it.
CHROMIUM_ARGUMENTS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
]
REASON_LENGTH = 600


def reason(error):
    """The first lines of an error: Playwright's go on with a log of every attempt."""
    text = str(error).split("Call log:")[0].strip() or type(error).__name__
    return " ".join(text.split())[:REASON_LENGTH]


def run(check, binary, chromium):
    """Runs one check and says how it went; true where it passed."""
    try:
        with World(binary, chromium) as world:
            check(world)
    except Exception as error:  # A check may fail in any way; the others run all the same.
        print(f"FAIL {check.__doc__}: {reason(error)}", flush=True)
        return False
    print(f"ok   {check.__doc__}", flush=True)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("--screenshots", action="store_true", help="rewrite fixtures/screenshots")
    parser.add_argument("--only", default="", metavar="WORD", help="run the checks whose sentence or name has it")
    arguments = parser.parse_args()
    chromium_path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium_path is None:
        parser.error("no Chromium on the PATH; install Debian's chromium")

    word = arguments.only.lower()
    checks = [check for check in CHECKS if word in check.__doc__.lower() or word in check.__name__]
    start = time.monotonic()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_ARGUMENTS)
        results = [run(check, arguments.binary.resolve(), chromium) for check in checks]
        if arguments.screenshots:
            results += [run(shoot, arguments.binary.resolve(), chromium) for shoot in screenshots.ALL]
        chromium.close()
    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed in {time.monotonic() - start:.0f} s")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
