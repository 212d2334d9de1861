#!/usr/bin/env python3
"""Meets a fault of every kind with Python's http.client and urllib and with curl, and looks at what each of them sees.

Usage: Tests/Faults/clients.py PATH_TO_BINARY [--only WORD]

Needs Python 3.9 and curl. The server listens on a free port of the loopback address and keeps its database in memory;
each case has a retailer of its own. The exit code is 1 where a case fails. `--only` runs those whose sentence has the
word.
"""

import argparse
import itertools
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email import message_from_bytes
from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected
from pathlib import Path
from urllib.parse import urlencode, urlsplit

START_SECONDS = 20
PATIENCE_SECONDS = 10
LATENCY_MS = 150
REDIRECT_URI = "https://example.org/account/profile"
DOCUMENT = {
    "instacart_users": [{"id": 1, "email": "member@example.com", "instacartplus_member": True}],
    "connect_users": [{"user_id": "linked", "linked_to": 1}],
}
LINK = "/v2/fulfillment/users/linked/link"
USERS = "/v2/fulfillment/users"
TOKEN = "/v2/oauth/token"

CASES = []


def case(sentence, *lists):
    """Registers one case for each combination of the lists' elements, which fill the sentence's braces."""

    def register(function):
        for values in itertools.product(*lists):
            words = [getattr(value, "name", value) for value in values]
            CASES.append((sentence.format(*words), function, values))
        return function

    return register


def expect(what, seen, expected):
    if seen != expected:
        raise AssertionError(f"{what}: {seen!r}, not {expected!r}")


@dataclass
class Seen:
    """What a client makes of a request: an answer, a broken connection, or half of both."""

    problem: str = None
    status: int = None
    headers: object = None
    body: bytes = b""
    seconds: float = 0

    def header(self, name):
        return self.headers[name] if self.headers is not None else None

    @property
    def fields(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return None


# The clients. Each is asked for (method, url, body, headers, patience), and none of them follows a redirect.


def python_problem(error):
    # A server that closes without a word is a RemoteDisconnected, which is a ConnectionResetError too.
    kinds = [(RemoteDisconnected, "empty"), (ConnectionResetError, "reset"), (socket.timeout, "late")]
    return next((name for kind, name in kinds if isinstance(error, kind)), repr(error))


class HTTPClient:
    name = "http.client"

    def ask(self, method, url, body, headers, patience):
        address = urlsplit(url)
        connection = HTTPConnection(address.hostname, address.port, timeout=patience)
        try:
            connection.request(method, address._replace(scheme="", netloc="").geturl(), body, headers)
            response = connection.getresponse()
            return read_answer(response)
        except OSError as error:
            return Seen(problem=python_problem(error))
        finally:
            connection.close()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class URLLib:
    name = "urllib"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)

    def ask(self, method, url, body, headers, patience):
        request = urllib.request.Request(url, body and body.encode(), headers, method=method)
        try:
            return read_answer(self.opener.open(request, timeout=patience))
        except urllib.error.HTTPError as error:
            return read_answer(error)
        except urllib.error.URLError as error:
            return Seen(problem=python_problem(error.reason))
        except OSError as error:
            return Seen(problem=python_problem(error))


def read_answer(response):
    seen = Seen(status=response.status, headers=response.headers)
    try:
        seen.body = response.read()
    except IncompleteRead as error:
        seen.body, seen.problem = error.partial, "truncated"
    return seen


class Curl:
    name = "curl"
    problems = {0: None, 18: "truncated", 28: "late", 52: "empty", 56: "reset"}

    def ask(self, method, url, body, headers, patience, flags=()):
        # -q: no .curlrc; -i: the head comes before the body.
        command = ["curl", "-q", "-sS", "-i", "--noproxy", "*", "--max-time", str(patience), "-X", method, *flags, url]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        if body is not None:
            command += ["--data-binary", body]
        run = subprocess.run(command, capture_output=True)
        head, _, rest = run.stdout.rpartition(b"HTTP/1.1 ")[2].partition(b"\r\n\r\n")
        seen = Seen(problem=self.problems.get(run.returncode, f"curl's exit code {run.returncode}: {run.stderr!r}"))
        if head:
            status, _, fields = head.partition(b"\r\n")
            seen.status, seen.headers, seen.body = int(status.split()[0]), message_from_bytes(fields), rest
        return seen


CLIENTS = [HTTPClient(), URLLib(), Curl()]


# The server, and a retailer of it with a client that speaks for its application


class Server:
    def __init__(self, binary, folder):
        self.port_file, self.log = folder / "port", folder / "log"
        flags = ["--port", "0", "--port-file", self.port_file, "--database", ":memory:", "--quiet"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([binary, "serve", *flags], stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not self.port_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start: {self.log.read_text()}")
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{self.port_file.read_text().strip()}"

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def control(self, method, path, body=None):
        text = None if body is None else json.dumps(body)
        headers = {} if text is None else {"Content-Type": "application/json"}
        seen = HTTPClient().ask(method, f"{self.url}/_sandbox{path}", text, headers, PATIENCE_SECONDS)
        if seen.problem or not 200 <= seen.status < 300:
            raise AssertionError(f"{method} /_sandbox{path}: {seen.problem or seen.status} {seen.body!r}")
        return seen.fields


class Retailer:
    def __init__(self, server, client):
        self.server, self.client = server, client
        created = server.control("POST", "/retailers", DOCUMENT)
        self.path = f"/retailers/{created['id']}"
        self.credentials = {"client_id": created["client_id"], "client_secret": created["client_secret"]}
        self.bearer = None
        self.bearer = self.fetch_token().fields["access_token"]

    def arm(self, **fault):
        return self.server.control("POST", f"{self.path}/faults", fault)["id"]

    def ask(self, method, path, body=None, fault=None, patience=PATIENCE_SECONDS, **flags):
        headers = {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if self.bearer:
            headers["Authorization"] = f"Bearer {self.bearer}"
        if fault:
            headers["X-Sandbox-Fault"] = fault
        text = None if body is None else json.dumps(body)
        start = time.monotonic()
        seen = self.client.ask(method, self.server.url + path, text, headers, patience, **flags)
        seen.seconds = time.monotonic() - start
        return seen

    def read_link(self, **options):
        return self.ask("GET", LINK, **options)

    def create_user(self, **options):
        return self.ask("POST", USERS, {"user_id": "new", "first_name": "Ann"}, **options)

    def fetch_token(self, **options):
        return self.ask("POST", TOKEN, {"grant_type": "client_credentials", **self.credentials}, **options)

    def authorize(self, **options):
        query = {
            "response_type": "code",
            "client_id": self.credentials["client_id"],
            "redirect_uri": REDIRECT_URI,
            "scope": "account_linking",
            "sandbox_user": "member@example.com",
            "sandbox_decision": "allow",
        }
        return self.ask("GET", f"/oauth/authorize?{urlencode(query)}", **options)

    def users(self):
        return [user["user_id"] for user in self.server.control("GET", f"{self.path}/state")["connect_users"]]

    def latest(self):
        return self.server.control("GET", f"{self.path}/requests?limit=1")["requests"][0]


def expect_link(seen):
    """Expects the usual answer, which no fault hit."""
    expect("problem", seen.problem, None)
    expect("status", seen.status, 200)
    expect("outcome", seen.header("X-Sandbox-Outcome"), "get_user_link.success")
    expect("fault", seen.header("X-Sandbox-Fault-Hit"), None)


# What they meet

# Outcomes of every shape: the request, the outcome, its status, and what its body has.
SHAPES = {
    "get_user_link.user_not_linked": ("read_link", 400, {"message": "User Not Linked", "code": 1001}),
    "get_user_link.user_not_active": ("read_link", 403, {"message": "User Not Active", "code": None}),
    "get_user_link.success_not_a_member": ("read_link", 200, None),
    "create_user.user_id_taken": ("create_user", 400, {"message": "has already been taken", "code": 1001}),
    "create_user.success": ("create_user", 200, None),
    "any.expired_token": ("read_link", 401, {"message": "The access token expired", "code": None}),
    "any.insufficient_scope": ("create_user", 403, {"code": None}),
    "any.malformed_body": ("create_user", 400, {"message": "Invalid request body", "code": 4001}),
    "any.body_too_large": ("create_user", 413, {"code": 4001}),
    "any.not_found": ("read_link", 404, {"message": "Resource not found", "code": 4000}),
    "generate_access_token.invalid_client": ("fetch_token", 401, "invalid_client"),
    "generate_access_token.invalid_grant_replayed": ("fetch_token", 400, "invalid_grant"),
    "generate_access_token.query_params_forbidden": ("fetch_token", 403, "query_params_forbidden"),
    "authorize.invalid_redirect_uri": ("authorize", 400, "<html"),
}


@case("{0} meets the outcome {1} once, and then the usual answer", CLIENTS, SHAPES)
def outcome(server, client, key):
    request, status, error = SHAPES[key]
    retailer = Retailer(server, client)
    fault = retailer.arm(endpoint=key.split(".")[0], outcome=key) if key[:4] != "any." else retailer.arm(outcome=key)
    hit = getattr(retailer, request)()
    expect("problem", hit.problem, None)
    expect("status", hit.status, status)
    expect("outcome", hit.header("X-Sandbox-Outcome"), key)
    expect("fault", hit.header("X-Sandbox-Fault-Hit"), fault)
    if isinstance(error, dict):
        expect("error", {name: hit.fields["error"][name] for name in error}, error)
    elif error == "<html":
        expect("page", error in hit.body.decode(), True)
    elif error:
        expect("error", hit.fields["error"], error)
    if status == 401:
        expect("challenge", hit.header("WWW-Authenticate").split()[0], "Bearer")
    expect("users", retailer.users(), ["linked"])
    next_seen = getattr(retailer, request)()
    expect("fault of the next", next_seen.header("X-Sandbox-Fault-Hit"), None)
    expect("status of the next", next_seen.status, 302 if request == "authorize" else 200)


@case("{0} meets two errors in one body", CLIENTS)
def several_errors(server, client):
    retailer = Retailer(server, client)
    retailer.arm(endpoint="create_user", outcome="create_user.multiple_errors")
    hit = retailer.create_user()
    expect("status", hit.status, 400)
    expect("code", hit.fields["error"]["code"], 9999)
    expect("number", len(hit.fields["error"]["errors"]) >= 2, True)


STATUSES = {408: "request_timeout", 429: "rate_limited", 500: "internal_error", 503: "unavailable"}


@case("{0} meets {1} at {2}, by a rule and by its own header", CLIENTS, STATUSES, ["read_link", "fetch_token"])
def status(server, client, code, request):
    retailer = Retailer(server, client)
    retailer.arm(status=code)
    for hit in [getattr(retailer, request)(), getattr(retailer, request)(fault=str(code))]:
        expect("problem", hit.problem, None)
        expect("status", hit.status, code)
        expect("outcome", hit.header("X-Sandbox-Outcome"), f"any.{STATUSES[code]}")
        error = hit.fields["error"]
        expect("shape", isinstance(error, str if request == "fetch_token" else dict), True)
    expect_link(retailer.read_link())


@case("curl's own --retry gets over {0}", STATUSES)
def curl_retries(server, code):
    retailer = Retailer(server, Curl())
    retailer.arm(endpoint="get_user_link", status=code)
    expect_link(retailer.read_link(flags=["--retry", "1", "--retry-delay", "1"]))
    count = server.control("GET", f"{retailer.path}/requests/count?endpoint=get_user_link")["count"]
    expect("requests", count, 2)


@case("{0} waits for a late answer, which is the usual one", CLIENTS)
def latency(server, client):
    retailer = Retailer(server, client)
    fault = retailer.arm(latency={"fixed": LATENCY_MS})
    for options, hit_by in [({}, fault), ({"fault": f"latency={LATENCY_MS}"}, "header")]:
        late = retailer.create_user(**options) if hit_by == fault else retailer.read_link(**options)
        expect("problem", late.problem, None)
        expect("status", late.status, 200)
        expect("fault", late.header("X-Sandbox-Fault-Hit"), hit_by)
        expect("late enough", late.seconds >= LATENCY_MS / 1000, True)
        expect("recorded as late", retailer.latest()["duration_ms"] >= LATENCY_MS, True)
    expect("users", retailer.users(), ["linked", "new"])


@case("{0} gives up on an answer that is too late, and its next request is answered", CLIENTS)
def timeout(server, client):
    retailer = Retailer(server, client)
    retailer.arm(endpoint="get_user_link", latency={"fixed": 3_000})
    expect("problem", retailer.read_link(patience=0.3).problem, "late")
    expect_link(retailer.read_link())


WIRES = ["reset", "empty", "truncated", "malformed"]
WAYS = ["a rule", "its header"]


@case("{0} sees a connection that is {1}, by {2}; its request is carried out or not", CLIENTS, WIRES, WAYS)
def wire(server, client, kind, way):
    retailer = Retailer(server, client)
    fault = retailer.arm(endpoint="create_user", wire=kind) if way == "a rule" else "header"
    hit = retailer.create_user(fault=None if way == "a rule" else kind)
    expect("problem", hit.problem, None if kind == "malformed" else kind)
    is_carried_out = kind in ["truncated", "malformed"]
    expect("status", hit.status, 200 if is_carried_out else None)
    expect("users", retailer.users(), ["linked", "new"] if is_carried_out else ["linked"])
    recorded = retailer.latest()
    expect("fault in the journal", recorded["fault"], fault)
    expect("status in the journal", recorded["status"], hit.status)
    if is_carried_out:
        expect("fault", hit.header("X-Sandbox-Fault-Hit"), fault)
        expect("JSON", hit.fields, None)
        expect("beginning", hit.body[:1], b"{")
        length = int(hit.header("Content-Length"))
        expect("whole", length == len(hit.body), kind == "malformed")
        expect("more announced than came", length > len(hit.body), kind == "truncated")
    expect_link(retailer.read_link())


@case("a connection that http.client keeps breaks off at {0} and not before", WIRES[:3])
def kept_connection(server, kind):
    retailer = Retailer(server, HTTPClient())
    retailer.arm(endpoint="get_user_link", wire=kind, nth=3)
    connection = HTTPConnection(*server.url[len("http://"):].split(":"), timeout=PATIENCE_SECONDS)
    seen = []
    for _ in range(4):
        try:
            connection.request("GET", LINK, headers={"Authorization": f"Bearer {retailer.bearer}"})
            answer = read_answer(connection.getresponse())
        except OSError as error:
            answer = Seen(problem=python_problem(error))
        if answer.problem:
            connection.close()  # http.client then opens another by itself
        seen.append(answer.problem)
    connection.close()
    expect("problems", seen, [None, None, kind, None])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("--only", default="", metavar="WORD", help="run the cases whose sentence has it")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="connect-sandbox-faults-"))
    cases = [entry for entry in CASES if arguments.only.lower() in entry[0].lower()]
    failed = 0
    try:
        server = Server(arguments.binary.resolve(), folder)
        try:
            for sentence, function, values in cases:
                try:
                    function(server, *values)
                    print(f"ok   {sentence}", flush=True)
                except Exception as error:  # A case may fail in any way; the others run all the same.
                    failed += 1
                    print(f"FAIL {sentence}: {error or repr(error)}", flush=True)
        finally:
            code = server.stop()
        if code != 0:
            failed += 1
            print(f"FAIL the server ended with {code}: {server.log.read_text()[-500:]}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
