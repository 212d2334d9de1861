"""State documents that go through the command: exported, imported, reset, and the same again."""

import json
import os
import threading

from harness import DOCUMENT, check

RICH = """\
name: 'Grüne "Ecke": #1'
clock: {offset: PT25H}
applications:
  - {client_id: %(id)s-a, client_secret: "s3cret: #1", name: "yes", redirect_uris: [https://example.org/account/profile]}
  - {client_id: %(id)s-b, enabled: false, scopes: [account_linking], redirect_uris: ["http://localhost/cb?x=1&y=%%20"]}
instacart_users:
  - {id: 7, email: seven@example.com, phone: "0800555", instacartplus_member: true, expired_at: 2031-01-01T00:00:00Z}
  - {id: 9, email: nine@example.com, password: "a 'quoted' password"}
connect_users:
  - {user_id: "null", first_name: "true", last_name: "1e3", linked_to: 7}
  - {user_id: "jane.doe+1@example.com", first_name: "日本", phone_number: "0x10", locale: "no", active: false}
  - {user_id: "- a/b c: d", first_name: "~", linked_to: 9}
"""


def rich(case):
    """A retailer whose state is easily written wrongly, and who has issued tokens and a code."""
    retailer = case.retailer(document=None)
    made = case.world.server.ask("PUT", retailer.path("state"), RICH % {"id": retailer.id})
    case.equal(made.status, 200, f"the state of a retailer ({made.raw!r})")
    retailer.client_id, retailer.client_secret = f"{retailer.id}-a", "s3cret: #1"
    bearer = retailer.bearer()
    body = {
        "redirect_uri": "https://example.org/account/profile",
        "scope": "account_linking",
        "code_challenge_method": "S256",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    }
    code = case.world.server.ask("POST", "/v2/fulfillment_sandbox/instacart_users/9/authorize", body, bearer)
    case.equal(code.status, 200, f"an authorization code ({code.raw!r})")
    return retailer


@check
def exports(case):
    """`state export` writes YAML or JSON, to the standard output or into a file."""
    grocer = case.retailer()
    run, folder = grocer.run, case.world.folder
    as_json = grocer.get("state").raw
    as_yaml = case.world.server.ask("GET", grocer.path("state"), Accept="application/yaml").raw
    case.equal(case.done(run("state", "export")).raw, as_yaml.rstrip(b"\n") + b"\n", "state export")
    case.equal(case.done(run("state", "export", "-")).raw, as_yaml.rstrip(b"\n") + b"\n", "state export -")
    case.equal(case.prints_json(run("state", "export", "--json")).raw, as_json + b"\n", "state export --json")
    case.equal(case.prints_json(run("state", "export", "-", "--json")).raw, as_json + b"\n", "state export - --json")

    for name, expected in {
        "exported.yaml": as_yaml,
        "exported.yml": as_yaml,
        "exported": as_yaml,
        "exported.json": as_json,
        "EXPORTED.JSON": as_json,
        "a name with spaces.yaml": as_yaml,
    }.items():
        (folder / name).write_bytes(b"what was there before, longer than what comes" * 200)
        outcome = case.done(run("state", "export", name))
        case.equal(outcome.out, f"wrote the state of the retailer {grocer.id} to {name}\n", "state export FILE")
        case.equal((folder / name).read_bytes(), expected.rstrip(b"\n") + b"\n", f"the file {name}")
    case.prints_nothing(run("state", "export", "quiet.json", "--json"))
    case.equal((folder / "quiet.json").read_bytes(), as_json + b"\n", "the file of state export FILE --json")
    case.prints_nothing(run("state", "export", "quiet.yaml", "--json"))
    case.equal(json.loads((folder / "quiet.yaml").read_bytes()), json.loads(as_json), "the file quiet.yaml")

    left = sorted(path.name for path in folder.iterdir() if path.name.startswith("."))
    case.equal(left, [], "what state export leaves beside its files")
    token = grocer.bearer()
    case.that(token not in run("state", "export").out, "state export shows a token")
    case.contains(case.done(run("state", "export", "--tokens")).out, token, "state export --tokens")


@check
def writes_no_file_in_vain(case):
    """`state export` leaves a file as it was where it fails."""
    grocer = case.retailer()
    kept = case.world.folder / "kept.yaml"
    kept.write_text("kept")
    case.refused(grocer.run("state", "export", "kept.yaml", "--retailer", "nobody"), "“nobody”")
    case.refused(grocer.run("state", "export", "kept.yaml", "--url", "http://127.0.0.1:1"), "http://127.0.0.1:1")
    case.equal(kept.read_text(), "kept", "the file after exports that failed")
    case.refused(grocer.run("state", "export", "no-folder/state.yaml"), "no-folder/state.yaml", "cannot be written")
    case.refused(grocer.run("state", "export", "."), "cannot be written")
    case.that(not (case.world.folder / "no-folder").exists(), "a folder was made")


@check
def imports(case):
    """`state import` replaces what is there, from YAML or JSON, a file or the standard input."""
    grocer = case.retailer()
    run, folder = grocer.run, case.world.folder
    in_yaml = "connect_users: [{user_id: from yaml}]\n"
    in_json = '{"connect_users": [{"user_id": "from json"}]}'
    files = {"import.yaml": in_yaml, "import.json": in_json, "import": in_yaml, "import too": in_json}
    for name, text in files.items():
        (folder / name).write_text(text)
        labels = case.done(run("state", "import", name)).labels
        expected = {
            "id": grocer.id,
            "name": "Corner Grocer",
            "applications": grocer.client_id,
            "connect_users": "1",
            "instacart_users": "0",
            "links": "0",
        }
        case.equal({**labels, "clock": None}, {**expected, "clock": None}, f"state import {name}")
        there = [user["user_id"] for user in grocer.get("connect_users").fields["connect_users"]]
        case.equal(there, ["from yaml" if text == in_yaml else "from json"], f"the users after state import {name}")
    for text in [in_yaml, in_json, DOCUMENT]:
        printed = case.prints_json(run("state", "import", "-", "--json", stdin=text.encode())).fields
        shown = case.world.server.ask("GET", grocer.path()).fields
        case.equal({**printed, "clock": None}, {**shown, "clock": None}, "state import - --json")
    other = case.retailer(document=None)
    case.done(run("state", "import", "import.yaml", "--retailer", other.id))
    case.equal(other.get("connect_users", "from yaml").status, 200, "a user of a document for another retailer")
    case.equal(grocer.get("connect_users", "from yaml").status, 404, "the same user of the retailer at hand")


@check
def refuses_documents(case):
    """`state import` and `retailer create` refuse a bad document and change nothing."""
    grocer = case.retailer()
    before = grocer.state()
    many = len(case.world.server.ask("GET", "/_sandbox/retailers").fields["retailers"])
    folder = case.world.folder
    (folder / "large.yaml").write_text("name: " + "x" * 9_000_000)
    (folder / "latin.yaml").write_bytes("name: Grün".encode("latin-1"))
    documents = {
        "unknown-field.yaml": ("connect_users: []\nconnect_user: []\n", "connect_user", ":2"),
        "bad-value.yaml": ("connect_users:\n  - user_id: x\n    active: perhaps\n", "active", ":3"),
        "bad-link.yaml": ("connect_users: [{user_id: x, linked_to: 5}]", "5"),
        "half.yaml": ("connect_users: [\n",),
        "half.json": ('{"connect_users": [',),
        "several.yaml": ("retailers: [{id: several-1}, {id: several-2}]",),
        "taken.yaml": ("id: demo\n", "demo"),
    }
    for name, (text, *_) in documents.items():
        (folder / name).write_text(text)
    for words in [["state", "import"], ["retailer", "create"]]:
        for name, (text, *expected) in documents.items():
            case.refused(grocer.run(*words, name), *expected)
            case.refused(grocer.run(*words, "-", "--json", stdin=text.encode()), *expected)
        case.refused(grocer.run(*words, "large.yaml"), "8 MiB")
        case.refused(grocer.run(*words, "latin.yaml"), "UTF-8")
        case.refused(grocer.run(*words, "missing.yaml"), "missing.yaml", "cannot be read")
        case.refused(grocer.run(*words, "."), "cannot be read")
    case.refused(grocer.run("state", "import", "-"), "missing")
    case.equal(grocer.state(), before, "the state after documents that were refused")
    now = len(case.world.server.ask("GET", "/_sandbox/retailers").fields["retailers"])
    case.equal(now, many, "how many retailers there are")


@check
def keeps_or_replaces_tokens(case):
    """Tokens outlive an import and a reset, but for `--tokens` and `--revoke-tokens`."""
    grocer = case.retailer()
    run = grocer.run

    def is_good(bearer):
        return grocer.link_outcome("linked", bearer) == "get_user_link.success"

    bearer = grocer.bearer()
    case.done(run("state", "export", "tokens.yaml", "--tokens"))
    case.done(run("state", "export", "no-tokens.yaml"))
    case.done(run("state", "import", "no-tokens.yaml"))
    case.that(is_good(bearer), "a token ended with an import")
    case.done(run("state", "reset"))
    case.that(is_good(bearer), "a token ended with a reset")
    case.done(run("state", "import", "no-tokens.yaml", "--tokens"))
    case.that(not is_good(bearer), "a token outlived an import with --tokens")
    case.done(run("state", "import", "tokens.yaml", "--tokens"))
    case.that(is_good(bearer), "an imported token is not good")
    case.done(run("state", "reset", "--revoke-tokens"))
    case.that(not is_good(bearer), "a token outlived a reset with --revoke-tokens")


@check
def resets(case):
    """`state reset` goes back to the document that a retailer was created from."""
    grocer = case.retailer()
    run = grocer.run
    before = case.world.server.ask("GET", grocer.path()).fields
    for words in [["user", "delete", "linked"], ["clock", "advance", "P1D"], ["link", "somebody"]]:
        case.done(run(*words))
    labels = case.done(run("state", "reset")).labels
    case.equal((labels["connect_users"], labels["links"]), ("4", "2"), "state reset")
    case.done(run("user", "delete", "linked"))
    case.prints_json(run("state", "reset", "--json"), before)
    case.equal(grocer.get("connect_users", "linked").status, 200, "a deleted user after a reset")
    case.equal(grocer.get("connect_users", "somebody").status, 404, "a created user after a reset")


@check
def goes_round(case):
    """What is exported, imported and exported again is the same to the byte."""
    retailer = rich(case)
    run, folder = retailer.run, case.world.folder
    for flags in [[], ["--tokens"]]:
        for ending in ["yaml", "json"]:
            first, second = folder / f"first.{ending}", folder / f"second.{ending}"
            case.done(run("state", "export", first.name, *flags))
            case.done(run("state", "reset", "--revoke-tokens"))
            case.equal(retailer.get("connect_users", "null").status, 404, "a user after the reset")
            case.done(run("state", "import", first.name, *flags))
            case.done(run("state", "export", second.name, *flags))
            case.equal(second.read_bytes(), first.read_bytes(), f"{ending} {' '.join(flags)}")
            printed = run("state", "export", *(["--json"] if ending == "json" else []), *flags).raw
            case.equal(printed, first.read_bytes(), f"{ending} on the standard output {' '.join(flags)}")
        piped = case.done(run("state", "export", "-", *flags)).raw
        case.done(run("state", "reset", "--revoke-tokens"))
        case.done(run("state", "import", "-", *flags, stdin=piped))
        case.equal(run("state", "export", *flags).raw, piped, f"through pipes {' '.join(flags)}")


@check
def takes_the_whole_sandbox(case):
    """`state --all` exports, imports and resets every retailer at once."""
    with case.world.serve() as server:
        shop = case.retailer(server=server)
        run = shop.run
        bearer = shop.bearer()
        case.done(run("user", "create", "newcomer"))
        printed = case.prints_json(run("state", "reset", "--all", "--json")).fields["retailers"]
        everyone = server.ask("GET", "/_sandbox/retailers").fields["retailers"]
        case.equal([each["id"] for each in printed], ["demo", shop.id], "state reset --all --json")
        # The clock of demo runs.
        case.equal(printed[1], everyone[1], "state reset --all --json")
        case.equal(shop.get("connect_users", "newcomer").status, 404, "a created user after a reset of all")
        case.equal(shop.link_outcome("linked", bearer), "get_user_link.success", "a token after a reset of all")
        rows = case.done(run("state", "reset", "--all", "--revoke-tokens")).rows
        case.equal([row["id"] for row in rows], ["demo", shop.id], "state reset --all")
        case.that(shop.link_outcome("linked", bearer) != "get_user_link.success", "a revoked token is good")

        bearer = shop.bearer()
        case.done(run("clock", "freeze", "--retailer", "demo"))
        whole = server.ask("GET", "/_sandbox/state").raw
        case.equal(case.prints_json(run("state", "export", "--all", "--json")).raw, whole + b"\n", "state export --all")
        outcome = case.done(run("state", "export", "whole.yaml", "--all", "--tokens"))
        case.equal(outcome.out, "wrote the state of the whole sandbox to whole.yaml\n", "state export --all FILE")
        case.contains((case.world.folder / "whole.yaml").read_text(), bearer, "state export --all --tokens")
        case.done(run("retailer", "delete", shop.id))
        case.done(run("user", "delete", "johnsmith6000", "--retailer", "demo"))
        rows = case.done(run("state", "import", "whole.yaml", "--all", "--tokens")).rows
        case.equal([row["id"] for row in rows], ["demo", shop.id], "state import --all")
        case.equal(shop.link_outcome("linked", bearer), "get_user_link.success", "a token that was imported")
        case.done(run("state", "export", "again.yaml", "--all", "--tokens"))
        first, second = ((case.world.folder / name).read_bytes() for name in ["whole.yaml", "again.yaml"])
        case.equal(second, first, "the whole sandbox, exported again")

        case.done(run("state", "import", "--all", "-", stdin=b"id: only\n"))
        everyone = [each["id"] for each in server.ask("GET", "/_sandbox/retailers").fields["retailers"]]
        case.equal(everyone, ["only"], "who is left after an import of one retailer with --all")


@check
def imports_from_pipes(case):
    """`state import` and `retailer create` read named pipes, as a shell's <(…) and /dev/stdin are."""
    grocer = case.retailer()
    case.done(grocer.run("state", "import", "/dev/stdin", stdin=DOCUMENT.encode()))
    for words in [["state", "import"], ["retailer", "create"]]:
        reading, writing = os.pipe()
        os.write(writing, DOCUMENT.encode())
        os.close(writing)
        try:
            case.done(grocer.run(*words, f"/dev/fd/{reading}", pass_fds=[reading]))
        finally:
            os.close(reading)


@check
def exports_into_what_is_there(case):
    """`state export` writes through links, pipes and devices instead of putting a file in their place."""
    grocer = case.retailer()
    folder = case.world.folder
    expected = case.done(grocer.run("state", "export")).raw
    (folder / "target.yaml").write_text("before")
    (folder / "target.yaml").chmod(0o600)
    (folder / "link.yaml").symlink_to("target.yaml")
    case.done(grocer.run("state", "export", "link.yaml"))
    case.that((folder / "link.yaml").is_symlink(), "a file took the place of a symbolic link")
    case.equal((folder / "target.yaml").read_bytes(), expected, "the file behind a symbolic link")

    os.mkfifo(folder / "pipe")
    read = []
    # Opened for writing too, so that nobody waits for the other side.
    pipe = os.open(folder / "pipe", os.O_RDWR | os.O_NONBLOCK)
    try:
        case.done(grocer.run("state", "export", "pipe"))
        case.that((folder / "pipe").is_fifo(), "a file took the place of a named pipe")
        try:
            read.append(os.read(pipe, len(expected) + 1))
        except BlockingIOError:
            pass
        case.equal(read, [expected], "what came through a named pipe")
    finally:
        os.close(pipe)

    reading, writing = os.pipe()
    reader = threading.Thread(target=lambda: read.append(os.read(reading, len(expected) + 1)))
    reader.start()
    try:
        case.done(grocer.run("state", "export", f"/dev/fd/{writing}", pass_fds=[writing]))
    finally:
        os.close(writing)
        reader.join()
        os.close(reading)
    case.equal(read[-1], expected, "what came through a shell's >(…)")


@check
def names_what_is_wrong(case):
    """What is wrong is said of the file or the option that it is in, not of a request that nobody sees."""
    grocer = case.retailer()
    (case.world.folder / "my state.yaml").write_text("name: x\nnme: y\n")
    for words in [["state", "import"], ["retailer", "create"]]:
        outcome = case.refused(grocer.run(*words, "my state.yaml"))
        case.contains(outcome.err, "my state.yaml:2", f"`{outcome.command}`")
        outcome = case.refused(grocer.run(*words, "-", stdin=b"name: x\nnme: y\n"))
        case.contains(outcome.err.lower(), "standard input", f"`{outcome.command}`")
    for words in [
        ["user", "create", "--first-name", ""],
        ["instacart-user", "create", "--email", "x"],
        ["link", "--email", "x"],
        ["application", "create", "--redirect-uri", "x"],
        ["application", "create", "--redirect-uri", "https://example.org/", "--scope", "x"],
        ["application", "set", "--name", "", "--", grocer.client_id],
    ]:
        outcome = grocer.run(*words)
        case.that(outcome.code in (1, 64) and "Body:" not in outcome.err, outcome)
