"""Where settings come from: flags, variables and a file, which of them wins, and what `config` tells of it."""

import os
from contextlib import contextmanager

from catalogue import CONFIG
from harness import DOCUMENT, NO_USUAL_VARIABLES, SETTINGS_FILE, check

# What is refused is refused at once.
REFUSAL_SECONDS = 5

# Each setting: its default as `config` tells it, and a value for a file, for a variable and for a flag. A flag without
# a value can only say yes.
SETTINGS = {
    "host": ("127.0.0.1", "::1", "localhost", "0.0.0.0"),
    "port": ("4600", "4701", "4702", "4703"),
    "port-file": (None, "/tmp/file", "/tmp/variable", "/tmp/flag"),
    "public-url": (None, "http://file:1", "http://variable:2", "http://flag:3"),
    "database": ("connect-sandbox.sqlite", "/tmp/file.sqlite", ":memory:", "flag.sqlite"),
    "state": (None, "/tmp/file.yaml", "variable.yaml", "flag.yaml"),
    "client-id": (None, "file", "variable", "flag"),
    "client-secret": (None, "s3cret-of-file", "s3cret-of-variable", "s3cret-of-flag"),
    "redirect-uri": (None, "https://file.example/", "https://variable.example/", "https://flag.example/"),
    "relax": (None, "client-auth-basic", "client-auth-basic", "client-auth-basic"),
    "assume": (None, "relink-refused", "consent-remembered", "names-capitalized"),
    "code-lifetime": ("10m", "61s", "62s", "63s"),
    "token-lifetime": ("24h", "3601s", "3602s", "3603s"),
    "rate-limit": (None, "11", "12", "13"),
    "seed": (None, "1", "2", "18446744073709551615"),
    "allow-host": (None, "file.example", "variable.example", "flag.example"),
    "control-token": (None, "t0ken-of-file", "t0ken-of-variable", "t0ken-of-flag"),
    "cors-origin": (None, "http://file.example", "http://variable.example", "http://flag.example"),
    "authorize-path": ("/oauth/authorize", "/file", "/variable", "/flag"),
    "auto-approve": (None, "file@example.com", "variable@example.com", "flag@example.com"),
    "no-scripted-consent": ("false", "true", "false", True),
    "no-fault-header": ("false", "true", "false", True),
    "journal-count": ("2000", "21", "22", "23"),
    "journal-bytes": ("8388608", "65537", "65538", "65539"),
    "exit-after": (None, "31s", "32s", "33s"),
    "exit-with-parent": ("false", "true", "false", True),
    "quiet": ("false", "true", "false", True),
    "log-level": ("info", "trace", "debug", "error"),
    "log-format": ("text", "json", "text", "json"),
}
SECRETS = ["client-secret", "control-token"]


def variable(name):
    return "CONNECT_SANDBOX_" + name.upper().replace("-", "_")


def folder_with(case, text, name=SETTINGS_FILE):
    """A working directory that holds a file of settings."""
    folder = case.world.folder / f"settings-{case.expectations}"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@contextmanager
def piped(text):
    """What a shell makes of <(…): a file that can be read once. Its path, and the descriptor to hand on."""
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    try:
        yield f"/dev/fd/{reading}", [reading]
    finally:
        os.close(reading)


def in_force(case, *flags, environment=None, folder=None):
    """What `config` says, in a table and as JSON: values with where they come from, by name."""
    options = {"environment": {**NO_USUAL_VARIABLES, **(environment or {})}, "folder": folder or case.world.folder}
    told = case.done(case.world.run("config", *flags, **options))
    printed = case.prints_json(case.world.run("config", "--json", *flags, **options)).fields or {}
    rows = {row["name"]: (row["values"], row["from"]) for row in printed.get("settings", [])}
    table = {row["setting"]: (row["value"], row["from"]) for row in told.rows}
    expected = {name: (", ".join(values) or "-", place or "default") for name, (values, place) in rows.items()}
    case.equal(table, expected, f"`{told.command}` against its JSON")
    return rows


@check
def tells_what_is_in_force(case):
    """`config` shows every setting of `serve`, its value, and whether flag, variable, file or default gave it."""
    case.equal({f"--{name}" for name in SETTINGS} | {"--config", "--json"}, CONFIG.options, "the settings to check")
    names = list(SETTINGS)
    text = "# Comments are for people.\n" + "".join(f"{name}: {SETTINGS[name][1]!r}\n" for name in names)
    folder = folder_with(case, text)
    variables = {variable(name): SETTINGS[name][2] for name in names}
    flags = [f"--{name}" if value[3] is True else f"--{name}={value[3]}" for name, value in SETTINGS.items()]
    lines = {name: f"{SETTINGS_FILE}:{number}" for number, name in enumerate(names, 2)}

    def expect(rows, column, place):
        case.equal(sorted(rows), sorted([*names, "config"]), f"what `config` shows, {place('port')}")
        for name in names:
            value = SETTINGS[name][column]
            value = "[hidden]" if name in SECRETS and column else "true" if value is True else value
            case.equal(rows.get(name), ([] if value is None else [value], place(name)), name)

    expect(in_force(case), 0, lambda _: None)
    rows = in_force(case, folder=folder)
    expect(rows, 1, lines.get)
    case.equal(rows.get("config"), ([SETTINGS_FILE], "working directory"), "config")
    rows = in_force(case, folder=folder, environment=variables)
    expect(rows, 2, variable)
    expect(in_force(case, *flags, folder=folder, environment=variables), 3, "--{}".format)
    expect(in_force(case, *flags, folder=folder), 3, "--{}".format)
    expect(in_force(case, *flags), 3, "--{}".format)


@check
def shows_no_secret(case):
    """`config` shows no secret, from wherever it is, and no refusal of a bad one shows it."""
    secret, bad = "s3cret-0123", "s3cret 0123\\n"
    for name in SECRETS:
        folder = folder_with(case, f"{name}: {secret}\n")
        for flags, variables, place in [
            ([f"--{name}", secret], {}, None),
            ([], {variable(name): secret}, None),
            ([], {}, folder),
        ]:
            options = {"environment": variables, "folder": place or case.world.folder}
            for form in [[], ["--json"]]:
                outcome = case.world.run("config", *form, *flags, **options)
                case.contains(case.done(outcome).out, "[hidden]", f"`{outcome.command}`")
                case.that(secret not in outcome.out + outcome.err, f"a secret is shown: {outcome}")
        folder = folder_with(case, f'{name}: "{bad}"\n')
        for command in ["serve", "config"]:
            outcome = case.misused(case.world.run(command, folder=folder), f"{SETTINGS_FILE}:1: {name}: ")
            case.that("s3cret" not in outcome.err, f"a secret is shown: {outcome}")


@check
def serves_as_a_file_says(case):
    """`serve` starts as connect-sandbox.yaml in its working directory says, or the file that is named instead."""
    text = """\
port: 0
database: kept.sqlite
state: [grocer.yaml]
code-lifetime: 90s
assume:
  - relink-refused
  - names-capitalized
rate-limit: 077
no-scripted-consent: yes
quiet: true
"""
    elsewhere = case.world.folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "grocer.yaml").write_text(f"id: grocer\n{DOCUMENT}")
    named = elsewhere / "named.yaml"
    named.write_text(text)
    usual = text.replace("grocer.yaml", str(elsewhere / "grocer.yaml")) + "port-file: port\n"
    for settings, flags, variables in [
        (usual, [], {}),
        # The usual file is not even read where another one is named, and a named one's paths begin where it is.
        ("nonsense: 1", [f"--config={named}"], {}),
        ("nonsense: 1", [], {"CONNECT_SANDBOX_CONFIG": str(named)}),
        ("nonsense: 1", [f"--config={named}"], {"CONNECT_SANDBOX_CONFIG": "missing.yaml"}),
    ]:
        flags = flags if settings is usual else ["--port-file=port", *flags]
        with case.world.serve(*flags, environment=variables, settings=settings) as server:
            what = f"{flags} with {variables}"
            info = server.ask("GET", "/_sandbox/info").fields
            for name, value in [
                ("code_lifetime", 90),
                ("rate_limit", 77),
                ("scripted_consent", False),
                ("database", "kept.sqlite" if settings is usual else f"{elsewhere}/kept.sqlite"),
            ]:
                case.equal(info[name], value, f"{name} of the file, {what}")
            assumed = [assumption["name"] for assumption in info["assumptions"]]
            case.equal(assumed, ["relink-refused", "names-capitalized"], f"the assumptions of the file, {what}")
            case.equal(server.ask("GET", "/_sandbox/retailers/grocer").status, 200, f"the state of the file, {what}")
            kept = (server.folder if settings is usual else elsewhere) / "kept.sqlite"
            case.that(kept.exists(), f"the database is not beside the file, {what}")
            case.equal(server.stop(), 0, f"the exit code, {what}")
            case.equal((server.out, server.err), ("", ""), f"what a server prints that is quiet by its file, {what}")

    # One thing of each: the strongest wins, the others hold.
    environment = {"CONNECT_SANDBOX_SEED": "2", "CONNECT_SANDBOX_RATE_LIMIT": "12"}
    settings = "port: 0\nport-file: port\nseed: 1\nrate-limit: 11\ncode-lifetime: 61s\n"
    with case.world.serve("--seed=3", environment=environment, settings=settings) as server:
        info = server.ask("GET", "/_sandbox/info").fields
        found = (info["seed"], info["rate_limit"], info["code_lifetime"])
        case.equal(found, (3, 12, 61), "the seed of a flag, the limit of a variable and the lifetime of the file")


@check
def serves_as_a_pipe_says(case):
    """`--config` and CONNECT_SANDBOX_CONFIG may name a pipe, as a shell's <(…) is, which can be read once."""
    for words, name in [(["serve"], None), ([], None), (["serve"], "CONNECT_SANDBOX_CONFIG")]:
        with piped("port: 0\nport-file: port\nseed: 7\n") as (path, descriptors):
            # The path of a pipe is no place for files, and its folder none to write to.
            flags = [*words, "--port-file=port", *([] if name else [f"--config={path}"])]
            variables = {name: path} if name else {}
            with case.world.serve(*flags, environment=variables, settings="", pass_fds=descriptors) as server:
                info = server.ask("GET", "/_sandbox/info").fields
                case.equal(info["seed"], 7, f"the seed of a pipe, {words} {name}")
    for words in [["ready"], ["info"], ["user", "list"]]:
        with piped("port: 9\n") as (path, descriptors):
            variables = {**NO_USUAL_VARIABLES, "CONNECT_SANDBOX_URL": None, "CONNECT_SANDBOX_CONFIG": path}
            outcome = case.world.run(*words, environment=variables, pass_fds=descriptors, seconds=REFUSAL_SECONDS)
            case.contains(outcome.err, "http://127.0.0.1:9 ", f"{words} by a pipe")
    with piped("port: 0\nprot: 1\n") as (path, descriptors):
        outcome = case.world.run("serve", f"--config={path}", pass_fds=descriptors, seconds=REFUSAL_SECONDS)
        case.misused(outcome, f"{path}:2: ", "“prot”", "“port”")
    with piped("seed: 7\n") as (path, descriptors):
        rows = case.prints_json(case.world.run("config", "--json", f"--config={path}", pass_fds=descriptors)).fields
        row = {row["name"]: row for row in (rows or {}).get("settings", [])}.get("seed")
        case.equal(row, {"name": "seed", "values": ["7"], "from": f"{path}:1"}, "the seed of a pipe")


@check
def refuses_files(case):
    """`serve` and `config` refuse a bad file with exit code 64, and name the file, the line and what was meant."""
    for text, *expected in [
        ("port: 0\nprot: 1\n", ":2: ", "“prot”", "did you mean “port”?"),
        ("# a\n\n\nlog-formt: json\n", ":4: ", "did you mean “log-format”?"),
        ("Rate_Limit: 3\n", ":1: ", "did you mean “rate-limit”?"),
        ("something-else: 1\n", ":1: ", "“something-else”", "serve --help"),
        # It cannot say where it is itself.
        ("config: other.yaml\n", ":1: ", "“config”"),
        ("port: 0\nseed: x\n", ":2: seed: ", "“x” is not a whole number from 0"),
        ("port: 65536\n", ":1: port: ", "a port from 0 to 65535"),
        ("log-format: jsn\n", ":1: log-format: ", "text, json", "did you mean json?"),
        ("assume: [relink-refused, relink-refusd]\n", ":1: assume: ", "did you mean relink-refused?"),
        ("exit-after: 5\n", ":1: exit-after: ", "a duration such as 90s, 10m or 24h"),
        ("exit-after: 0s\n", ":1: exit-after: ", "a duration such as 90s, 10m or 24h"),
        ("exit-with-parent: perhaps\n", ":1: exit-with-parent: ", "true or false"),
        ("port:\n", ":1: port: ", "no value"),
        ("port: [0, 1]\n", ":1: port: ", "one value"),
        ("state: {a: b}\n", ":1: state: ", "list"),
        ("port: 0\nseed: 1\nport: 0\n", ":", "“port”", "repeats"),
        ("- port: 0\n", ":1: ", "must be settings"),
        ("port: 0\nseed: 'x\n", "not YAML"),
        ("port: 0\n\tseed: 1\n", ":2: ", "not YAML"),
        ("port: 0\n---\nseed: 1\n", ":2: ", "not YAML"),
        (b"port: 0\nclient-id: \xff\n", "UTF-8"),
    ]:
        folder = folder_with(case, text)
        for words in [["serve"], ["config"]]:
            outcome = case.world.run(*words, folder=folder, environment=NO_USUAL_VARIABLES, seconds=REFUSAL_SECONDS)
            case.misused(outcome, SETTINGS_FILE + (expected[0] if expected[0][0] == ":" else ""), *expected)
    for words in [["serve"], ["config"]]:
        for path, expected in [("missing.yaml", "missing.yaml cannot be read"), (".", "cannot be read"), ("", "path")]:
            case.misused(case.world.run(*words, "--config", path, seconds=REFUSAL_SECONDS), expected)
        environment = {"CONNECT_SANDBOX_CONFIG": "missing.yaml"}
        outcome = case.world.run(*words, environment=environment, seconds=REFUSAL_SECONDS)
        case.misused(outcome, "missing.yaml cannot be read")
    # What is bad in the file is bad where a flag would have won, too: nobody finds it otherwise.
    folder = folder_with(case, "prot: 1\n")
    case.misused(case.world.run("config", "--port=0", folder=folder), f"{SETTINGS_FILE}:1: ")
    # A file of nothing, and one of comments only, is none to complain about.
    for text in ["", "\n", "# port: 4700\n"]:
        rows = in_force(case, folder=folder_with(case, text))
        case.equal(rows.get("port"), (["4600"], None), f"the port of {text!r}")


@check
def refuses_misspelt_variables(case):
    """`serve` and `config` refuse a variable that is nearly one of a setting with exit code 64, and name that."""
    for name, meant in [
        ("PROT", "PORT"),
        ("PORTS", "PORT"),
        ("LOG_LEVL", "LOG_LEVEL"),
        ("RATELIMIT", "RATE_LIMIT"),
        ("CLIENT_SECRETS", "CLIENT_SECRET"),
        ("EXIT_WITH_PARENTS", "EXIT_WITH_PARENT"),
    ]:
        environment = {f"CONNECT_SANDBOX_{name}": "s3cret"}
        for words in [[], ["serve"], ["config"]]:
            outcome = case.world.run(*words, environment=environment, seconds=REFUSAL_SECONDS)
            case.misused(outcome, f"CONNECT_SANDBOX_{name}: ", f"did you mean CONNECT_SANDBOX_{meant}?")
            case.that("s3cret" not in outcome.err, f"the value is shown: {outcome}")


@check
def leaves_variables_of_others_alone(case):
    """A variable that is near to none of a setting is ignored by `serve` and `config`, which say so."""
    # An image's, and those that Kubernetes makes up for a service of this name.
    names = ["IMAGE", "SERVICE_HOST", "PORT_4600_TCP_ADDR", "TOKEN"]
    environment = {f"CONNECT_SANDBOX_{name}": "s3cret" for name in names}
    for form in [[], ["--json"]]:
        outcome = case.world.run("config", *form, environment=environment)
        case.equal(outcome.code, 0, f"`{outcome.command}`")
        told = outcome.err.splitlines()
        case.equal(len(told), len(names), f"how many lines `{outcome.command}` tells")
        for name in names:
            ignored = [line for line in told if line.startswith(f"connect-sandbox: CONNECT_SANDBOX_{name} is ignored")]
            case.equal(len(ignored), 1, f"how often {name} is said to be ignored in {told}")
        case.that("s3cret" not in outcome.out + outcome.err, f"the value is shown: {outcome}")
    # Those of clients are known.
    environment["CONNECT_SANDBOX_RETAILER"] = "demo"
    with case.world.serve(environment=environment) as server:
        case.equal(server.ask("GET", "/readyz").status, 200, "a server with variables of others")
        told = [line for line in server.err.splitlines() if " is ignored: " in line]
        case.equal(len(told), len(names), f"how many of them it says it ignores: {told}")
        case.that("s3cret" not in server.err, f"the value is logged: {told}")
    known = {"CONNECT_SANDBOX_RETAILER": "demo", "CONNECT_SANDBOX_URL": "http://localhost:1"}
    case.done(case.world.run("config", environment=known))


@check
def finds_the_server_of_the_file(case):
    """Commands ask the server that the file in the working directory is about, with the control token that it holds."""
    token = "t0ken-of-a-file"
    with case.world.serve("--control-token", token) as server:
        server.token = token
        port, other = server.port, case.world.server
        unset = {**NO_USUAL_VARIABLES, "CONNECT_SANDBOX_URL": None}
        with_token = folder_with(case, f"port: {port}\ncontrol-token: {token}\nhost: 0.0.0.0\nquiet: true\n")
        without = folder_with(case, f"port: {port}\n", "without.yaml")
        named = {**unset, "CONNECT_SANDBOX_CONFIG": str(without / "without.yaml")}

        case.prints_nothing(case.world.run("ready", environment=unset, folder=with_token))
        info = case.prints_json(case.world.run("info", "--json", environment=unset, folder=with_token)).fields or {}
        case.equal(info.get("public_url"), f"http://localhost:{port}", "who answered")
        case.done(case.world.run("user", "create", "of-a-file", environment=unset, folder=with_token))
        path = "/_sandbox/retailers/demo/connect_users/of-a-file"
        case.equal(server.ask("GET", path).status, 200, "a user that was created by the file's port and token")

        case.prints_nothing(case.world.run("ready", environment=named))
        case.refused(case.world.run("info", environment=named), "control-token")
        right = {**named, "CONNECT_SANDBOX_CONTROL_TOKEN": token}
        case.done(case.world.run("info", environment=right))
        case.done(case.world.run("info", "--control-token", token, environment=named))
        # Variables and flags win.
        for change in [{"CONNECT_SANDBOX_PORT": str(other.port)}, {"CONNECT_SANDBOX_URL": other.base}]:
            outcome = case.world.run("info", "--json", environment={**unset, **change}, folder=with_token)
            told = (case.prints_json(outcome).fields or {}).get("public_url")
            case.equal(told, f"http://localhost:{other.port}", f"who answered with {change}")
        wrong = {**unset, "CONNECT_SANDBOX_CONTROL_TOKEN": "wrong"}
        for flags, environment in [([], wrong), (["--control-token=wrong"], unset)]:
            outcome = case.world.run("info", *flags, environment=environment, folder=with_token)
            case.refused(outcome, "control-token")
    for text, *expected in [
        ("port: 0\n", ":1: port", "--url"),
        ("prot: 1\n", ":1: ", "“prot”"),
        ("port: x\n", ":1: port: "),
    ]:
        folder = folder_with(case, text)
        for words in [["ready"], ["info"], ["user", "list"]]:
            outcome = case.world.run(*words, environment=unset, folder=folder)
            case.misused(outcome, SETTINGS_FILE + expected[0], *expected)
