"""How the command is explained, which server it asks, and what it makes of one that it does not know."""

import re
import shlex
import socket
import threading
import time

from catalogue import COMMANDS, CONFIG, DEFAULTS, READY, SERVE
from harness import REPOSITORY, Foreign, Retailer, check

EVERYTHING = [*COMMANDS, READY, CONFIG, SERVE]
OTHER_SERVER = "is it another server?"


def sections(help_text):
    """The blocks of a help text by title."""
    found = {}
    for block in re.split(r"\n(?=[A-Z]+:)", "\n" + help_text):
        title, _, rest = block.strip("\n").partition(":")
        found[title] = rest
    return found


def subcommands(help_text):
    return re.findall(r"^  ([a-z][a-z-]*)(?: \(default\))?(?:  |$)", sections(help_text).get("SUBCOMMANDS", ""), re.M)


def options(help_text):
    """The names of options, from the left column."""
    lines = re.findall(r"^  (-\S.*?)(?:  |$)", sections(help_text).get("OPTIONS", ""), re.M)
    return {name for line in lines for name in re.findall(r"--[a-z][a-z-]*", line)}


@check
def tells_its_version(case):
    """`--version` prints the version that the server has too."""
    outcome = case.done(case.world.run("--version"))
    case.that(re.fullmatch(r"\d+\.\d+\.\d+\n", outcome.out), outcome)
    info = case.world.server.ask("GET", "/_sandbox/info").fields
    case.equal(outcome.out.strip(), info["version"], "the version")
    for words in [["serve"], ["user"], ["user", "list"]]:
        case.equal(case.done(case.world.run(*words, "--version")).out, outcome.out, f"the version of {words}")


@check
def explains_itself(case):
    """`--help` of each command explains it and names its options, and a group alone lists its commands."""
    run = case.world.run
    for command in EVERYTHING:
        text = case.done(run(*command.name.split(), "--help")).out
        case.equal(sorted(command.options - options(text)), [], f"what {command.name} --help leaves out")
        case.that(re.match(r"OVERVIEW: [A-Z][^:]*\.\n", text), f"the overview of {command.name}: {text[:80]!r}")
        case.contains(text, f"USAGE: connect-sandbox {command.name}", "the usage")
    for group in sorted({command.name.split()[0] for command in EVERYTHING if " " in command.name}):
        text = case.done(run(group, "--help")).out
        names = [command.name for command in EVERYTHING if command.name.split()[0] == group]
        case.equal(sorted(f"{group} {last}" for last in subcommands(text)), sorted(names), f"{group} --help")
        alone = run(group, DEFAULTS[group]).out if group in DEFAULTS else text
        case.equal(case.done(run(group)).out, alone, f"`{group}` alone")
    case.equal(run("help", "user", "create").out, run("user", "create", "--help").out, "help user create")
    case.equal(run("user", "create", "-h").out, run("user", "create", "--help").out, "user create -h")


@check
def is_all_checked(case):
    """The catalogue of these checks has every command and every option that there is."""
    run = case.world.run
    found = {}
    for word in subcommands(run("--help").out):
        group = run(word, "--help").out
        lasts = [f"{word} {last}" for last in subcommands(group)] or [word]
        found.update({name: options(run(*name.split(), "--help").out) for name in lasts})
    known = {command.name: command.options for command in EVERYTHING}
    case.equal(sorted(set(found) - set(known)), [], "commands that are not in the catalogue")
    for name, names in found.items():
        more = names - {"--version", "--help"} - known.get(name, names)
        case.equal(sorted(more), [], f"options of {name} that are not in the catalogue")


@check
def is_all_in_the_readme(case):
    """The README names every command, and every option of `serve`."""
    readme = (REPOSITORY / "README.md").read_text()
    rows = re.findall(r"^\| (`.*?) \|", readme, re.M)
    for command in [*COMMANDS, CONFIG]:
        group, *last = command.name.split()
        found = any(
            row.startswith(f"`{group}") and all(re.search(rf"[ `]{word}[ `]", row) for word in last) for row in rows
        )
        case.that(found, f"the README has no row with {command.name}")
    named = {name for row in rows for name in re.findall(r"(?<=`)--[a-z-]+", row)}
    case.equal(sorted(SERVE.options - named), [], "options of serve that the README does not name")


@check
def chooses_the_server(case):
    """`--url` wins over CONNECT_SANDBOX_URL, that over CONNECT_SANDBOX_PORT, and an empty one says nothing."""
    with case.world.serve() as other, socket.socket() as closed:
        # Bound, but nobody listens: whoever asks it is told so.
        closed.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{closed.getsockname()[1]}"
        dead_port = str(closed.getsockname()[1])
        port, base = str(other.port), other.base
        choices = [
            ([f"--url={base}"], dead, dead_port, None),
            (["--url", f"{base}/"], dead, dead_port, None),
            (["--url", f"http://localhost:{port}"], dead, dead_port, None),
            ([], base, dead_port, None),
            ([], f"{base}/", dead_port, None),
            ([], None, port, None),
            ([], "", port, None),
            ([], None, port, "localhost"),
            ([], None, port, "0.0.0.0"),
        ]
        for flags, url, port_variable, host in choices:
            environment = {
                "CONNECT_SANDBOX_URL": url,
                "CONNECT_SANDBOX_PORT": port_variable,
                "CONNECT_SANDBOX_HOST": host,
            }
            what = f"{flags} with {environment}"
            printed = case.prints_json(case.world.run("info", "--json", *flags, environment=environment)).fields or {}
            case.equal(printed.get("public_url"), f"http://localhost:{port}", what)
            case.prints_nothing(case.world.run("ready", *flags, environment=environment))
        for flags, url, port_variable in [(["--url", dead], base, port), ([], dead, port), ([], None, dead_port)]:
            environment = {"CONNECT_SANDBOX_URL": url, "CONNECT_SANDBOX_PORT": port_variable}
            for words in [["info"], ["ready"]]:
                case.refused(case.world.run(*words, *flags, environment=environment), dead)
    with socket.socket() as usual:
        try:
            usual.bind(("127.0.0.1", 4600))
        except OSError:
            return  # Somebody's own server may answer there.
        environment = {"CONNECT_SANDBOX_URL": None, "CONNECT_SANDBOX_PORT": None}
        for words in [["info"], ["ready"]]:
            case.refused(case.world.run(*words, environment=environment), "http://127.0.0.1:4600")


@check
def chooses_the_retailer(case):
    """`--retailer` wins over CONNECT_SANDBOX_RETAILER, and that over the retailer demo."""
    with case.world.serve() as server:
        one, two = Retailer(case.world, server=server), Retailer(case.world, server=server)
        for flags, variable, expected in [
            (["--retailer", one.id], two.id, one.id),
            ([f"--retailer={one.id}"], "nobody", one.id),
            ([], two.id, two.id),
            ([], "", "demo"),
            ([], None, "demo"),
            (["--retailer", "demo"], one.id, "demo"),
        ]:
            environment = {"CONNECT_SANDBOX_URL": server.base, "CONNECT_SANDBOX_RETAILER": variable}
            name = f"made-for-{expected}"
            outcome = case.world.run("state", "export", "--json", *flags, environment=environment)
            case.equal((case.prints_json(outcome).fields or {}).get("id"), expected, f"`{outcome.command}`")
            case.done(case.world.run("user", "create", name, *flags, environment=environment))
            path = f"/_sandbox/retailers/{expected}/connect_users/{name}"
            case.equal(server.ask("GET", path).status, 200, f"{flags} with {variable}")
            server.ask("DELETE", path)


@check
def brings_the_control_token(case):
    """Commands bring the control token of `--control-token` or the environment, and are told where it is wanting."""
    secret = "s3cret/+~token="
    with case.world.serve(environment={"CONNECT_SANDBOX_CONTROL_TOKEN": secret}) as server:
        server.token = secret
        url = {"CONNECT_SANDBOX_URL": server.base}
        right, wrong = {**url, "CONNECT_SANDBOX_CONTROL_TOKEN": secret}, {**url, "CONNECT_SANDBOX_CONTROL_TOKEN": "no"}
        whole = server.ask("GET", "/_sandbox/state").raw
        for command in COMMANDS:
            case.refused(case.world.run(*command.words, environment=url), "control-token")
        for words in [["info", "--control-token", "wrong"], ["user", "list", "--json", "--control-token", "wrong"]]:
            outcome = case.refused(case.world.run(*words, environment=right), "control-token")
            case.that(secret not in outcome.err, f"a refusal shows the token: {outcome}")
        case.refused(case.world.run("retailer", "delete", "demo", environment=wrong), "control-token")
        case.equal(server.ask("GET", "/_sandbox/state").raw, whole, "the state after refused commands")

        labels = case.done(case.world.run("info", environment=right)).labels
        case.equal(labels.get("control token"), "yes", "info, control token")
        printed = case.prints_json(case.world.run("info", "--json", "--control-token", secret, environment=wrong))
        case.equal(printed.fields["control_token"], True, "info --json")
        case.that(secret not in printed.out, "info shows the token")
        case.done(case.world.run("user", "create", "somebody", environment=right))
        path = "/_sandbox/retailers/demo/connect_users/somebody"
        case.equal(server.ask("GET", path).status, 200, "a user that was created with the token")
        case.done(case.world.run("link", "--control-token", secret, environment=url))
        case.done(case.world.run("state", "export", "--all", "--control-token", secret, environment=url))
        case.prints_nothing(case.world.run("ready", environment=url))
    # To a server without one it does no harm.
    case.done(case.world.run("info", "--control-token", "needless"))
    for text in ["", "two words", "line\nbreak", "Grün\u202e"]:
        outcome = case.misused(case.world.run("info", "--control-token", text), "--control-token")
        case.that(not text or text not in outcome.err, f"a token is shown: {outcome}")
    environment = {"CONNECT_SANDBOX_CONTROL_TOKEN": "two words"}
    outcome = case.misused(case.world.run("info", environment=environment), "CONNECT_SANDBOX_CONTROL_TOKEN")
    case.that("two words" not in outcome.err, f"a token is shown: {outcome}")


@check
def tells_that_nobody_answers(case):
    """Where nobody answers, or nothing that is HTTP, every command says so and exits with 1."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{closed.getsockname()[1]}"
        for command in COMMANDS:
            environment = {"CONNECT_SANDBOX_URL": dead}
            case.refused(case.world.run(*command.words, environment=environment), dead, "connect-sandbox serve")
        case.refused(case.world.run("user", "list", "--json", "--url", dead), dead)
        case.refused(case.world.run("info", "--url", "http://no-such-host.invalid:4600"), "no-such-host.invalid")

    with socket.create_server(("127.0.0.1", 0)) as rude:

        def greet():
            while True:
                try:
                    visitor, _ = rude.accept()
                except OSError:
                    return
                visitor.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")
                visitor.close()

        threading.Thread(target=greet, daemon=True).start()
        base = f"http://127.0.0.1:{rude.getsockname()[1]}"
        for words in [["info"], ["info", "--json"], ["retailer", "delete", "demo"], ["state", "export"], ["ready"]]:
            case.refused(case.world.run(*words, "--url", base), base)
        rude.shutdown(socket.SHUT_RDWR)


@check
def waits_until_it_is_ready(case):
    """`ready` waits with `--wait` and no longer than `--timeout`, and asks once without."""

    def timed(*words, environment=None):
        start = time.monotonic()
        return case.world.run("ready", *words, environment=environment), time.monotonic() - start

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{closed.getsockname()[1]}"
        outcome, seconds = timed("--url", dead)
        case.refused(outcome, dead, "not ready", "does not answer")
        case.that(seconds < 5, f"ready without --wait took {seconds:.1f} s")
        for timeout, least in [("400ms", 0.4), ("1s", 1)]:
            outcome, seconds = timed("--wait", "--timeout", timeout, "--url", dead)
            case.refused(outcome, dead, "not ready", "does not answer")
            case.that(least <= seconds < least + 3, f"ready --wait --timeout {timeout} took {seconds:.1f} s")
        port = closed.getsockname()[1]

    with socket.create_server(("127.0.0.1", 0)) as silent:
        base = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for flags in [[], ["--wait"]]:
            outcome, seconds = timed(*flags, "--timeout", "500ms", "--url", base)
            case.refused(outcome, base, "not ready")
            case.that(seconds < 3, f"ready {flags} of a silent server took {seconds:.1f} s")

    outcomes = []
    waiting = threading.Thread(
        target=lambda: outcomes.append(case.world.run("ready", "--wait", "--url", f"http://127.0.0.1:{port}"))
    )
    waiting.start()
    time.sleep(0.3)
    # The last --port wins.
    with case.world.serve("--port", str(port)):
        waiting.join()
    case.prints_nothing(outcomes[0])
    with Foreign(status=503) as foreign:
        case.refused(case.world.run("ready", "--url", foreign.base), foreign.base, "503")
    for text in ["x", "5", "-1s", "1h", ""]:
        case.misused(case.world.run("ready", f"--timeout={text}"), "--timeout")


@check
def knows_a_server_that_refuses_it(case):
    """Where another server answers with an error, every command says so and exits with 1."""
    with Foreign(status=404, body=b"<h1>Not Found</h1>", content_type="text/html") as foreign:
        for command in COMMANDS:
            environment = {"CONNECT_SANDBOX_URL": foreign.base}
            case.refused(case.world.run(*command.words, environment=environment), foreign.base, "404", OTHER_SERVER)
        case.refused(case.world.run("user", "list", "--json", "--url", foreign.base), foreign.base, "404")
        case.refused(case.world.run("ready", "--url", foreign.base), foreign.base, "404")
    for status, body in [(302, b""), (500, b"{}"), (401, b'{"error": "no"}')]:
        with Foreign(status=status, body=body, content_type="application/json") as foreign:
            case.refused(case.world.run("info", "--url", foreign.base), foreign.base, str(status), OTHER_SERVER)


@check
def knows_a_server_that_is_another(case):
    """Where another server answers 200 with a text, every command that shows an answer says so and exits with 1."""
    with Foreign() as foreign:
        for command in COMMANDS:
            if not command.is_silent and command.name != "state export":
                outcome = case.world.run(*command.words, environment={"CONNECT_SANDBOX_URL": foreign.base})
                case.refused(outcome, foreign.base, OTHER_SERVER)
    with Foreign(body=b'{"hello": "world"}', content_type="application/json") as foreign:
        for words in [["info"], ["retailer", "list"], ["clock", "show"], ["link"]]:
            case.refused(case.world.run(*words, "--url", foreign.base), foreign.base, OTHER_SERVER)


@check
def believes_no_other_server_a_deletion(case):
    """Where another server answers 200, nothing is said to be deleted or unlinked."""
    with Foreign() as foreign:
        for command in COMMANDS:
            if command.is_silent:
                for flags in [[], ["--json"]]:
                    case.refused(case.world.run(*command.words, *flags, "--url", foreign.base), foreign.base)


@check
def prints_json_or_nothing(case):
    """Where another server answers 200 with a text, `--json` prints nothing and exits with 1."""
    with Foreign() as foreign:
        for command in COMMANDS:
            if not command.is_silent:
                case.refused(case.world.run(*command.words, "--json", "--url", foreign.base), foreign.base)


@check
def exports_no_other_servers_pages(case):
    """Where another server answers 200 with a text, `state export` writes nothing."""
    for body in [b"It works!\n", b"<!doctype html><title>Welcome</title>"]:
        with Foreign(body=body) as foreign:
            for name in ["mine.yaml", "mine.json"]:
                kept = case.world.folder / name
                kept.write_text("mine")
                case.refused(case.world.run("state", "export", name, "--url", foreign.base), foreign.base)
                case.equal(kept.read_text(), "mine", f"the file {name}")
            case.refused(case.world.run("state", "export", "--url", foreign.base), foreign.base)


@check
def refuses_addresses(case):
    """An address that is none of plain HTTP is refused with exit code 64."""
    for text in ["https://localhost:4600", "localhost:4600", "4600", "http://", "http://a b", "ftp://localhost", "/"]:
        for words in [["user", "list"], ["ready"]]:
            case.misused(case.world.run(*words, "--url", text), "--url", f"“{text}”")
    environment = {"CONNECT_SANDBOX_URL": "localhost:4600"}
    for words in [["user", "list"], ["ready"]]:
        case.misused(case.world.run(*words, environment=environment), "CONNECT_SANDBOX_URL", "“localhost:4600”")
    environment = {"CONNECT_SANDBOX_URL": None, "CONNECT_SANDBOX_PORT": "http"}
    case.misused(case.world.run("user", "list", environment=environment), "CONNECT_SANDBOX_PORT", "“http”")
    # Which port a server has picked, a client cannot know; what else the server was to read is none of its business.
    environment = {"CONNECT_SANDBOX_URL": None, "CONNECT_SANDBOX_PORT": "0"}
    for words in [["user", "list"], ["ready"]]:
        case.misused(case.world.run(*words, environment=environment), "CONNECT_SANDBOX_PORT", "--url")
    port = str(case.world.server.port)
    environment = {"CONNECT_SANDBOX_URL": None, "CONNECT_SANDBOX_PORT": port, "CONNECT_SANDBOX_RATE_LIMIT": "none"}
    case.prints_nothing(case.world.run("ready", environment=environment))
    case.done(case.world.run("user", "list", environment=environment))


@check
def takes_addresses_as_they_are(case):
    """An address is taken whole or refused: with a path, a query, a name and password, an impossible port."""
    port = case.world.server.port
    for text in [
        f"http://127.0.0.1:{port}/sandbox",
        f"http://127.0.0.1:{port}/?a=b",
        f"http://jane:password@127.0.0.1:{port}",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:0",
    ]:
        case.misused(case.world.run("info", "--url", text), "--url")
    # RFC 3986 §3.1: schemes are case-insensitive.
    case.done(case.world.run("info", "--url", f"HTTP://127.0.0.1:{port}"))


@check
def points_to_the_right_help(case):
    """What is wrong with an option ends with the command's own usage and the help that explains it."""
    for words in [
        ["user", "list", "--url", "x"],
        ["user", "list", "--control-token", "x y"],
        ["ready", "--url", "x"],
        ["serve", "--seed", "x"],
        ["serve", "--port", "x"],
    ]:
        name = " ".join(words[: 2 if words[0] == "user" else 1])
        outcome = case.misused(case.world.run(*words), words[-2])
        case.contains(outcome.err, f"Usage: connect-sandbox {name} ", f"`{shlex.join(words)}`")
        case.contains(outcome.err, f"'connect-sandbox {name} --help'", f"`{shlex.join(words)}`")
