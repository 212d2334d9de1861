#!/usr/bin/env python3
"""Checks that the given binary is one file: alone in an empty root file system, it serves every page there is.

Usage: Tests/OneFile/check.py PATH_TO_BINARY

Needs Python 3.9, and root or a kernel that lets users have namespaces of their own. The root is that of the image
(`docker/rootfs`): the binary, the libraries that it names, nothing of the project. What has to be served is read from
the files that are compiled in, so a page that no check fetches is a failure. The exit code is 1 where a check fails.
"""

import html
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

REPOSITORY = Path(__file__).resolve().parents[2]
ASSETS = REPOSITORY / "Sources/ConnectServer/Assets"
DEMO = REPOSITORY / "fixtures/states/demo.yaml"
USER = 65532
START_SECONDS = 10
STOP_SECONDS = 1
ANSWER_SECONDS = 10

# What it may want of a system: the C library, in its several files before 2.34, and SQLite.
LIBRARIES = re.compile(r"(linux-vdso|ld-linux[^/]*|lib(c|m|dl|rt|util|pthread|sqlite3))\.so\.\d+")
# A piece of a template that says whose it is.
TELLING_LENGTH = 16
TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
PROSE = re.compile(r"^ *(?:- )?(?:operationId|summary|description): ([^|>'\"{].*)$", re.MULTILINE)
CUSTOMERS = ["1990ad78-9f7a-4302-95cb-f70fe03b6b04", "linked-inactive", "johnsmith6000", "not-active", "new"]

CHECKS = []


def check(function):
    """Registers a check; its docstring is the sentence it proves."""
    CHECKS.append(function)
    return function


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()

    @property
    def fields(self):
        return json.loads(self.text)


class World:
    """The binary in a root file system of its own, and a browser that remembers cookies and what it was shown."""

    def __init__(self, binary):
        self.binary = binary
        self.root = Path(tempfile.mkdtemp(prefix="connect-sandbox-one-file-"))
        self.server = None
        self.port = None
        self.cookies = {}
        self.shown = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.server is not None and self.server.poll() is None:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.root)

    def start(self):
        """Starts the server and says how many seconds that took.

        It has /proc, as any process has: libdispatch looks there for what its threads do, and crashes without.
        """
        subprocess.run([REPOSITORY / "docker/rootfs", self.binary, self.root], check=True)
        (self.root / "proc").mkdir()
        data = self.root / "data"
        environment = {"PATH": os.environ["PATH"], "CONNECT_SANDBOX_PORT": "0", "CONNECT_SANDBOX_PORT_FILE": "port"}
        is_root = os.geteuid() == 0
        # Each of these becomes the next, so that it is the server's own process in the end.
        outside = ["unshare", "--mount", *([] if is_root else ["--map-root-user"])]
        inside = ["unshare", "--root", self.root, "--wd", "/data"]
        user = ["--setuid", USER, "--setgid", USER] if is_root else []
        command = [*outside, "sh", "-c", 'mount --rbind /proc "$0" && exec "$@"', self.root / "proc"]
        command = [str(word) for word in [*command, *inside, *user, "/usr/local/bin/connect-sandbox"]]
        start = time.monotonic()
        with (self.root / "log").open("wb") as log:
            self.server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        while not (data / "port").exists():
            if self.server.poll() is not None or time.monotonic() > start + START_SECONDS:
                ended = f"exit code {self.server.poll()}, {(self.root / 'log').read_text()[-500:]}"
                raise AssertionError(f"it did not start: {ended}")
            time.sleep(0.002)
        self.port = int((data / "port").read_text())
        return time.monotonic() - start

    def ask(self, path, form=None, accept="text/html", **headers):
        """Asks as a browser does that follows nothing. A form is posted."""
        headers["Host"] = f"localhost:{self.port}"
        headers["Accept"] = accept
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None if form is None else urlencode(form)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET" if form is None else "POST", path, body, headers)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        self.shown.append(answer.text)
        return answer

    def see(self, path, *texts, form=None, status=200):
        """Opens a page, where a redirect leads too, and reads these texts on it."""
        answer = self.ask(path, form)
        while answer.status in (302, 303):
            path = answer.headers["Location"].removeprefix(f"http://localhost:{self.port}")
            answer = self.ask(path)
        assert answer.status == status, f"{path} answers {answer.status}, not {status}"
        for text in texts:
            assert text in html.unescape(answer.text), f"{path} does not say “{text}”"
        return answer.text

    def sign_in(self, customer, *texts):
        """Chooses a customer of the storefront, and is shown their account."""
        return self.see("/demo/sign-in", *texts, form={**hidden(self.see("/demo")), "customer": customer})


def hidden(page):
    """The first anti-forgery token of a page."""
    return {"anti_forgery_token": re.search(r'name="anti_forgery_token" value="([^"]+)"', page)[1]}


def link(page, identifier):
    """Where the link with this id leads."""
    [tag] = re.findall(rf'<a [^>]*id="{identifier}"[^>]*>', page)
    return html.unescape(re.search(r'href="([^"]+)"', tag)[1])


def address(url):
    """What of an address is asked for."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


# What has to have been shown


def style_pieces(text):
    return [text.strip()]


def template_pieces(text, others):
    """The text that a template shows whatever it is about; where it has none of its own, any of it."""
    always, sometimes, depth = [], [], 0
    for index, part in enumerate(TAG.split(text)):
        if index % 2:
            depth += {"#": 1, "^": 1, "/": -1}.get(part[0], 0)
            continue
        lines = [line.strip() for line in part.splitlines()]
        telling = [line for line in lines if len(line) >= TELLING_LENGTH and all(line not in o for o in others)]
        (sometimes if depth else always).extend(telling)
    return always, sometimes


def strings(value):
    """Every string of a JSON value, names among them."""
    if isinstance(value, dict):
        return [part for name, field in value.items() for part in [name, *strings(field)]]
    if isinstance(value, list):
        return [part for field in value for part in strings(field)]
    return [value] if isinstance(value, str) else []


# The checks


@check
def libraries(world):
    """It wants the C library and libsqlite3 of a system, and nothing else"""
    listed = subprocess.run(["ldd", world.binary], capture_output=True, text=True, check=True).stdout
    names = [Path(line.split()[0]).name for line in listed.splitlines()]
    others = [name for name in names if not LIBRARIES.fullmatch(name)]
    assert "libsqlite3.so.0" in names and not others, f"it also wants {', '.join(others)}"


@check
def start(world):
    """It starts with no other file in reach"""
    return f"{world.start() * 1000:.0f} ms"


@check
def probes(world):
    """Probes, metadata and a token are answered"""
    for path in ["/livez", "/readyz", "/_sandbox/info", "/_sandbox/metrics"]:
        assert world.ask(path).status == 200, path
    metadata = world.ask("/.well-known/oauth-authorization-server").fields
    assert metadata["issuer"] == f"http://localhost:{world.port}", metadata
    form = {"grant_type": "client_credentials", "client_id": "demo-client", "client_secret": "demo-secret"}
    token = world.ask("/v2/oauth/token", {**form, "scope": "connect:fulfillment"}).fields["access_token"]
    path = f"/v2/fulfillment/users/{CUSTOMERS[0]}/link"
    assert world.ask(path, Authorization=f"Bearer {token}").fields["instacartplus_member"] is True


@check
def demo_state(world):
    """The demo state is there, user for user"""
    document = DEMO.read_text()
    [retailer] = world.ask("/_sandbox/state").fields["retailers"]
    for family, name in [("connect_users", "user_id"), ("instacart_users", "email"), ("applications", "client_id")]:
        expected = re.findall(rf"\b{name}: ([^,}}\s]+)", document)
        served = [entry[name] for entry in retailer[family]]
        assert expected and sorted(served) == sorted(expected), f"{family} are {served}, not {expected}"


@check
def storefront(world):
    """The storefront shows the state of each of its customers"""
    world.see("/demo", "Fresh groceries", "Not signed in")
    world.see("/demo/checkout", "Sign in to choose an address")
    world.see("/demo/account/profile", "You are not signed in")
    seen = ["Linked, active", "Linked, no membership", "Not linked", "customer is not active", "Robin Newcomer"]
    for customer, text in zip(CUSTOMERS, seen):
        world.sign_in(customer, text)
        world.see("/demo", "Popular this week")
        world.see("/demo/checkout", "Your order")
    world.see("/demo/sign-in", form={"anti_forgery_token": "made-up", "customer": "new"}, status=403)


@check
def consent(world):
    """A customer logs in, consents and is linked; another denies, a third comes with a made-up code"""
    for answer, title in [("deny", "Account linking failed"), ("allow", "Account linking succeeded")]:
        profile = world.sign_in("johnsmith6000", "Link accounts")
        here = address(link(profile, "link-accounts"))
        login = world.see(here, "Log in", "unlinked-member@example.com")
        form = {**hidden(login), "action": "pick_user", "sandbox_user": "unlinked-member@example.com"}
        asked = world.see(here, "Authorization Required", form=form)
        world.see(here, title, form={**hidden(asked), "action": answer})
        world.cookies.clear()
    profile = world.sign_in("new", "Link accounts")
    world.see(link(profile, "try-wrong-code"), "Account linking failed")


@check
def authorization_error(world):
    """An authorization URL that names no application is refused with a page"""
    world.see("/oauth/authorize?response_type=code&client_id=nobody", "What an authorization URL needs", status=401)


@check
def contract(world):
    """The ledger is a page, and a document"""
    world.see("/_sandbox/contract", "What is answered, and what it rests on", "get_user_link.success")
    keys = strings(world.ask("/_sandbox/contract", accept="application/json").fields)
    assert "get_user_link.success" in keys and "any.not_found" in keys


@check
def everything(world):
    """Every file that is compiled in has been served"""
    served = "\n".join(world.shown)
    openapi = set(strings(world.ask("/_sandbox/openapi.json").fields))
    assets = {path.name: path.read_text() for path in sorted(ASSETS.iterdir()) if not path.name.startswith(".")}
    missing = []
    for name, text in assets.items():
        if name.endswith(".css"):
            missing += [name] * (text.strip() not in served)
        elif name.endswith(".mustache"):
            others = [other for other_name, other in assets.items() if other_name != name]
            always, sometimes = template_pieces(text, others)
            missing += [f"{name} (“{piece}”)" for piece in always if piece not in served][:1]
            missing += [name] * (not always and not any(piece in served for piece in sometimes))
        elif name.startswith("openapi") and name.endswith(".yaml"):
            prose = [piece.strip() for piece in PROSE.findall(text)]
            missing += [f"{name} (“{piece}”)" for piece in prose if piece not in openapi][:1]
            missing += [name] * (not prose)
        else:
            missing.append(f"{name} (no check knows its kind)")
    assert not missing, f"{', '.join(missing)} was not there"
    return f"{len(assets)} assets, {len(world.shown)} answers"


@check
def stop(world):
    """SIGTERM ends it within a second, with exit code 0"""
    begin = time.monotonic()
    world.server.send_signal(signal.SIGTERM)
    code = world.server.wait(timeout=10)
    took = time.monotonic() - begin
    assert code == 0 and took < STOP_SECONDS, f"exit code {code} after {took:.2f} s"
    return f"{took * 1000:.0f} ms"


def run(check, world):
    """Runs one check and says how it went; true where it passed."""
    try:
        told = check(world)
    except Exception as error:  # A check may fail in any way; the others run all the same.
        print(f"FAIL {check.__doc__}: {error if isinstance(error, AssertionError) else repr(error)}", flush=True)
        return False
    print(f"ok   {check.__doc__}" + (f" ({told})" if told else ""), flush=True)
    return True


def main():
    if len(sys.argv) != 2:
        print(f"usage: {sys.argv[0]} PATH_TO_BINARY", file=sys.stderr)
        return 64
    results = []
    with World(Path(sys.argv[1]).resolve()) as world:
        for each in CHECKS:
            results.append(run(each, world))
            if each is start and not results[-1]:
                break
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 1 if False in results else 0


if __name__ == "__main__":
    sys.exit(main())
