"""What the command refuses itself, with exit code 64, and what the server refuses, with 1."""

import os

from catalogue import COMMANDS, CONFIG, READY, SERVE
from harness import check

REDIRECT_URI = "https://example.org/account/profile"


@check
def refuses_what_it_does_not_know(case):
    """Every command refuses an option and an argument that it does not have, with its own usage."""
    whole = case.world.server.ask("GET", "/_sandbox/retailers/demo/state?tokens=true").raw
    for command in [*COMMANDS, READY, CONFIG, SERVE]:
        see = f"'connect-sandbox {command.name} --help'"
        # A file is an argument that these may have.
        spare = ["-"] if command.name in ("retailer create", "state export", "contract") else []
        spare = ["somebody"] if command.name in ("user create", "link") else spare
        case.misused(case.world.run(*command.words, "--nonsense"), "'--nonsense'", see)
        case.misused(case.world.run(*command.words, *spare, "nonsense"), "'nonsense'", see)
        if command.arguments and not command.arguments[0].startswith("-"):
            rest = command.arguments[1:]
            case.misused(case.world.run(*command.name.split(), *rest), "Missing expected argument", see)
    for words in [["user", "nonsense"], ["state", "nonsense"], ["clock", "nonsense"]]:
        case.misused(case.world.run(*words), "'nonsense'", f"'connect-sandbox {words[0]} --help'")
    case.misused(case.world.run("nonsense"), "'nonsense'")
    now = case.world.server.ask("GET", "/_sandbox/retailers/demo/state?tokens=true").raw
    case.equal(now, whole, "the demo state after commands that were called wrongly")


@check
def refuses_values(case):
    """Values that cannot be right are refused before anything is sent, with the option or the argument named."""
    for words, *expected in [
        (["user", "show", ""], "<user-id>"),
        (["user", "show", "  "], "<user-id>"),
        (["user", "create", ""], "<user-id>"),
        (["link", ""], "<user-id>"),
        (["retailer", "show", ""], "<id>"),
        (["application", "show", ""], "<client-id>"),
        (["user", "list", "--retailer", ""], "--retailer"),
        (["user", "list", "--retailer"], "--retailer"),
        (["application", "create"], "--redirect-uri"),
        (["application", "set", "demo-client"], "--name", "--scope", "--redirect-uri"),
        (["instacart-user", "membership", "1"], "--member", "--no-member", "--expires-in", "--expired-at"),
        (["instacart-user", "membership", "one", "--member"], "'one'", "<id>"),
        (["instacart-user", "delete", "member@example.com"], "'member@example.com'", "<id>"),
        (["instacart-user", "create", "--expires-in", "1y"], "'1y'", "--expires-in", "P1Y"),
        (["instacart-user", "create", "--expires-in", "P"], "'P'", "--expires-in"),
        (["instacart-user", "create", "--expired-at", "2027-01-01"], "'2027-01-01'", "2027-01-01T00:00:00Z"),
        (["instacart-user", "create", "--expired-at", "2027-02-30T00:00:00Z"], "--expired-at"),
        (
            ["link", "--member", "--expires-in", "P1Y", "--expired-at", "2027-01-01T00:00:00Z"],
            "--expires-in",
            "--expired-at",
        ),
        (["link", "--instacart-user", "1", "--email", "a@example.com"], "--instacart-user", "--email"),
        (["link", "--instacart-user", "a@example.com"], "'a@example.com'", "--instacart-user"),
        (["state", "export", ""], "<file>"),
        (["state", "export", "--all", "--retailer", "demo"], "--all", "--retailer"),
        (["state", "import", "grocer.yaml", "--all", "--retailer", "demo"], "--all", "--retailer"),
        (["state", "reset", "--all", "--retailer", "demo"], "--all", "--retailer"),
        (["state", "reset", "--tokens"], "--tokens"),
        (["clock", "set", "tomorrow"], "'tomorrow'", "2026-01-01T00:00:00Z"),
        (["clock", "set", "2026-01-01"], "'2026-01-01'", "2026-01-01T00:00:00Z"),
        (["clock", "set", "2026-02-30T00:00:00Z"], "'2026-02-30T00:00:00Z'"),
        (["clock", "set", "1000-01-01T00:00:00Z"], "'1000-01-01T00:00:00Z'"),
        (["clock", "advance", "25h"], "'25h'", "PT25H"),
        (["clock", "advance", "--", "-PT1H"], "'-PT1H'", "PT25H"),
        (["clock", "advance", ""], "PT25H"),
    ]:
        case.misused(case.world.run(*words), *expected)
    # --all means every retailer, whichever the environment names.
    environment = {"CONNECT_SANDBOX_RETAILER": "somebody"}
    case.done(case.world.run("state", "export", "--all", environment=environment))


@check
def refuses_contradictions(case):
    """`--member` and `--no-member` exclude each other."""
    for words in [["instacart-user", "membership", "1"], ["instacart-user", "create"], ["link"]]:
        case.misused(case.retailer().run(*words, "--member", "--no-member"), "--member", "--no-member")


@check
def tells_what_the_server_refuses(case):
    """What the server refuses is told in its own sentence, on the standard error, and changes nothing."""
    grocer = case.retailer()
    other = case.retailer()
    before = grocer.state()
    create = ["application", "create", "--redirect-uri", REDIRECT_URI]
    for words, *expected in [
        (["retailer", "show", "somebody"], "“somebody”"),
        (["retailer", "delete", "somebody"], "“somebody”"),
        ([*create, "--client-id", other.client_id], f"“{other.client_id}”", "in use"),
        ([*create, "--client-id", ""], "--client-id: ", "blank"),
        ([*create, "--scope", "everything"], "everything", "connect:fulfillment"),
        (["application", "create", "--redirect-uri", "example.org"], "example.org", "absolute"),
        (["application", "create", "--redirect-uri", "https://example.org/#x"], "https://example.org/#x", "fragment"),
        (["application", "show", "somebody"], "“somebody”"),
        (["application", "clone", "somebody"], "“somebody”"),
        (["application", "clone", f"--client-id={other.client_id}", "--", grocer.client_id], "in use"),
        (["application", "enable", "somebody"], "“somebody”"),
        (["application", "rotate-secret", "somebody"], "“somebody”"),
        (["application", "delete", "somebody"], "“somebody”"),
        (["application", "set", "--name", " ", "--", grocer.client_id], "--name: ", "blank"),
        (["user", "create", "linked"], "“linked”", "already"),
        (["user", "create", "somebody", "--first-name", "a\tb"], "--first-name: ", "control characters"),
        (["user", "show", "somebody"], "“somebody”"),
        (["user", "deactivate", "somebody"], "“somebody”"),
        (["user", "reactivate", "somebody"], "“somebody”"),
        (["user", "unlink", "somebody"], "“somebody”"),
        (["user", "delete", "somebody"], "“somebody”"),
        (["instacart-user", "create", "--email", "Member@Example.com"], "already"),
        (["instacart-user", "create", "--email", "no address"], "no address"),
        (["instacart-user", "show", "99"], "99"),
        (["instacart-user", "membership", "99", "--member"], "99"),
        (["instacart-user", "delete", "99"], "99"),
        (["clock", "set", "9999-12-31T23:59:59Z"], "9998"),
        (["clock", "advance", "P9999Y"], "9998"),
    ]:
        case.refused(grocer.run(*words), *expected)
        case.refused(grocer.run(words[0], words[1], "--json", *words[2:]), *expected)
    case.equal(grocer.state(), before, "the state after commands that were refused")


@check
def tells_that_there_is_no_such_retailer(case):
    """Every command about a retailer says when there is none of that name."""
    many = len(case.world.server.ask("GET", "/_sandbox/retailers").fields["retailers"])
    for command in COMMANDS:
        if command.is_about_a_retailer:
            case.refused(case.world.run(*command.words, "--retailer", "nobody"), "There is no retailer “nobody”.")
    environment = {"CONNECT_SANDBOX_RETAILER": "a/b c"}
    case.refused(case.world.run("user", "list", environment=environment), "“a/b c”")
    now = len(case.world.server.ask("GET", "/_sandbox/retailers").fields["retailers"])
    case.equal(now, many, "how many retailers there are")


@check
def tells_that_nobody_reads(case):
    """Where the standard output takes nothing, commands say so and exit with 1."""
    if not os.path.exists("/dev/full"):
        return
    grocer = case.retailer()
    for words in [["user", "list"], ["user", "list", "--json"], ["state", "export"], ["user", "delete", "linked"]]:
        with open("/dev/full", "wb") as full:
            case.refused(grocer.run(*words, stdout=full), "standard output")
