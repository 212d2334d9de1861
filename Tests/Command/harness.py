"""What the checks share: servers, retailers, the command as a person runs it, and what is expected of it."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Optional
from urllib.parse import quote

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 10
COMMAND_SECONDS = 20
SHOWN_CHARACTERS = 300
SETTINGS_FILE = "connect-sandbox.yaml"
# Takes away what every run has in its environment.
NO_USUAL_VARIABLES = {"CONNECT_SANDBOX_PORT": None, "CONNECT_SANDBOX_DATABASE": None}
STANDING_CLOCK = "2026-01-01T00:00:00Z"

# The demo state in small, of which every retailer has its own: ids and addresses that a check may change as it likes.
DOCUMENT = f"""\
name: Corner Grocer
clock: {{now: {STANDING_CLOCK}, frozen: true}}
instacart_users:
  - {{id: 1, email: member@example.com, phone: "8005550101", instacartplus_member: true, expires_in: P1Y}}
  - {{id: 2, email: nonmember@example.com}}
  - {{id: 3, email: free@example.com}}
connect_users:
  - {{user_id: linked, first_name: Maria, last_name: Member, linked_to: 1}}
  - {{user_id: not-a-member, first_name: Nora, linked_to: 2}}
  - {{user_id: not-linked, first_name: John, last_name: Smith, phone_number: 800-555-0100, locale: en-US}}
  - {{user_id: not-active, first_name: Nick, active: false}}
"""

CHECKS = []


def check(function):
    """Registers a check; its docstring is the sentence it proves."""
    CHECKS.append(function)
    return function


def parsed(raw):
    """JSON, or None where it is none."""
    try:
        return json.loads(raw)
    except ValueError:
        return None


def encoded(segment):
    return quote(segment, safe="")


# What a command printed


@dataclass
class Outcome:
    """How one run of the command ended."""

    command: str
    # None where it did not end.
    code: Optional[int]
    raw: bytes
    err: str

    @property
    def out(self):
        return self.raw.decode(errors="replace")

    @property
    def fields(self):
        """The JSON on the standard output; None where there is none, which no expectation equals."""
        return parsed(self.raw)

    @property
    def labels(self):
        """Labels with their values, as a person reads them; several values are a list."""
        found = {}
        last = None
        for line in self.out.splitlines():
            label, *rest = re.split(r"\s{2,}", line.strip(), maxsplit=1)
            if not line.startswith(" "):
                last = label
                found[last] = rest[0] if rest else ""
            elif last:
                found[last] = (found[last] if isinstance(found[last], list) else [found[last]]) + [line.strip()]
        return found

    @property
    def rows(self):
        """The rows of a table, each by title, cut at where the titles begin."""
        lines = self.out.splitlines()
        if not lines:
            return []
        starts = [match.start() for match in re.finditer(r"\S+(?: \S+)*", lines[0])]
        ends = starts[1:] + [None]
        cells = [[line[start:end].strip() for start, end in zip(starts, ends)] for line in lines]
        return [dict(zip(cells[0], row)) for row in cells[1:]]

    def __str__(self):
        return f"`{self.command}` exited with {self.code}; stdout {shown(self.out)}; stderr {shown(self.err)}"


def shown(text):
    text = text if isinstance(text, str) else repr(text)
    return repr(text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…")


# Servers


class Unexpected(Exception):
    """What makes the rest of a check senseless."""


@dataclass
class Answer:
    status: int
    headers: dict
    raw: bytes

    @property
    def fields(self):
        return parsed(self.raw)

    @property
    def outcome(self):
        return self.headers.get("X-Sandbox-Outcome")


class Server:
    """A server of the binary, on a port of its own."""

    def __init__(self, world, flags, environment, settings=None, **options):
        """Starts it with flags of its own, or with what a file in its working directory says, and that only."""
        self.folder = Path(tempfile.mkdtemp(dir=world.folder))
        self.token = None
        self.port_file = self.folder / "port"
        arguments = ["--port", "0", "--port-file", str(self.port_file), "--database", ":memory:", *flags]
        if settings is not None:
            (self.folder / SETTINGS_FILE).write_text(settings)
            arguments = flags
            environment = {**NO_USUAL_VARIABLES, **(environment or {})}
        with (self.folder / "out").open("wb") as out, (self.folder / "err").open("wb") as err:
            self.process = subprocess.Popen(
                [world.binary, *arguments],
                stdout=out,
                stderr=options.pop("stderr", err),
                cwd=self.folder,
                env=world.environment(environment, url=None),
                **options,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.port_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Unexpected(f"the server did not start: {self.err[-SHOWN_CHARACTERS:]}")
            time.sleep(0.005)
        self.port = int(self.port_file.read_text())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def out(self):
        return (self.folder / "out").read_text(errors="replace")

    @property
    def err(self):
        return (self.folder / "err").read_text(errors="replace")

    def stop(self, number=signal.SIGTERM):
        """Ends it, however it takes that, and says how it ended."""
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def ask(self, method, path, body=None, bearer=None, **headers):
        """Sends a request as another program would, past the command."""
        bearer = bearer or (self.token if path.startswith("/_sandbox") else None)
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        data = None
        if body is not None:
            data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            headers["Content-Type"] = "application/yaml" if isinstance(body, str) else "application/json"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=COMMAND_SECONDS)
        try:
            connection.request(method, path, data, headers)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def token_for(self, client_id, client_secret):
        """The answer to a request for a token of client credentials."""
        body = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": client_secret}
        return self.ask("POST", "/v2/oauth/token", {**body, "scope": "connect:fulfillment"})


class Foreign:
    """A server that is something else: whatever it is asked, it answers the same."""

    def __init__(self, status=200, body=b"It works!\n", content_type="text/plain"):
        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class World:
    """A server that all checks share, and the command."""

    def __init__(self, binary):
        self.binary = str(binary)
        self.folder = Path(tempfile.mkdtemp(prefix="connect-sandbox-command-"))
        self.server = None

    def __enter__(self):
        try:
            (self.folder / "grocer.yaml").write_text(DOCUMENT)
            self.server = self.serve()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_):
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def serve(self, *flags, environment=None, **options):
        return Server(self, flags, environment, **options)

    def environment(self, changes, url):
        """The variables of a run: nothing of this shell's own settings reaches it; None takes one away.

        A server that starts where it should have refused to takes no port of anybody's, and leaves no file.
        """
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("CONNECT_SANDBOX_")}
        usual = {"CONNECT_SANDBOX_URL": url, "CONNECT_SANDBOX_PORT": "0", "CONNECT_SANDBOX_DATABASE": ":memory:"}
        given = {**inherited, **usual, **(changes or {})}
        return {name: value for name, value in given.items() if value is not None}

    def run(self, *arguments, stdin=b"", environment=None, seconds=COMMAND_SECONDS, **options):
        """Runs the command as a person does who has named the shared server in the environment."""
        variables = "".join(f"{name}={shlex.quote(value or '')} " for name, value in (environment or {}).items())
        command = variables + shlex.join(["connect-sandbox", *arguments])
        try:
            done = subprocess.run(
                [self.binary, *arguments],
                input=stdin,
                stdout=options.pop("stdout", subprocess.PIPE),
                stderr=subprocess.PIPE,
                cwd=options.pop("folder", self.folder),
                env=self.environment(environment, url=self.server.base),
                timeout=seconds,
                **options,
            )
        except subprocess.TimeoutExpired as expired:
            return Outcome(command, None, expired.stdout or b"", (expired.stderr or b"").decode(errors="replace"))
        return Outcome(command, done.returncode, done.stdout or b"", done.stderr.decode(errors="replace"))


class Retailer:
    """A retailer of one check, made over HTTP, and commands that are about it."""

    def __init__(self, world, document=DOCUMENT, server=None):
        self.world = world
        self.server = server or world.server
        made = self.server.ask("POST", "/_sandbox/retailers", document)
        if made.status != 200:
            raise Unexpected(f"no retailer: {made.raw!r}")
        self.id = made.fields["id"]
        self.client_id = made.fields["client_id"]
        self.client_secret = made.fields["client_secret"]

    def run(self, *arguments, **options):
        environment = {
            "CONNECT_SANDBOX_URL": self.server.base,
            "CONNECT_SANDBOX_RETAILER": self.id,
            **options.pop("environment", {}),
        }
        return self.world.run(*arguments, environment=environment, **options)

    def get(self, *segments, query=""):
        return self.server.ask("GET", self.path(*segments) + query)

    def path(self, *segments):
        return "/".join(["/_sandbox/retailers", encoded(self.id), *map(encoded, segments)])

    def state(self):
        return self.get("state", query="?tokens=true").raw

    def token(self):
        """The answer to a request for a token by its first application."""
        return self.server.token_for(self.client_id, self.client_secret)

    def bearer(self):
        return self.token().fields["access_token"]

    def link_outcome(self, user_id, bearer=None):
        """What Instacart's API says of a customer's link."""
        path = f"/v2/fulfillment/users/{encoded(user_id)}/link"
        return self.server.ask("GET", path, bearer=bearer or self.bearer()).outcome


# What is expected


class Case:
    """One check as it runs: what it expected, and what was otherwise."""

    def __init__(self, world):
        self.world = world
        self.expectations = 0
        self.flaws = []

    def retailer(self, **options):
        return Retailer(self.world, **options)

    def that(self, condition, flaw):
        self.expectations += 1
        if not condition:
            self.flaws.append(str(flaw))
        return bool(condition)

    def equal(self, actual, expected, what):
        return self.that(actual == expected, f"{what}: {shown(actual)}, not {shown(expected)}")

    def contains(self, text, part, what):
        return self.that(part in text, f"{what}: {shown(part)} is not in {shown(text)}")

    def done(self, outcome):
        """It did what it was asked, and has nothing to complain about."""
        self.that(outcome.code == 0 and not outcome.err, outcome)
        return outcome

    def prints_nothing(self, outcome):
        self.that(outcome.code == 0 and not outcome.raw and not outcome.err, outcome)
        return outcome

    def prints_json(self, outcome, expected=None):
        """Nothing but one line of JSON, which is what was expected, where that is known."""
        self.done(outcome)
        is_line = outcome.raw.endswith(b"\n") and outcome.raw.count(b"\n") == 1
        if (
            self.that(is_line and outcome.fields is not None, f"not one line of JSON: {outcome}")
            and expected is not None
        ):
            self.equal(outcome.fields, expected, f"`{outcome.command}`")
        return outcome

    def refused(self, outcome, *words):
        """It exits with 1 and says why in one sentence, on the standard error only."""
        line = outcome.err.rstrip("\n")
        is_sentence = line.startswith("connect-sandbox: ") and "\n" not in line and outcome.err.endswith("\n")
        told = self.that(outcome.code == 1 and not outcome.raw and is_sentence, outcome)
        for word in words if told else []:
            self.contains(outcome.err, word, f"`{outcome.command}`")
        return outcome

    def misused(self, outcome, *words):
        """It exits with 64, says what is wrong and how it is used, on the standard error only."""
        is_told = outcome.err.startswith("Error: ") and "\nUsage: connect-sandbox" in outcome.err
        told = self.that(outcome.code == 64 and not outcome.raw and is_told, outcome)
        for word in words if told else []:
            self.contains(outcome.err, word, f"`{outcome.command}`")
        return outcome
