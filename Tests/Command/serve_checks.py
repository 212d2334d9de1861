"""What `serve` prints, what it refuses to start with, and how it ends."""

import signal
import socket
import sqlite3

from harness import check

# What is refused is refused at once.
REFUSAL_SECONDS = 5


@check
def greets(case):
    """`serve` prints its address and credentials, writes its port, and ends with 0."""
    for number in [signal.SIGTERM, signal.SIGINT]:
        with case.world.serve("--assume", "relink-refused", "--rate-limit", "9", "--seed", "5") as server:
            case.equal(server.port_file.read_text(), f"{server.port}\n", "the port file")
            first, *rest = server.out.splitlines()
            case.equal(first, f"Connect Sandbox listens on {server.base}", "the first line")
            for label, value in [
                ("base URL", f"http://localhost:{server.port}"),
                ("database", "in memory, gone when the server stops"),
                ("client_id", "demo-client"),
                ("client_secret", "demo-secret"),
                ("rate limit", "9/s for each application"),
                ("seed", "5; clocks stand at 2026-01-01T00:00:00Z"),
            ]:
                case.that(f"  {label:<13}  {value}" in rest, f"the banner has no {label} of {value}: {rest}")
            case.contains(server.out, "  assumed        relink-refused: ", "the banner")
            case.contains(server.out, f"  curl -s 'http://localhost:{server.port}/v2/oauth/token' ", "the banner")
            case.equal(server.stop(number), 0, f"the exit code after {number.name}")
    with case.world.serve("--quiet") as server:
        case.equal(server.ask("GET", "/readyz").status, 200, "/readyz")
        case.equal(server.stop(), 0, "the exit code of a quiet server")
        case.equal((server.out, server.err), ("", ""), "what a quiet server prints")
    with case.world.serve(environment={"CONNECT_SANDBOX_QUIET": "true", "CONNECT_SANDBOX_SEED": "3"}) as server:
        case.equal(server.out, "", "what a server prints that is quiet by its environment")
        case.equal(server.ask("GET", "/_sandbox/info").fields["seed"], 3, "the seed of the environment")
    with case.world.serve("--seed", "4", environment={"CONNECT_SANDBOX_SEED": "3"}) as server:
        case.equal(server.ask("GET", "/_sandbox/info").fields["seed"], 4, "a flag against its variable")


@check
def refuses_settings(case):
    """`serve` refuses a bad setting with exit code 64 and names the flag or the variable, and the value."""
    refused = [
        ("seed", "x", "a whole number from 0"),
        ("seed", "-1", "a whole number from 0"),
        ("seed", "18446744073709551616", "a whole number from 0"),
        ("assume", "nope", "lone-error-listed, relink-refused, consent-remembered, names-capitalized"),
        ("relax", "nope", "client-auth-basic"),
        ("rate-limit", "0", "a whole number from 1"),
        ("rate-limit", "many", "a whole number from 1"),
        ("code-lifetime", "5", "a duration such as 90s, 10m or 24h"),
        ("code-lifetime", "0s", "a duration such as 90s, 10m or 24h"),
        ("token-lifetime", "1 day", "a duration such as 90s, 10m or 24h"),
        ("port", "http", "a port from 0 to 65535"),
        ("port", "65536", "a port from 0 to 65535"),
        ("public-url", "localhost:4600", "an http or https address"),
        ("redirect-uri", "example.org", "an absolute address"),
        ("cors-origin", "localhost:3000", "an origin such as http://localhost:3000"),
        ("authorize-path", "/v2/authorize", "a path such as /oauth/authorize"),
        ("auto-approve", "somebody", "an e-mail address"),
        ("log-level", "loud", "trace, debug, info"),
        ("allow-host", "http://example.org", "a host name"),
    ]

    def start(*words, **variables):
        environment = {"CONNECT_SANDBOX_" + name.upper().replace("-", "_"): text for name, text in variables.items()}
        return case.world.run(*words, environment=environment, seconds=REFUSAL_SECONDS)

    for name, value, expected in refused:
        flag, variable = f"--{name}", "CONNECT_SANDBOX_" + name.upper().replace("-", "_")
        case.misused(start(f"{flag}={value}"), f"{flag}: “{value}” is not ", expected)
        case.misused(start("serve", f"{flag}={value}"), f"{flag}: “{value}” is not ", expected)
        case.misused(start("serve", **{name: value}), f"{variable}: “{value}” is not ", expected)
    for name in ["host", "database", "port-file", "state", "client-id", "client-secret", "control-token"]:
        case.misused(start("serve", f"--{name}", ""), f"--{name}: ")
    case.misused(start("serve", quiet="perhaps"), "CONNECT_SANDBOX_QUIET", "true or false")
    case.misused(start("serve", **{"no-scripted-consent": "2"}), "CONNECT_SANDBOX_NO_SCRIPTED_CONSENT", "true or false")
    for words in [["serve", "somewhere"], ["somewhere"], ["serve", "--port"]]:
        case.misused(start(*words), "'connect-sandbox serve --help'")


@check
def refuses_to_start(case):
    """`serve` says in a sentence why it does not start, and exits with 1."""
    folder = case.world.folder
    (folder / "bad-state.yaml").write_text("id: x\nnme: y\n")
    (folder / "nameless.yaml").write_text("applications: [{redirect_uris: [https://example.org/]}]\n")
    (folder / "no-database").write_text("This is a text. " * 100)

    def start(*flags):
        return case.world.run("serve", "--port", "0", "--port-file", "never", *flags, seconds=REFUSAL_SECONDS)

    memory = ["--database", ":memory:"]
    port = case.world.server.port
    case.refused(start(*memory, "--port", str(port)), f"port {port}", "in use", "--port")
    case.refused(start(*memory, "--host", "no-such-host.invalid"), "no-such-host.invalid", "--host")
    case.refused(start(*memory, "--host", "192.0.2.1"), "192.0.2.1", "--host")
    case.refused(start(*memory, "--state", "missing.yaml"), "missing.yaml", "cannot be read")
    case.refused(start(*memory, "--state", "bad-state.yaml"), "bad-state.yaml:2", "“nme”")
    case.refused(start(*memory, "--state", "nameless.yaml"), "nameless.yaml", "give it an id")
    case.refused(start("--database", "no-folder/x.sqlite"), "no-folder/x.sqlite")
    case.refused(start("--database", "."), "database")
    case.refused(start("--database", "no-database"), "no-database")
    case.that(not (folder / "never").exists(), "a server that did not start wrote its port")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        case.refused(case.world.run(environment={"CONNECT_SANDBOX_PORT": port, "CONNECT_SANDBOX_DATABASE": ":memory:"}),
                     f"port {port}", "in use")  # fmt: skip


@check
def seeds_only_what_is_empty(case):
    """`serve --seed` refuses a file that holds retailers, and leaves it as it was."""
    file = case.world.folder / "kept.sqlite"
    with case.world.serve("--database", str(file)) as server:
        made = server.ask("POST", "/_sandbox/retailers").fields
        case.equal(server.stop(), 0, "the exit code of the first server")

    def retailers():
        connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute("SELECT * FROM retailer").fetchall()
        finally:
            connection.close()

    before = retailers()
    case.equal(len(before), 2, "how many retailers the file holds")
    outcome = case.world.run("--seed", "1", "--database", str(file), "--port", "0")
    case.refused(outcome, "--seed", str(file), "--database", ":memory:")
    case.equal(retailers(), before, "the retailers in the file")
    with case.world.serve("--database", str(file)) as server:
        path = f"/_sandbox/retailers/{made['id']}"
        case.equal(server.ask("GET", path).status, 200, "a retailer after a refused start")

    fresh = case.world.folder / "fresh.sqlite"
    with case.world.serve("--seed", "1", "--database", str(fresh)) as server:
        case.equal(
            server.ask("GET", "/_sandbox/info").fields["database"], str(fresh), "the database of a seeded server"
        )
    case.refused(case.world.run("--seed", "1", "--database", str(fresh), "--port", "0"), str(fresh))


@check
def keeps_its_secrets(case):
    """The control token is shown nowhere: in no banner, log, answer or refusal, whoever brings what."""
    secret, wrong = "tok-7f3a9c51d2", "tok-wrong-0815"
    flags = ["--log-level", "trace"]
    for given in [{"flags": ["--control-token", secret]}, {"variables": {"CONNECT_SANDBOX_CONTROL_TOKEN": secret}}]:
        with case.world.serve(*flags, *given.get("flags", []), environment=given.get("variables")) as server:
            answers = []
            for bearer in [None, wrong, secret]:
                for method, path in [("GET", "info"), ("GET", "retailers"), ("POST", "retailers"), ("GET", "nowhere")]:
                    answers.append(server.ask(method, f"/_sandbox/{path}", bearer=bearer))
            answers.append(server.ask("POST", "/_sandbox/retailers", "nonsense: [", bearer=secret))
            answers.append(server.ask("GET", "/v2/fulfillment/users/x/link", bearer=secret))
            answers.append(server.ask("GET", "/demo"))
            statuses = [answer.status for answer in answers]
            case.equal(statuses[:12], [401] * 8 + [200, 200, 200, 404], "the answers with no, a wrong and the token")
            environment = {"CONNECT_SANDBOX_URL": server.base, "CONNECT_SANDBOX_CONTROL_TOKEN": secret}
            for words in [["info"], ["info", "--json"], ["user", "show", "nobody"], ["state", "export", "--all"]]:
                outcome = case.world.run(*words, environment=environment)
                case.that(secret not in outcome.out + outcome.err, f"the token is shown: {outcome}")
            server.stop()
            printed = server.out + server.err
            case.contains(server.err, " trace ", "what a server logs at trace")
            for token in [secret, wrong]:
                case.that(token not in printed, f"{token} is in what the server printed")
                for answer in answers:
                    told = answer.raw.decode(errors="replace") + str(answer.headers)
                    case.that(token not in told, f"{token} is in the answer {shown_answer(answer)}")
    for words, environment in [
        (["serve", "--control-token", f"{secret} {wrong}"], None),
        (["serve"], {"CONNECT_SANDBOX_CONTROL_TOKEN": f"{secret} {wrong}"}),
        (["serve", "--client-secret", f"{secret}\n{wrong}"], None),
    ]:
        outcome = case.world.run(*words, environment=environment)
        case.misused(outcome, "what was given is not")
        case.that(secret not in outcome.err, f"a secret is shown: {outcome}")


def shown_answer(answer):
    return f"{answer.status} {answer.raw[:200]!r}"


@check
def refuses_a_port_file_that_it_cannot_write(case):
    """`serve` does not run without the port file that it was asked for."""
    words = ["serve", "--port", "0", "--database", ":memory:", "--port-file", "no-folder/port"]
    case.refused(case.world.run(*words, seconds=3), "no-folder/port")
