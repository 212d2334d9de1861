"""What a server logs, for whom and how, what it never logs, and that nobody has to read it."""

import base64
import hashlib
import json
import os
import pty
import re
import shlex
import socket
import subprocess
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, quote, quote_plus, urlencode, urlsplit

from harness import COMMAND_SECONDS, Retailer, Unexpected, check, shown

REDIRECT_URI = "https://example.org/account/profile"
LEVELS = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
ESCAPE = "\x1b"

# Outcomes that a customer's whole way has to have come to, so that its secrets have been where they are used.
WAY = [
    "any.invalid_token",
    "any.internal_error",
    "any.malformed_body",
    "any.revoked_token",
    "authorize.consent_page",
    "authorize.forged_form",
    "authorize.login_page",
    "authorize.signed_in",
    "authorize.success",
    "authorize.wrong_password",
    "create_user.success",
    "generate_access_token.invalid_client",
    "generate_access_token.invalid_client_basic",
    "generate_access_token.invalid_grant_assertion",
    "generate_access_token.invalid_grant_code_verifier",
    "generate_access_token.invalid_grant_refresh_token",
    "generate_access_token.invalid_grant_replayed",
    "generate_access_token.query_params_forbidden",
    "generate_access_token.success",
    "link_user.success",
    "revoke_access_token.success",
    "revoke_access_token.success_unknown_token",
]


def fields_of(line):
    """What a line for people says, as the line for programs has it; None where it is none."""
    found = re.fullmatch(rf"({TIME}) ([a-z]+) +(.*?)((?: [a-z][a-z_-]*=(?:\"(?:[^\"\\]|\\.)*\"|[^\s\"]+))*)", line)
    if not found:
        return None
    pairs = (word.partition("=") for word in shlex.split(found[4]))
    return {"time": found[1], "level": found[2], "message": found[3], **{name: value for name, _, value in pairs}}


def lines_for_people(text):
    return [fields_of(line) for line in text.splitlines()]


def objects(text):
    """The objects of lines for programs; None for a line that is none."""
    return [object_of(line) for line in text.splitlines()]


def object_of(line):
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


class Linking:
    """A customer's way through all of it, by HTTP, with what goes wrong on it, and every secret that was used."""

    def __init__(self, server, client_secret, control_token):
        self.server = server
        self.client = {"client_id": "demo-client", "client_secret": client_secret}
        self.secrets = {"client secret": client_secret}
        self.outcomes = []
        if control_token:
            self.secrets["control token"] = server.token = control_token

    def keep(self, name, value):
        if not value:
            raise Unexpected(f"there is no {name}")
        self.secrets[f"{name} {len(self.secrets)}"] = value
        return value

    def ask(self, method, path, body=None, **options):
        answer = self.server.ask(method, path, body, **options)
        self.outcomes.append((answer.status, answer.outcome))
        return answer

    def token(self, grant_type, **parameters):
        answer = self.ask("POST", "/v2/oauth/token", {"grant_type": grant_type, **self.client, **parameters})
        for name in ["access_token", "refresh_token"]:
            if name in (answer.fields or {}):
                self.keep(name, answer.fields[name])
        return answer.fields or {}

    def form(self, path, cookie=None, **fields):
        """Sends a form as a browser does."""
        headers = {"Cookie": cookie} if cookie else {}
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=COMMAND_SECONDS)
        try:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", path, urlencode(fields), headers)
            response = connection.getresponse()
            response.read()
            self.outcomes.append((response.status, response.getheader("X-Sandbox-Outcome")))
            return response
        finally:
            connection.close()

    def authorization(self, **more):
        """The verifier, and the authorization URL with the challenge to it."""
        verifier = self.keep("verifier", f"verifier-{len(self.secrets)}-{'v' * 40}")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self.client["client_id"],
            "scope": "account_linking",
            "redirect_uri": REDIRECT_URI,
            "state": "xyz",
            "code_challenge_method": "S256",
            "code_challenge": challenge,
        }
        return verifier, "/oauth/authorize?" + urlencode({**query, **more})

    def code(self, location):
        return self.keep("code", parse_qs(urlsplit(location).query).get("code", [""])[0])

    def exchange(self, code, verifier):
        return self.token("authorization_code", code=code, redirect_uri=REDIRECT_URI, code_verifier=verifier)

    def walk(self):
        bearer = self.token("client_credentials", scope="connect:fulfillment")["access_token"]
        self.refused_credentials()
        password = self.keep("password", "correct-horse-battery")
        user = {"email": "secretive@example.com", "password": password}
        self.ask("POST", "/_sandbox/retailers/demo/instacart_users", user)
        self.ask("POST", "/v2/fulfillment/users", {"user_id": "secretive", "first_name": "Sue"}, bearer=bearer)

        verifier, path = self.authorization()
        code = self.log_in_and_allow(path, password)
        wrong = self.keep("verifier", "wrong-verifier-" + "w" * 43)
        self.exchange(code, wrong)
        verifier, path = self.authorization(sandbox_user="secretive@example.com", sandbox_decision="allow")
        code = self.code(self.ask("GET", path).headers.get("Location", ""))
        tokens = self.exchange(code, verifier)
        self.link("secretive", bearer, linking_token=tokens["access_token"])
        # The storefront is where a code comes back to.
        self.ask("GET", f"/demo/account/profile?{urlencode({'code': code, 'state': 'xyz'})}")
        fresh = self.token("refresh_token", refresh_token=tokens["refresh_token"])
        self.token("refresh_token", refresh_token=tokens["refresh_token"])
        for value in [fresh["access_token"], self.keep("token", "never-a-token")]:
            self.ask("POST", "/v2/oauth/token/revoke", {**self.client, "token": value})
        for value in [fresh["access_token"], tokens["access_token"], self.keep("token", "never-one-either")]:
            self.link("secretive", value)
        # The code's second use ends what came of its first.
        self.exchange(code, verifier)
        self.wrong_places(bearer)
        self.control(bearer)

    def refused_credentials(self):
        wrong = self.keep("secret", "wrong-secret-0815")
        self.ask("POST", "/v2/oauth/token", {"grant_type": "client_credentials", **self.client, "client_secret": wrong})
        basic = base64.b64encode(f"demo-client:{wrong}".encode()).decode()
        self.keep("Basic credentials", basic)
        self.ask("POST", "/v2/oauth/token", {"grant_type": "client_credentials"}, Authorization=f"Basic {basic}")
        self.form("/v2/oauth/token", grant_type="client_credentials", **self.client)
        self.form("/v2/oauth/token", grant_type="password", username="a", password=self.keep("password", "pass-4711"))
        assertion = base64.b64encode(b'{"user_id": "secretive"}').decode()
        self.token("fulfillment_user_assertion", assertion=self.keep("assertion", assertion))
        self.token("fulfillment_user_assertion", assertion=self.keep("assertion", "no-assertion-!"))

    def log_in_and_allow(self, path, password):
        page = self.ask("GET", path)
        cookie = page.headers["Set-Cookie"].split(";")[0]
        forgery = self.forgery(page, cookie)
        email = "secretive@example.com"
        wrong = self.keep("password", "wrong-horse-battery")
        self.form(path, cookie, action="sign_in", email=email, password=wrong, anti_forgery_token="no")
        self.form(path, cookie, action="sign_in", email=email, password=wrong, anti_forgery_token=forgery)
        entered = self.form(path, cookie, action="sign_in", email=email, password=password, anti_forgery_token=forgery)
        cookie = entered.getheader("Set-Cookie").split(";")[0]
        forgery = self.forgery(self.ask("GET", path, Cookie=cookie), cookie)
        return self.code(self.form(path, cookie, action="allow", anti_forgery_token=forgery).getheader("Location"))

    def forgery(self, page, cookie):
        self.keep("session", cookie.partition("=")[2])
        found = re.search(rb'name="anti_forgery_token" value="([^"]+)"', page.raw)
        return self.keep("anti-forgery token", found and found[1].decode())

    def link(self, user, bearer, **body):
        path = f"/v2/fulfillment/users/{user}/link"
        self.ask("POST", path, body or {"linking_token": self.keep("token", "no-linking-token")}, bearer=bearer)
        self.ask("GET", path, bearer=bearer)

    def wrong_places(self, bearer):
        """Secrets where none belongs, and bodies that cannot be read."""
        secret = self.keep("secret", "misplaced-secret-99")
        for body in [
            {"grant_type": "authorization_code", **self.client, "code": [secret], "redirect_uri": REDIRECT_URI},
            {"grant_type": "refresh_token", **self.client, "refresh_token": {"value": secret}},
            {"grant_type": "client_credentials", "client_id": "nobody", "client_secret": secret},
            '{"client_secret": "' + secret + '", ',
            "client_secret: " + secret,
        ]:
            self.ask("POST", "/v2/oauth/token", body)
        self.ask("POST", f"/v2/oauth/token?client_secret={secret}", {"grant_type": "client_credentials"})
        self.ask("GET", f"/v2/fulfillment/users/secretive/link?access_token={secret}")
        self.ask("GET", "/v2/fulfillment/users/secretive/link", Authorization=f"Token {secret}")
        self.ask("GET", "/v2/fulfillment/users/secretive/link", Authorization=f"Bearer {secret} {secret}")
        self.ask("GET", f"/oauth/authorize?client_id=demo-client&code={secret}&password={secret}")
        self.ask("POST", "/v2/fulfillment/users", {"user_id": "", "password": secret}, bearer=bearer)
        broken = {"X-Sandbox-Fault": "500"}
        self.ask("POST", "/v2/oauth/token", {"grant_type": "client_credentials", **self.client}, **broken)

    def control(self, bearer):
        wrong = self.keep("control token", "wrong-control-token")
        for token in [self.server.token, wrong, bearer]:
            self.ask("GET", "/_sandbox/state?tokens=true", bearer=token)
            self.ask("POST", "/_sandbox/retailers", "clients: [", bearer=token)
        self.ask("PUT", "/_sandbox/retailers/demo/state", "applications: [{client_secret: [s3cret-in-a-list]}]")
        self.keep("secret", "s3cret-in-a-list")
        self.ask("GET", f"/_sandbox/retailers/demo/requests?token={wrong}")


@check
def tells_each_exchange(case):
    """Every exchange is one line: what was asked, the answer, its outcome and retailer, and its id in the journal."""
    for flags, read in [([], lines_for_people), (["--log-format=json"], objects)]:
        with case.world.serve(*flags) as server:
            grocer = Retailer(case.world, server=server)
            bearer = grocer.bearer()
            grocer.link_outcome("linked", bearer)
            grocer.link_outcome("no one/at:all", bearer)
            path = "/v2/fulfillment/users/linked/link"
            for fault in ["503", "reset"]:
                try:
                    server.ask("GET", path, bearer=bearer, **{"X-Sandbox-Fault": fault})
                except OSError:
                    pass
            server.ask("GET", "/v2/nowhere?with=a-query")
            server.ask("GET", "/.well-known/oauth-authorization-server")
            # What the sandbox is asked itself is no exchange.
            recorded = server.ask("GET", "/_sandbox/requests?limit=1000").fields["requests"]
            server.ask("GET", "/readyz")
            case.equal(server.stop(), 0, "the exit code")
        what = f"what is logged with {flags}"
        lines = read(server.err)
        case.that(None not in lines, f"{what} is no such line: {shown(server.err)}")
        lines = {str(line.get("request_id")): line for line in lines if line and "request_id" in line}
        case.equal(len(recorded), 7, "how many exchanges the journal has")
        case.equal(sorted(lines), sorted(str(each["id"]) for each in recorded), f"{what}, the ids")
        case.equal(server.err.count("request_id"), len(recorded), f"{what}, how many exchanges")
        for each in recorded:
            line = lines.get(str(each["id"]), {})
            expected = {"level": "info", "message": f"{each['method']} {each['path'].partition('?')[0]}"}
            for name in ["status", "outcome", "retailer", "fault", "reason"]:
                if each[name] is not None:
                    expected[name] = str(each[name])
            others = ["time", "duration_ms", "request_id"]
            found = {name: str(value) for name, value in line.items() if name not in others}
            case.equal(found, expected, f"{what} of {each['id']}")
            case.that(float(line.get("duration_ms", -1)) > 0, f"{what}, the duration: {line}")
        case.that("a-query" not in server.err, f"{what} has a query")


@check
def keeps_lines_whole(case):
    """Whatever is in a request, its line is one line, with nothing in it that a terminal would obey."""
    for flags in [[], ["--log-format=json"]]:
        with case.world.serve(*flags) as server:
            forged = f'deny\n2026-01-01T00:00:00.000Z info GET /forged status=200 {ESCAPE}[31m\u202e\u2028\x9b31m"x\\'
            query = urlencode({"client_id": "demo-client", "redirect_uri": REDIRECT_URI, "response_type": "code"})
            script = urlencode({"sandbox_user": "member@example.com", "sandbox_decision": forged})
            answer = server.ask("GET", f"/oauth/authorize?{query}&{script}")
            case.equal(answer.outcome, "authorize.invalid_script", "the outcome of a forged decision")
            server.ask("GET", f"/v2/{quote(forged)}")
            for path in [b"/v2/\x1b[31mred", "/v2/\u202edeR\u2028".encode(), b"/v2/\x9b31m"]:
                with socket.create_connection(("127.0.0.1", server.port), timeout=COMMAND_SECONDS) as visitor:
                    visitor.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    while visitor.recv(4096):
                        pass
            many = server.ask("GET", "/_sandbox/requests/count").fields["count"]
            case.equal(server.stop(), 0, "the exit code")
        what = f"what is logged with {flags} of a forged request"
        case.that(2 <= many <= 5, f"how many exchanges there were: {many}")
        # One more for programs: "listening".
        case.equal(len(server.err.splitlines()), many + len(flags), what)
        case.equal(server.err.count("request_id"), many, what)
        case.equal(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", server.err), [], what)
        if flags:
            case.that(None not in objects(server.err), f"{what}: {shown(server.err)}")
        else:
            case.that(all(fields_of(line) for line in server.err.splitlines()), f"{what}: {shown(server.err)}")


@check
def logs_json(case):
    """With `--log-format json` every line is a JSON object, from "listening" to the last, and stdout stays empty."""
    for flags, variables in [
        (["--log-format", "json"], {}),
        (["--log-level=trace"], {"CONNECT_SANDBOX_LOG_FORMAT": "json"}),
    ]:
        with case.world.serve("--assume=relink-refused", *flags, environment=variables) as server:
            grocer = Retailer(case.world, server=server)
            grocer.link_outcome("linked")
            case.equal(server.stop(), 0, "the exit code")
        what = f"what is logged with {flags} and {variables}"
        case.equal(server.out, "", f"stdout with {flags} and {variables}")
        lines = objects(server.err)
        case.that(server.err.endswith("\n") and None not in lines, f"{what}: {shown(server.err)}")
        for line in filter(None, lines):
            case.that(re.fullmatch(TIME, line.get("time", "")), f"{what}, the time of {line}")
            case.that(line.get("level") in LEVELS and isinstance(line.get("message"), str), f"{what}: {line}")
        (greeting,) = [line for line in lines if line and line["message"] == "listening"] or [{}]
        for name, value in [
            ("level", "info"),
            ("address", server.base),
            ("public_url", f"http://localhost:{server.port}"),
            ("database", ":memory:"),
            ("client_id", "demo-client"),
        ]:
            case.equal(greeting.get(name), value, f"{name} of the greeting")
        case.that("demo-secret" not in server.err, "the greeting shows a secret")
        case.contains(server.err, "assumed relink-refused: ", f"{what}, the assumption")
        levels = {line["level"] for line in lines if line}
        case.equal("trace" in levels, "--log-level=trace" in flags, f"whether trace is among {levels}")


@check
def tells_in_json_why_it_does_not_start(case):
    """With `--log-format json` a server that does not start says why in an object, with exit code 1."""
    port = str(case.world.server.port)
    (case.world.folder / "json-of-a-text").write_text("This is a text. " * 100)
    for words, *expected in [
        (["--port", port], f"port {port}", "in use", "--port"),
        (["--state", "missing.yaml"], "missing.yaml", "cannot be read"),
        (["--database", "json-of-a-text"], "json-of-a-text"),
        (["--host", "no-such-host.invalid"], "no-such-host.invalid"),
        (["--port-file", "no-folder/port"], "no-folder/port"),
    ]:
        for flags in [["--log-format=json"], ["--log-format=json", "--quiet"]]:
            outcome = case.world.run("serve", "--database=:memory:", *flags, *words, seconds=COMMAND_SECONDS)
            lines = objects(outcome.err)
            told = outcome.code == 1 and not outcome.raw and len(lines) == 1 and lines[0]
            if case.that(told and lines[0].get("level") == "critical", outcome):
                for word in expected:
                    case.contains(lines[0]["message"], word, f"`{outcome.command}`")


@check
def is_quiet(case):
    """With `--quiet` nothing is printed, neither by a customer's whole way nor by what is refused, nor at the end."""
    for flags in [["--quiet"], ["--quiet", "--log-format=json"], ["--log-level=critical", "--quiet"]]:
        with case.world.serve("--client-secret=s3cret-of-a-flag", *flags) as server:
            linking = Linking(server, "s3cret-of-a-flag", None)
            linking.walk()
            outcomes = [outcome for _, outcome in linking.outcomes]
            case.that(set(WAY) <= set(outcomes), f"{set(WAY) - set(outcomes)} is not on the way")
            case.equal(server.stop(), 0, f"the exit code with {flags}")
        case.equal((server.out, server.err), ("", ""), f"what is printed with {flags}")


@check
def colours_terminals_only(case):
    """Lines have colours where a terminal shows them that knows colours, unless NO_COLOR is set, and nowhere else."""
    for variables, flags, is_coloured in [
        ({"TERM": "xterm-256color"}, [], True),
        # An empty one says nothing (no-color.org).
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, [], True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, [], False),
        ({"TERM": "dumb"}, [], False),
        ({"TERM": "xterm-256color"}, ["--log-format=json"], False),
    ]:
        variables = {"NO_COLOR": None, **variables}
        screen, terminal = pty.openpty()
        try:
            with case.world.serve(*flags, environment=variables, stderr=terminal) as server:
                os.close(terminal)
                server.ask("GET", "/v2/fulfillment/users/x/link")
                case.equal(server.stop(), 0, "the exit code")
                seen = read_to_end(screen)
        finally:
            os.close(screen)
        what = f"what a terminal shows with {variables} and {flags}"
        case.contains(seen, "/v2/fulfillment/users/x/link", what)
        case.equal(ESCAPE in seen, is_coloured, f"whether {shown(seen)} has colours, with {variables} and {flags}")
        case.that(ESCAPE not in server.out, "the greeting in a file has colours")
    with case.world.serve(environment={"TERM": "xterm-256color", "NO_COLOR": None}) as server:
        server.ask("GET", "/v2/fulfillment/users/x/link")
        server.stop()
        case.contains(server.err, "/v2/fulfillment/users/x/link", "what a file has")
        case.that(ESCAPE not in server.err, f"a file has colours: {shown(server.err)}")


def read_to_end(descriptor):
    """What is in a pipe or on a terminal that nobody writes to any longer."""
    read = b""
    while True:
        try:
            part = os.read(descriptor, 65_536)
        except OSError:  # What Linux makes of a terminal that nobody has any longer.
            part = b""
        if not part:
            return read.decode(errors="replace")
        read += part


# As much as a line shows of a path.
SHOWN_PATH = 300


def ask_often(server, count):
    """Asks for what is refused, on one connection; the statuses of the answers, and what a line says of each."""
    path = f"/v2/fulfillment/users/{'x' * 1500}/link"
    connection = HTTPConnection("127.0.0.1", server.port, timeout=COMMAND_SECONDS)
    try:
        statuses = set()
        for _ in range(count):
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            statuses.add(response.status)
        return statuses, f"GET {path[:SHOWN_PATH - 1]}…"
    finally:
        connection.close()


@check
def waits_for_no_reader(case):
    """A server whose log nobody reads goes on answering; whoever reads later finds the lines and how many are lost."""
    # More than a pipe holds, and more than a server would keep.
    many = 4000
    reading, writing = os.pipe()
    try:
        with case.world.serve(stderr=writing) as server:
            os.close(writing)
            statuses, message = ask_often(server, many)
            case.equal(statuses, {401}, "the answers of a server whose log nobody reads")
            read = []
            reader = Thread(target=lambda: read.append(read_to_end(reading)))
            reader.start()
            case.equal(server.stop(), 0, "the exit code of a server whose log is read late")
            reader.join(COMMAND_SECONDS)
    finally:
        os.close(reading)
    lines = [line or {} for line in lines_for_people("".join(read))]
    found = [line for line in lines if line.get("message") == message]
    lost = [line for line in lines if "lost" in line.get("message", "")]
    case.equal(len(found) + len(lost), len(lines), "the lines that a late reader finds")
    case.that(all(line["level"] == "warning" for line in lost), f"the level of {lost}")
    total = len(found) + sum(int(line.get("count", 0)) for line in lost)
    case.equal(total, many, f"the lines of a late reader, with {lost}")
    case.that(len({line["request_id"] for line in found}) == len(found) > 40, "a line came twice, or few came")

    # Whoever never reads keeps it from nothing but the rest of its lines.
    reading, writing = os.pipe()
    try:
        with case.world.serve(stderr=writing) as server:
            os.close(writing)
            case.equal(ask_often(server, 100)[0], {401}, "the answers of a server whose log nobody ever reads")
            start = time.monotonic()
            case.equal(server.stop(), 0, "the exit code of a server whose log nobody ever reads")
            case.that(time.monotonic() - start < 5, "it waited for its reader to the end")
    finally:
        os.close(reading)


@check
def outlives_its_reader(case):
    """A server whose log was read, and is read no longer, goes on answering and ends with 0."""
    for flags in [[], ["--log-format=json", "--log-level=trace"]]:
        reading, writing = os.pipe()
        with case.world.serve(*flags, stderr=writing) as server:
            os.close(writing)
            server.ask("GET", "/v2/nowhere")
            case.that(os.read(reading, 65_536), "nothing was logged")
            os.close(reading)
            case.equal(ask_often(server, 100)[0], {401}, f"the answers with {flags}")
            case.that(server.process.poll() is None, "it ended with its reader")
            case.equal(server.ask("GET", "/readyz").status, 200, f"/readyz with {flags}")
            case.equal(server.stop(), 0, f"the exit code with {flags}")


@check
def keeps_closed_streams_closed(case):
    """Where the standard streams were closed, no file or socket takes their numbers: what is logged goes nowhere."""
    folder = Path(tempfile.mkdtemp(dir=case.world.folder))
    command = f"exec {shlex.quote(case.world.binary)} --port 0 --port-file port --database :memory: <&- >&- 2>&-"
    environment = case.world.environment(None, url=None)
    with subprocess.Popen(["sh", "-c", command], cwd=folder, env=environment) as process:
        try:
            deadline = time.monotonic() + COMMAND_SECONDS
            while not (folder / "port").exists() and time.monotonic() < deadline:
                time.sleep(0.01)
            places = [os.readlink(f"/proc/{process.pid}/fd/{number}") for number in range(3)]
            case.equal(places, ["/dev/null"] * 3, "where the standard streams lead")
        finally:
            process.terminate()
        case.equal(process.wait(COMMAND_SECONDS), 0, "the exit code")


@check
def logs_no_secret(case):
    """No secret, token, code, verifier or password is in what is printed, at any level, in either format."""
    secret, token = "s3cret-of-a-flag", "t0ken-of-control"
    for form in ["text", "json"]:
        flags = ["--log-level=trace", f"--log-format={form}", "--client-secret", secret, "--control-token", token]
        with case.world.serve(*flags) as server:
            linking = Linking(server, secret, token)
            linking.walk()
            recorded = server.ask("GET", "/_sandbox/requests/count").fields["count"]
            case.equal(server.stop(), 0, "the exit code")
        outcomes = [outcome for _, outcome in linking.outcomes]
        case.that(set(WAY) <= set(outcomes), f"{set(WAY) - set(outcomes)} is not on the way")
        printed = server.out + server.err
        case.equal(printed.count("request_id"), recorded, f"how many exchanges are logged as {form}")
        case.that("trace" in printed, f"nothing is logged at trace as {form}")
        for name, value in linking.secrets.items():
            for written in {value, quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1]}:
                case.that(written not in printed, f"the {name} is printed as {form}: {lines_with(printed, written)}")
    # The banner shows the secret that everybody knows, and no other.
    with case.world.serve("--client-secret", secret) as server:
        case.contains(server.out, "  client_secret  [hidden]", "the banner")
        case.that(secret not in server.out, "the banner shows a secret")
        case.equal(server.token_for("demo-client", secret).status, 200, "a token with the secret of the flag")
    grocer = case.world.folder / "banner.yaml"
    application = {"client_id": "g", "client_secret": secret, "redirect_uris": [REDIRECT_URI]}
    grocer.write_text(json.dumps({"id": "g", "applications": [application]}))
    with case.world.serve("--state", str(grocer)) as server:
        case.contains(server.out, "  client_id      g\n  client_secret  [hidden]", "the banner")
        case.that(secret not in server.out, "the banner shows a secret of a state document")
    with case.world.serve() as server:
        case.contains(server.out, "  client_secret  demo-secret\n", "the banner")
        case.that("[hidden]" not in server.out, "the banner hides what everybody knows")


def lines_with(text, part):
    return shown([line for line in text.splitlines() if part in line])
