"""How long a server lives: to the end of what it was asked, of its time, or of the process that started it."""

import os
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from threading import Thread

from harness import COMMAND_SECONDS, START_SECONDS, Server, Unexpected, check

FAULTS = "/_sandbox/retailers/demo/faults"
USERS = "/_sandbox/retailers/demo/connect_users"

# Starts a command, says which process it is, and waits for it.
PARENT = "import subprocess, sys; c = subprocess.Popen(sys.argv[1:]); print(c.pid, flush=True); c.wait()"

# What a server may take from the signal to its end, where nothing is on its way.
END_SECONDS = 1
# Longer than a server that is told to stop waits for anything.
LATENCY_MS = 20_000
LIFE_SECONDS = 2


def poll(condition, seconds=START_SECONDS):
    """Whether something comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


class Asking(Thread):
    """A request that is answered in its own time; the answer, or what came instead, and when."""

    def __init__(self, server, method, path, body=None, **headers):
        super().__init__(daemon=True)
        self.arguments = (server, method, path, body, headers)
        self.answer = None
        self.problem = None
        self.ended = None
        self.start()

    def run(self):
        server, method, path, body, headers = self.arguments
        try:
            self.answer = server.ask(method, path, body, **headers)
        except Exception as error:
            self.problem = error
        self.ended = time.monotonic()

    def __str__(self):
        return f"{self.arguments[1]} {self.arguments[2]}: {self.answer or self.problem!r}"


def idle(server):
    """A connection that was answered and is kept for more."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=COMMAND_SECONDS)
    connection.request("GET", "/readyz")
    connection.getresponse().read()
    return connection


def ends(case, server, what, within=END_SECONDS, number=signal.SIGTERM):
    """It ends with 0 in time after a signal."""
    start = time.monotonic()
    code = server.stop(number)
    took = time.monotonic() - start
    case.equal(code, 0, f"the exit code {what}")
    case.that(took <= within, f"it took {took:.2f} s to end {what}")


def create_user(case, server, user):
    case.equal(server.ask("POST", USERS, {"user_id": user}).status, 200, f"the user {user} that is made")


def is_intact(case, file, user, what):
    """The database is whole, all of it in its one file, and a new server finds the Connect user that was created."""
    case.equal(sorted(path.name for path in file.parent.glob(f"{file.name}*")), [file.name], f"the files {what}")
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        case.equal(connection.execute("PRAGMA integrity_check").fetchall(), [("ok",)], f"the database {what}")
        case.equal(connection.execute("PRAGMA foreign_key_check").fetchall(), [], f"the database {what}")
    finally:
        connection.close()
    with case.world.serve("--database", str(file)) as server:
        case.equal(server.ask("GET", f"{USERS}/{user}").status, 200, f"the user {user} {what}")


@check
def answers_what_is_on_its_way(case):
    """After SIGTERM and SIGINT what is on its way is answered as usual, its delay cut short; then the server ends with 0."""
    for number in [signal.SIGTERM, signal.SIGINT]:
        what = f"after {number.name}"
        file = case.world.folder / f"late-{number.name}.sqlite"
        with case.world.serve("--database", str(file)) as server:
            bearer = server.token_for("demo-client", "demo-secret").fields["access_token"]
            headers = {"Authorization": f"Bearer {bearer}"}
            kept = idle(server)
            link = "/v2/fulfillment/users/linked-inactive/link"
            usual = server.ask("GET", link, **headers)
            case.equal(usual.status, 200, "a link that is read before the signal")
            latency = {"endpoint": "create_user", "latency": {"fixed": LATENCY_MS}}
            rule = server.ask("POST", FAULTS, latency).fields["id"]
            own = {"X-Sandbox-Fault": f"latency={LATENCY_MS}"}
            asked = [
                Asking(server, "GET", link, **headers, **own),
                Asking(server, "POST", "/v2/fulfillment/users", {"user_id": "late", "first_name": "Lea"}, **headers),
            ]
            hit = poll(lambda: server.ask("GET", f"{FAULTS}/{rule}").fields["hits"] == 1)
            case.that(hit, "the request that is to be on its way did not come")
            ends(case, server, what, number=number)
            for asking, outcome in zip(asked, [usual.outcome, "create_user.success"]):
                asking.join(COMMAND_SECONDS)
                found = asking.answer and (asking.answer.status, asking.answer.outcome)
                case.equal(found, (200, outcome), f"{asking} {what}")
            case.equal(asked[0].answer and asked[0].answer.raw, usual.raw, f"what is read after all {what}")
            kept.close()
        is_intact(case, file, "late", what)


@check
def ends_at_once(case):
    """A server with nothing on its way ends within a second: it ends streams, answers waits, closes connections."""
    for number in [signal.SIGTERM, signal.SIGINT]:
        what = f"after {number.name}"
        file = case.world.folder / f"stream-{number.name}.sqlite"
        with case.world.serve("--database", str(file)) as server:
            create_user(case, server, "early")
            kept = [idle(server) for _ in range(3)]
            # One that has not asked anything yet.
            with socket.create_connection(("127.0.0.1", server.port), timeout=COMMAND_SECONDS) as silent:
                stream = HTTPConnection("127.0.0.1", server.port, timeout=COMMAND_SECONDS)
                stream.request("GET", "/_sandbox/requests/stream")
                events = stream.getresponse()
                case.that(events.readline().startswith(b"id: "), f"the stream has no beginning {what}")
                waits = [
                    Asking(server, "GET", f"{prefix}/requests/wait?count=5&timeout=60s")
                    for prefix in ["/_sandbox", "/_sandbox/retailers/demo"]
                ]
                # What is asked here comes after them, and the stream tells that the server has not ended.
                server.ask("GET", "/v2/nowhere")
                told = [events.readline() for _ in range(4)]
                case.that(b"event: exchange\n" in told, f"the stream tells nothing {what}")
                start = time.monotonic()
                ends(case, server, what, number=number)
                # A body without its last chunk is an IncompleteRead.
                try:
                    events.read()
                except Exception as error:
                    case.that(False, f"the stream broke {what}: {error!r}")
                for wait in waits:
                    wait.join(COMMAND_SECONDS)
                    code = ((wait.answer and wait.answer.fields) or {}).get("error", {}).get("code")
                    case.equal((wait.answer and wait.answer.status, code), (408, "wait_timeout"), f"{wait} {what}")
                    case.that(wait.ended - start <= END_SECONDS, f"{wait} came late {what}")
                silent.settimeout(END_SECONDS)
                case.equal(silent.recv(1), b"", f"what a connection reads that asked nothing {what}")
            for connection in [stream, *kept]:
                connection.close()
        is_intact(case, file, "early", what)


@check
def ends_after_a_time(case):
    """With `--exit-after` a server ends by itself, with 0, whoever is connected, and says why."""
    with ExitStack() as stack:
        timed = []
        for name, flags, options in [
            ("flag", [f"--exit-after={LIFE_SECONDS}s"], {}),
            ("variable", [], {"environment": {"CONNECT_SANDBOX_EXIT_AFTER": f"{LIFE_SECONDS}s"}}),
            ("file", [], {"settings": f"port: 0\nport-file: port\nexit-after: {LIFE_SECONDS}s\n"}),
        ]:
            file = case.world.folder / f"after-{name}.sqlite"
            start = time.monotonic()
            server = stack.enter_context(case.world.serve("--database", str(file), *flags, **options))
            create_user(case, server, "short-lived")
            stack.callback(idle(server).close)
            timed.append((name, file, server, start, Asking(server, "GET", "/_sandbox/requests/stream")))
        for name, file, server, start, stream in timed:
            ended = poll(lambda: server.process.poll() is not None, LIFE_SECONDS + END_SECONDS)
            case.that(ended, f"it goes on by its {name}")
            stream.join(COMMAND_SECONDS)
            case.equal(stream.answer and stream.answer.status, 200, f"{stream} by its {name}")
            took = (stream.ended or start) - start
            case.that(took >= LIFE_SECONDS, f"by its {name} it ended after {took:.2f} s")
            case.equal(server.stop(), 0, f"the exit code by its {name}")
            case.contains(server.err, "--exit-after", f"what it says by its {name}")
    for name, file, *_ in timed:
        is_intact(case, file, "short-lived", f"that ended by its {name}")


class Child:
    """A server that another process has started, which is killed."""

    def __init__(self, case, *flags, environment=None):
        self.file = case.world.folder / f"child-{case.expectations}.sqlite"
        port_file = case.world.folder / f"child-{case.expectations}"
        command = [case.world.binary, "--quiet", "--port-file", str(port_file), "--database", str(self.file), *flags]
        self.parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            cwd=case.world.folder,
            env=case.world.environment(environment, url=None),
        )
        self.number = int(self.parent.stdout.readline())
        try:
            if not poll(port_file.exists):
                raise Unexpected("the server did not start")
            self.port = int(port_file.read_text())
        except BaseException:
            self.end()
            raise

    ask = Server.ask
    token = None

    def kill_parent(self):
        self.parent.kill()
        self.parent.wait()

    def has_ended(self, seconds):
        """Whether it ends in time: its standard output is then nobody's."""
        readable, _, _ = select.select([self.parent.stdout], [], [], seconds)
        return bool(readable) and not os.read(self.parent.stdout.fileno(), 1)

    def end(self):
        self.kill_parent()
        if not self.has_ended(0):
            os.kill(self.number, signal.SIGTERM)
            if not self.has_ended(START_SECONDS):
                os.kill(self.number, signal.SIGKILL)
        self.parent.stdout.close()


@check
def ends_with_its_parent(case):
    """With `--exit-with-parent` a server ends soon after the process that started it; without, it lives on."""
    for flags, variables in [(["--exit-with-parent"], {}), ([], {"CONNECT_SANDBOX_EXIT_WITH_PARENT": "true"})]:
        what = f"with {flags} and {variables}"
        child = Child(case, *flags, environment=variables)
        try:
            create_user(case, child, "orphan")
            connection = idle(child)
            case.that(not child.has_ended(0.3), f"it ended before its parent {what}")
            child.kill_parent()
            case.that(child.has_ended(2 * END_SECONDS), f"it lives on {what}")
            connection.close()
            with socket.socket() as visitor:
                case.that(visitor.connect_ex(("127.0.0.1", child.port)) != 0, f"somebody listens {what}")
        finally:
            child.end()
        is_intact(case, child.file, "orphan", what)
    child = Child(case)
    try:
        child.kill_parent()
        case.that(not child.has_ended(2 * END_SECONDS), "a server without it ended with its parent")
        create_user(case, child, "orphan")
    finally:
        child.end()
    is_intact(case, child.file, "orphan", "without a parent")
