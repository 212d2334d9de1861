"""What the checks share: a server, browser profiles, a foreign site, and requests without a browser."""

import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

REPOSITORY = Path(__file__).resolve().parents[2]
REDIRECT_URI = "https://example.org/account/profile"
PATIENCE_MS = 5_000
START_SECONDS = 10
DESKTOP = {"width": 1200, "height": 800}
PHONE = {"width": 360, "height": 740}

CHECKS = []


def check(function):
    """Registers a check; its docstring is the sentence it proves."""
    CHECKS.append(function)
    return function


class World:
    """A server of its own and the browser profiles that visit it."""

    def __init__(self, binary, chromium):
        self.binary = binary
        self.chromium = chromium
        self.folder = Path(tempfile.mkdtemp(prefix="connect-sandbox-browser-"))
        self.server = None
        self.port = None
        self.profiles = []
        self.sites = []

    def __enter__(self):
        self.serve()
        return self

    def __exit__(self, *_):
        for profile in self.profiles:
            profile.close()
        for site in self.sites:
            site.stop()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # The server

    def serve(self, *flags):
        """Starts the server, in place of the one that runs."""
        self.stop()
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        log = open(self.folder / "log", "wb")
        self.server = subprocess.Popen(
            [self.binary, "serve", "--port", "0", "--port-file", port_file, "--database", ":memory:", *flags],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
        )
        log.close()
        deadline = time.monotonic() + START_SECONDS
        while not (port_file.exists() and port_file.read_text().strip()):
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise AssertionError("the server did not start: " + (self.folder / "log").read_text()[-500:])
            time.sleep(0.01)
        self.port = int(port_file.read_text())

    def stop(self):
        if self.server is not None:
            self.server.terminate()
            try:
                self.server.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
            self.server = None

    @property
    def base(self):
        return f"http://localhost:{self.port}"

    def authorization_url(self, **changes):
        """The documented authorization URL; a parameter of None is left out, a list is repeated."""
        parameters = {
            "response_type": "code",
            "client_id": "demo-client",
            "scope": "account_linking",
            "state": "a state",
            "redirect_uri": REDIRECT_URI,
            **changes,
        }
        present = {name: value for name, value in parameters.items() if value is not None}
        return f"{self.base}/oauth/authorize?{urlencode(present, doseq=True)}"

    def document(self, name, text):
        """Writes a state document, to be named by a flag."""
        path = self.folder / name
        path.write_text(text)
        return path

    # Who visits it

    def profile(self, dark=False, phone=False, scripts=True):
        """A browser without cookies; `profile.addresses` are the URLs it asked for."""
        context = self.chromium.new_context(
            color_scheme="dark" if dark else "light",
            viewport=PHONE if phone else DESKTOP,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.addresses = []
        context.on("request", lambda request: context.addresses.append(request.url))
        self.profiles.append(context)
        return context

    def foreign_site(self, html, host="127.0.0.1"):
        """A site that serves one page: on 127.0.0.1 it is cross-site to us, on localhost same-site but cross-origin."""
        site = ForeignSite(html, host)
        self.sites.append(site)
        return site


class ForeignSite:
    def __init__(self, html, host):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://{host}:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Answer:
    """A response that was not followed."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def location(self):
        return self.headers.get("Location")


class _Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Unfollowed)


def request(url, form=None, headers=None):
    """Asks as curl would: no cookie jar, no redirect followed. A form is posted."""
    data = None if form is None else urlencode(form).encode()
    try:
        response = _opener.open(urllib.request.Request(url, data, headers or {}), timeout=PATIENCE_MS / 1000)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return Answer(response.status, response.headers, response.read().decode())


def query(url):
    """The parameters of a URL, in their order."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}


def redirect_from(page, click, to=REDIRECT_URI):
    """The URL at `to` that the browser asks for after a click, which nobody answers."""
    with page.expect_request(lambda request: request.url.startswith(to)) as asked:
        click()
    expect(page).to_have_url(re.compile("^chrome-error:"))
    return asked.value.url


def assert_accessible(page):
    """Fails where axe finds a serious or critical violation."""
    violations = Axe().run(page).response["violations"]
    grave = [
        f"{violation['id']} at {violation['nodes'][0]['target']}"
        for violation in violations
        if violation["impact"] in ("serious", "critical")
    ]
    assert not grave, f"{page.url}: " + ", ".join(grave)


def assert_fits(page):
    """Fails where the page is wider than the window."""
    width = page.viewport_size["width"]
    needed = page.evaluate("document.documentElement.scrollWidth")
    assert needed <= width, f"{page.url} needs {needed} of {width} pixels"
