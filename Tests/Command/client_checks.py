"""What each command does and prints, for people and for programs, and whether it is really done."""

import re
from urllib.parse import parse_qs, urlsplit

from harness import STANDING_CLOCK, check, encoded

REDIRECT_URI = "https://example.org/account/profile"
SCOPES = ["connect:fulfillment", "connect:post_checkout", "account_linking"]

# Ids that are another path, or another address, where they are not encoded.
STRANGE_IDS = [
    "jane.doe+test@example.com",
    "a/b",
    "a b",
    "../../retailers",
    "..",
    "100%41",
    "who?x=1&y=2",
    "a#b",
    "a;b,c:d=e",
    "Zoë “日本”",
    'it\'s "quoted" \\ $HOME',
]


@check
def tells_how_the_server_was_started(case):
    """`info` shows what /_sandbox/info says."""
    flags = ["--assume", "relink-refused", "--relax", "client-auth-basic", "--rate-limit", "500", "--seed", "7"]
    with case.world.serve(*flags, "--code-lifetime", "90s", "--cors-origin", "http://localhost:3000") as server:
        info = server.ask("GET", "/_sandbox/info").fields
        labels = case.done(case.world.run("info", "--url", server.base)).labels
        for label, expected in {
            "version": info["version"],
            "base URL": f"http://localhost:{server.port}",
            "database": ":memory:",
            "authorize path": "/oauth/authorize",
            "code lifetime": "90 s",
            "token lifetime": "86400 s",
            "rate limit": "500",
            "seed": "7",
            "control token": "no",
            "CORS origin": "http://localhost:3000",
            "retailers": "1",
        }.items():
            case.equal(labels.get(label), expected, f"info, {label}")
        case.contains(labels.get("relaxed", ""), "client-auth-basic: ", "info, relaxed")
        case.contains(labels.get("assumed", ""), "relink-refused: ", "info, assumed")
        printed = case.prints_json(case.world.run("info", "--json", "--url", server.base)).fields or {}
        case.equal({**printed, "now": ""}, {**info, "now": ""}, "info --json")

    labels = case.done(case.world.run("info")).labels
    for label in ["rate limit", "seed", "CORS origin", "relaxed", "assumed"]:
        case.that(label not in labels, f"info of a server without it shows {label}")


@check
def is_ready(case):
    """`ready` prints nothing and exits with 0 when the server is ready."""
    case.prints_nothing(case.world.run("ready"))
    case.prints_nothing(case.world.run("ready", "--wait", "--timeout", "5s"))
    with case.world.serve("--control-token", "secret") as server:
        case.prints_nothing(case.world.run("ready", "--url", server.base))


@check
def manages_retailers(case):
    """`retailer` lists, creates, shows and deletes retailers."""
    run, ask = case.world.run, case.world.server.ask
    labels = case.done(run("retailer", "create")).labels
    case.equal(list(labels), ["id", "client_id", "client_secret", "authorization_url"], "retailer create")
    token = case.world.server.token_for(labels["client_id"], labels["client_secret"])
    case.equal(token.status, 200, "a token with the credentials that retailer create prints")
    parts = urlsplit(labels["authorization_url"])
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    case.equal(query.get("client_id"), labels["client_id"], "the client_id of the authorization URL")
    page = ask("GET", f"{parts.path}?{parts.query}&state=xyz")
    case.equal(page.status, 200, "the page at the authorization URL")

    made = case.prints_json(run("retailer", "create", "grocer.yaml", "--json")).fields
    case.equal(sorted(made), ["authorization_url", "client_id", "client_secret", "id"], "retailer create --json")
    path = f"/_sandbox/retailers/{made['id']}"
    shown = ask("GET", path).fields
    case.prints_json(run("retailer", "show", made["id"], "--json"), shown)
    expected = {
        "id": made["id"],
        "name": "Corner Grocer",
        "clock": f"{STANDING_CLOCK}, frozen",
        "applications": made["client_id"],
        "connect_users": "4",
        "instacart_users": "3",
        "links": "2",
    }
    case.equal(case.done(run("retailer", "show", made["id"])).labels, expected, "retailer show")

    row = next((row for row in case.done(run("retailer", "list")).rows if row["id"] == made["id"]), None)
    case.equal(row, {**expected, "applications": "1"}, "the row of retailer list")
    listed = case.prints_json(run("retailer", "list", "--json")).fields["retailers"]
    everyone = ask("GET", "/_sandbox/retailers").fields["retailers"]
    case.equal([each["id"] for each in listed], [each["id"] for each in everyone], "retailer list --json")
    case.that(shown in listed, "retailer list --json does not list what retailer show shows")

    outcome = case.done(run("retailer", "delete", made["id"]))
    case.equal(outcome.out, f"deleted the retailer {made['id']}\n", "retailer delete")
    case.equal(ask("GET", path).status, 404, "a deleted retailer")
    case.prints_nothing(run("retailer", "delete", labels["id"], "--json"))
    case.equal(ask("GET", f"/_sandbox/retailers/{labels['id']}").status, 404, "a retailer deleted with --json")
    with case.world.serve() as server:
        case.done(run("retailer", "delete", "demo", "--url", server.base))
        case.equal(run("retailer", "list", "--url", server.base).out, "no retailers\n", "retailer list of nobody")


@check
def creates_retailers_from_documents(case):
    """`retailer create` takes a document in YAML or JSON, from a file or the standard input."""
    run, folder = case.world.run, case.world.folder
    documents = {
        "new.yaml": "id: new-yaml\nname: Von YAML",
        "new.json": '{"id": "new-json", "name": "From JSON"}',
        "NEW.JSON": '{"id": "new-upper", "name": "From JSON"}',
        "document": "id: new-bare\nname: From a name without ending",
    }
    for name, text in documents.items():
        (folder / name).write_text(text)
        made = case.prints_json(run("retailer", "create", name, "--json")).fields
        case.that(made and made["id"] in text, f"{name} became {made}")
    for text in ["id: piped-yaml", '{"id": "piped-json"}']:
        labels = case.done(run("retailer", "create", "-", stdin=text.encode())).labels
        case.that(labels.get("id", "?") in text, f"{text} became {labels}")


@check
def manages_applications(case):
    """`application` lists, creates, shows, clones and deletes applications."""
    grocer = case.retailer()
    run = grocer.run
    flags = ["--redirect-uri", REDIRECT_URI, "--redirect-uri", "https://example.org/other"]
    flags += ["--client-id", f"{grocer.id}-app", "--client-secret", "app-secret", "--name", "Web site"]
    labels = case.done(run("application", "create", *flags, "--scope", SCOPES[0], "--scope", SCOPES[2])).labels
    expected = {
        "client_id": f"{grocer.id}-app",
        "client_secret": "app-secret",
        "name": "Web site",
        "enabled": "yes",
        "scopes": [SCOPES[0], SCOPES[2]],
        "redirect_uris": [REDIRECT_URI, "https://example.org/other"],
    }
    case.equal(labels, expected, "application create")
    there = grocer.get("applications", expected["client_id"]).fields
    case.equal(there, {**expected, "enabled": True}, "the application that was created")
    case.prints_json(run("application", "show", expected["client_id"], "--json"), there)
    case.equal(case.done(run("application", "show", expected["client_id"])).labels, expected, "application show")
    token = case.world.server.token_for(expected["client_id"], "app-secret")
    case.equal(token.status, 200, "a token of the application that was created")

    made = case.prints_json(run("application", "create", "--redirect-uri", REDIRECT_URI, "--json")).fields
    case.equal(made["scopes"], SCOPES, "the scopes of an application that was created without")
    case.that(made["client_id"] and made["client_secret"], "an application without credentials")
    clone = case.prints_json(run("application", "clone", expected["client_id"], "--json")).fields
    case.equal(clone["redirect_uris"], expected["redirect_uris"], "the redirect URIs of a clone")
    case.equal(clone["scopes"], expected["scopes"], "the scopes of a clone")
    case.that(clone["client_id"] != expected["client_id"], "a clone has the client ID of the original")
    case.equal(grocer.get("applications", clone["client_id"]).fields, clone, "the clone over HTTP")
    # A client ID of the whole sandbox, and so this retailer's own.
    given = {"client_id": f"clone-of-{grocer.id}", "client_secret": "a secret", "name": "Second Website"}
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in given.items()]
    clone = case.prints_json(run("application", "clone", expected["client_id"], *flags, "--json")).fields
    case.equal({name: clone[name] for name in given}, given, "a clone with credentials and a name that are given")
    case.equal(clone["redirect_uris"], expected["redirect_uris"], "the redirect URIs of that clone")
    case.equal(grocer.get("applications", given["client_id"]).fields, clone, "that clone over HTTP")

    everything = grocer.get("applications").fields
    case.prints_json(run("application", "list", "--json"), everything)
    rows = case.done(run("application", "list")).rows
    case.equal(
        [(row["client_id"], row["name"], row["enabled"], row["redirect_uris"]) for row in rows],
        [(app["client_id"], app["name"], "yes", " ".join(app["redirect_uris"])) for app in everything["applications"]],
        "application list",
    )
    outcome = case.done(run("application", "delete", expected["client_id"]))
    case.equal(outcome.out, f"deleted the application {expected['client_id']}\n", "application delete")
    case.equal(grocer.get("applications", expected["client_id"]).status, 404, "a deleted application")
    refused = grocer.link_outcome("linked", bearer=token.fields["access_token"])
    case.that(refused != "get_user_link.success", "a token of a deleted application is good")
    case.prints_nothing(run("application", "delete", "--json", "--", made["client_id"]))
    empty = case.retailer()
    case.world.server.ask("PUT", empty.path("state"), "applications: []")
    case.equal(case.done(empty.run("application", "list")).out, "no applications\n", "application list of none")


@check
def changes_applications(case):
    """`application` enables, disables, gives fresh secrets and sets what it is told, and nothing else."""
    grocer = case.retailer()
    run = grocer.run
    name = f"{grocer.id}-app"
    case.done(run("application", "create", "--redirect-uri", REDIRECT_URI, "--client-id", name))
    before = grocer.get("applications", name).fields

    def change(expected, *words):
        printed = case.prints_json(run("application", *words, "--json")).fields
        case.equal(grocer.get("applications", name).fields, printed, f"after {' '.join(words)}")
        case.equal(printed, {**before, **expected}, " ".join(words))

    secret = before["client_secret"]
    change({"enabled": False}, "disable", name)
    token = case.world.server.token_for(name, secret)
    case.equal(token.outcome, "generate_access_token.invalid_client_disabled", "a token of a disabled application")
    case.equal(case.done(run("application", "disable", name)).labels["enabled"], "no", "disabled twice")
    change({"enabled": True}, "enable", name)
    case.equal(case.world.server.token_for(name, secret).status, 200, "a token of an enabled application")
    case.equal(case.done(run("application", "enable", name)).labels["enabled"], "yes", "enabled twice")

    rotated = case.prints_json(run("application", "rotate-secret", name, "--json")).fields
    case.that(rotated["client_secret"] != secret, "the fresh secret is the old one")
    case.equal(rotated, {**before, "client_secret": rotated["client_secret"]}, "rotate-secret")
    case.equal(case.world.server.token_for(name, secret).status, 401, "a token for the old secret")
    case.equal(case.world.server.token_for(name, rotated["client_secret"]).status, 200, "a token for the fresh secret")
    labels = case.done(run("application", "rotate-secret", name)).labels
    before["client_secret"] = grocer.get("applications", name).fields["client_secret"]
    case.equal(labels["client_secret"], before["client_secret"], "the secret that rotate-secret shows")

    change({"name": "Another name"}, "set", name, "--name", "Another name")
    before["name"] = "Another name"
    change({"scopes": [SCOPES[2]]}, "set", name, "--scope", SCOPES[2])
    before["scopes"] = [SCOPES[2]]
    uris = ["https://example.org/a", "https://example.org/b"]
    change({"redirect_uris": uris}, "set", name, "--redirect-uri", uris[0], "--redirect-uri", uris[1])
    labels = case.done(run("application", "set", name, "--name", "Third")).labels
    case.equal(labels["name"], "Third", "application set for people")


@check
def manages_connect_users(case):
    """`user` lists, creates, shows, deactivates, reactivates, unlinks and deletes Connect users."""
    grocer = case.retailer()
    run = grocer.run
    bearer = grocer.bearer()
    flags = ["--first-name", "Jane", "--last-name", "Doe", "--phone-number", "800-555-0199", "--locale", "de-DE"]
    expected = {
        "user_id": "jane",
        "first_name": "Jane",
        "last_name": "Doe",
        "phone_number": "800-555-0199",
        "locale": "de-DE",
        "active": "yes",
    }
    case.equal(case.done(run("user", "create", "jane", *flags)).labels, expected, "user create")
    there = grocer.get("connect_users", "jane").fields
    case.equal(there, {**expected, "active": True}, "the user that was created")
    case.prints_json(run("user", "show", "jane", "--json"), there)
    case.equal(case.done(run("user", "show", "jane")).labels, expected, "user show")
    made = case.prints_json(run("user", "create", "--json")).fields
    case.equal(grocer.get("connect_users", made["user_id"]).fields, made, "a user that was created without id")

    everyone = grocer.get("connect_users").fields
    case.prints_json(run("user", "list", "--json"), everyone)
    rows = case.done(run("user", "list")).rows
    case.equal([row["user_id"] for row in rows], [each["user_id"] for each in everyone["connect_users"]], "user list")
    row = dict(zip(["user_id", "first_name", "last_name", "active", "linked_to"], ["linked", "Maria", "Member"]))
    case.equal(rows[0], {**row, "active": "yes", "linked_to": "1"}, "the row of a linked user")
    row = {"user_id": "not-active", "first_name": "Nick", "last_name": "-", "active": "no", "linked_to": "-"}
    case.equal(rows[3], row, "the row of a user who is not active")
    case.equal(case.done(run("user", "show", "linked")).labels.get("linked_to"), "1", "user show of a linked user")

    case.equal(case.done(run("user", "deactivate", "linked")).labels["active"], "no", "user deactivate")
    case.equal(grocer.link_outcome("linked", bearer), "get_user_link.user_not_active", "after user deactivate")
    case.prints_json(run("user", "reactivate", "linked", "--json"), everyone["connect_users"][0])
    case.equal(grocer.link_outcome("linked", bearer), "get_user_link.success", "after user reactivate")
    case.equal(case.done(run("user", "reactivate", "linked")).labels["active"], "yes", "user reactivate, twice")

    outcome = case.done(run("user", "unlink", "linked"))
    case.equal(outcome.out, "unlinked the Connect user linked\n", "user unlink")
    case.equal(grocer.link_outcome("linked", bearer), "get_user_link.user_not_linked", "after user unlink")
    case.prints_nothing(run("user", "unlink", "not-a-member", "--json"))
    case.equal(grocer.get("connect_users", "not-a-member").fields.get("linked_to"), None, "after unlink --json")

    outcome = case.done(run("user", "delete", "jane"))
    case.equal(outcome.out, "deleted the Connect user jane\n", "user delete")
    case.equal(grocer.link_outcome("jane", bearer), "get_user_link.user_not_found", "after user delete")
    case.prints_nothing(run("user", "delete", made["user_id"], "--json"))
    case.equal(grocer.get("connect_users", made["user_id"]).status, 404, "after user delete --json")
    empty = case.retailer(document=None)
    case.equal(case.done(empty.run("user", "list")).out, "no Connect users\n", "user list of nobody")


@check
def manages_instacart_users(case):
    """`instacart-user` lists, creates and deletes Instacart users and sets their memberships."""
    grocer = case.retailer()
    run = grocer.run
    bearer = grocer.bearer()
    end_of_june = "2026-06-30T00:00:00Z"
    flags = ["--email", "jane@example.com", "--phone", "8005550199", "--password", "a password", "--member"]
    expected = {
        "id": "4",
        "email": "jane@example.com",
        "phone": "8005550199",
        "instacartplus_member": "yes",
        "expired_at": "2026-02-01T00:00:00Z",
    }
    labels = case.done(run("instacart-user", "create", *flags, "--expires-in", "P1M")).labels
    case.equal(labels, expected, "instacart-user create")
    there = grocer.get("instacart_users", "4").fields
    case.equal(there.pop("password_hash", "")[:6], "scrypt", "the password of the user that was created")
    case.equal(there, {**expected, "id": 4, "instacartplus_member": True}, "the user that was created")
    made = case.prints_json(run("instacart-user", "create", "--json")).fields
    case.equal(grocer.get("instacart_users", str(made["id"])).fields, made, "a user that was created without anything")
    case.equal(made["instacartplus_member"], False, "the membership of a user created without")
    case.that(re.fullmatch(r"[^@\s]+@example\.com", made["email"]), f"a made-up address is {made['email']}")
    member = case.prints_json(run("instacart-user", "create", "--member", "--json")).fields
    case.equal(member["expired_at"], "2027-01-01T00:00:00Z", "a member without end")
    for flags, end in [(["--expires-in", "P1M"], "2026-02-01T00:00:00Z"), (["--expired-at", end_of_june], end_of_june)]:
        made = case.prints_json(run("instacart-user", "create", *flags, "--json")).fields
        case.equal((made["instacartplus_member"], made["expired_at"]), (True, end), f"created with {flags}")
    made = case.prints_json(run("instacart-user", "create", "--no-member", "--expires-in", "P1M", "--json")).fields
    case.equal(made["instacartplus_member"], False, "whoever is said to be no member, with an end")

    labels = case.done(run("instacart-user", "show", "4")).labels
    case.equal(labels, expected, "instacart-user show")
    case.prints_json(run("instacart-user", "show", "4", "--json"), grocer.get("instacart_users", "4").fields)

    everyone = grocer.get("instacart_users").fields
    case.prints_json(run("instacart-user", "list", "--json"), everyone)
    rows = case.done(run("instacart-user", "list")).rows
    row = dict(zip(["id", "email", "phone"], ["1", "member@example.com", "8005550101"]))
    case.equal(rows[0], {**row, "instacartplus_member": "yes", "expired_at": "2027-01-01T00:00:00Z"}, "a member's row")
    case.equal([row["id"] for row in rows], [str(each["id"]) for each in everyone["instacart_users"]], "the rows")
    case.equal((rows[1]["instacartplus_member"], rows[1]["expired_at"]), ("no", "-"), "the row of no member")

    memberships = [
        (["--member"], True, "2027-01-01T00:00:00Z"),
        (["--no-member"], False, None),
        (["--member", "--expires-in", "PT1H"], True, "2026-01-01T01:00:00Z"),
        (["--member", "--expired-at", "2030-05-06T07:08:09Z"], True, "2030-05-06T07:08:09Z"),
        (["--member", "--expired-at", "2030-05-06T07:08:09+02:00"], True, "2030-05-06T05:08:09Z"),
        # The end alone: whoever is a member stays one, and whoever is none becomes none.
        (["--expires-in", "PT2H"], True, "2026-01-01T02:00:00Z"),
        (["--no-member"], False, None),
        (["--expired-at", end_of_june], False, None),
        (["--member"], True, end_of_june),
    ]
    for flags, is_member, end in memberships:
        changed = case.prints_json(run("instacart-user", "membership", "2", *flags, "--json")).fields
        what = f"instacart-user membership {' '.join(flags)}"
        case.equal(grocer.get("instacart_users", "2").fields, changed, what)
        case.equal(changed["instacartplus_member"], is_member, what)
        # What a former member's end is says nothing.
        case.that(not is_member or changed.get("expired_at") == end, f"{what}: {changed}")
        answer = "get_user_link.success" if is_member else "get_user_link.success_not_a_member"
        case.equal(grocer.link_outcome("not-a-member", bearer), answer, what)
    labels = case.done(run("instacart-user", "membership", "--no-member", "2")).labels
    case.equal(labels["instacartplus_member"], "no", "instacart-user membership for people")
    case.equal(list(labels)[:2], ["id", "email"], "instacart-user membership for people")

    outcome = case.done(run("instacart-user", "delete", "1"))
    case.equal(outcome.out, "deleted the Instacart user 1\n", "instacart-user delete")
    case.equal(grocer.link_outcome("linked", bearer), "get_user_link.user_not_linked", "after instacart-user delete")
    case.prints_nothing(run("instacart-user", "delete", "4", "--json"))
    case.equal(grocer.get("instacart_users", "4").status, 404, "after instacart-user delete --json")
    empty = case.retailer(document=None)
    case.equal(case.done(empty.run("instacart-user", "list")).out, "no Instacart users\n", "a list of nobody")


@check
def links(case):
    """`link` links whoever is named, and creates whoever is not there."""
    grocer = case.retailer()
    run = grocer.run
    bearer = grocer.bearer()

    def is_linked(user_id, instacart_id, outcome, what):
        there = grocer.get("connect_users", user_id).fields or {}
        case.equal(there.get("linked_to"), instacart_id, what)
        case.equal(grocer.link_outcome(user_id, bearer), f"get_user_link.{outcome}", what)

    labels = case.done(run("link")).labels
    case.equal(list(labels), ["user_id", "linked_to", "email", "instacartplus_member"], "link of nobody in particular")
    is_linked(labels["user_id"], int(labels["linked_to"]), "success_not_a_member", "link of nobody in particular")

    labels = case.done(run("link", "newcomer", "--member", "--email", "newcomer@example.com")).labels
    expected = {"user_id": "newcomer", "email": "newcomer@example.com", "instacartplus_member": "yes"}
    expected.update(linked_to=labels["linked_to"], expired_at="2027-01-01T00:00:00Z")
    case.equal(labels, expected, "link of newcomers")
    is_linked("newcomer", int(labels["linked_to"]), "success", "link of newcomers")

    labels = case.done(run("link", "not-linked", "--email", "FREE@example.com")).labels
    case.equal((labels["linked_to"], labels["email"]), ("3", "free@example.com"), "link by an address in capitals")
    is_linked("not-linked", 3, "success_not_a_member", "link by an address")
    case.done(run("user", "unlink", "not-linked"))

    printed = case.prints_json(run("link", "not-linked", "--instacart-user", "3", "--member", "--json")).fields
    case.equal(sorted(printed), ["connect_user", "instacart_user"], "link --json")
    case.equal(printed["connect_user"], grocer.get("connect_users", "not-linked").fields, "link --json")
    case.equal(printed["instacart_user"], grocer.get("instacart_users", "3").fields, "link --json")
    is_linked("not-linked", 3, "success", "link by id")
    before = grocer.get("state").raw
    case.done(run("link", "not-linked", "--instacart-user", "3"))
    case.equal(grocer.get("state").raw, before, "the state after the same link once more")

    # An end makes a member, of whoever is there and of whoever is not.
    case.done(run("link", "not-linked", "--instacart-user", "3", "--no-member"))
    flags = ["--instacart-user", "3", "--expired-at", "2026-06-30T00:00:00Z"]
    labels = case.done(run("link", "not-linked", *flags)).labels
    case.equal(labels["expired_at"], "2026-06-30T00:00:00Z", "link until a date")
    is_linked("not-linked", 3, "success", "link until a date")
    labels = case.done(run("link", "not-linked", "--expires-in", "PT1H")).labels
    case.equal(labels["expired_at"], "2026-01-01T01:00:00Z", "link for an hour")
    is_linked("not-linked", int(labels["linked_to"]), "success", "link in place of another")
    owners = [
        each["user_id"] for each in grocer.get("connect_users").fields["connect_users"] if each.get("linked_to") == 3
    ]
    case.equal(owners, [], "who is linked to whom the link was taken from")


@check
def refuses_links(case):
    """`link` changes nothing where it is refused."""
    grocer = case.retailer()
    before = grocer.state()
    run = grocer.run
    case.refused(run("link", "not-linked", "--instacart-user", "1"), "Instacart user 1", "linked")
    case.refused(run("link", "somebody", "--email", "member@example.com", "--json"), "Instacart user 1", "linked")
    case.refused(run("link", "somebody", "--instacart-user", "99"), "99")
    case.equal(grocer.state(), before, "the state after links that were refused")


@check
def links_nobody_to_a_bad_address(case):
    """`link` creates nobody where the e-mail address is none."""
    grocer = case.retailer()
    case.refused(grocer.run("link", "somebody", "--email", "no address"), "no address")
    case.equal(grocer.get("connect_users", "somebody").status, 404, "the Connect user of a link that was refused")


@check
def moves_the_clock(case):
    """`clock` shows, sets, advances, freezes and resumes a retailer's clock."""
    grocer = case.retailer()
    run = grocer.run
    standing = {"now": STANDING_CLOCK, "frozen": True}
    case.prints_json(run("clock", "show", "--json"), standing)
    case.equal(case.done(run("clock", "show")).labels, {"now": STANDING_CLOCK, "frozen": "yes"}, "clock show")
    bearer = grocer.bearer()
    case.prints_json(run("clock", "advance", "PT25H", "--json"), {"now": "2026-01-02T01:00:00Z", "frozen": True})
    case.equal(grocer.link_outcome("linked", bearer), "any.expired_token", "a token after clock advance PT25H")
    case.equal(grocer.get("clock").fields["now"], "2026-01-02T01:00:00Z", "the clock after clock advance")
    steps = [
        (["advance", "P30D"], "2026-02-01T01:00:00Z"),
        (["advance", "P1Y"], "2027-02-01T01:00:00Z"),
        (["advance", "PT0S"], "2027-02-01T01:00:00Z"),
        (["set", "2024-02-29T12:00:00Z"], "2024-02-29T12:00:00Z"),
        (["advance", "P1Y2M3DT4H5M6S"], "2025-05-01T16:05:06Z"),
        (["set", "2026-01-01T02:00:00+02:00"], STANDING_CLOCK),
    ]
    for words, expected in steps:
        labels = case.done(run("clock", *words)).labels
        case.equal(labels, {"now": expected, "frozen": "yes"}, f"clock {' '.join(words)}")
        case.equal(grocer.get("clock").fields, {"now": expected, "frozen": True}, f"clock {' '.join(words)}")

    labels = case.done(run("clock", "resume")).labels
    case.that(labels["frozen"] == "no" and labels["now"].startswith("2026-01-01T00:00:0"), f"clock resume: {labels}")
    first, second = grocer.get("clock").fields["now"], grocer.get("clock").fields["now"]
    case.that(second > first, f"a clock that runs showed {first} and {second}")
    printed = case.prints_json(run("clock", "freeze", "--json")).fields
    case.that(printed["frozen"] and printed["now"].startswith("2026-01-01T00:00:"), f"clock freeze: {printed}")
    case.equal(grocer.get("clock").fields, printed, "a clock that stands")

    case.done(run("clock", "resume"))
    labels = case.done(run("clock", "set", "now")).labels
    real = case.world.server.ask("GET", "/_sandbox/info").fields["now"]
    case.equal((labels["now"][:10], labels["frozen"]), (real[:10], "no"), "clock set now")


@check
def encodes_ids(case):
    """Ids reach the server as they were typed, whatever is in them."""
    grocer = case.retailer()
    run = grocer.run
    for text in STRANGE_IDS:
        made = case.prints_json(run("user", "create", text, "--json")).fields or {}
        case.equal(made.get("user_id"), text, "user create")
        case.equal(case.done(run("user", "show", text)).labels.get("user_id"), text, "user show")
        case.equal(case.prints_json(run("user", "deactivate", text, "--json")).fields["active"], False, text)
        linked = case.prints_json(run("link", text, "--json")).fields or {}
        case.equal(linked.get("connect_user", {}).get("user_id"), text, "link")
        case.done(run("user", "unlink", text))
        there = grocer.get("connect_users", text).fields
        case.equal((there["active"], there.get("linked_to")), (False, None), f"the user {text} over HTTP")

        client_id = f"{text} {grocer.id}"
        case.done(run("application", "create", "--redirect-uri", REDIRECT_URI, "--client-id", client_id))
        case.equal(case.done(run("application", "disable", client_id)).labels.get("enabled"), "no", client_id)
        case.equal(grocer.get("applications", client_id).fields["enabled"], False, f"the application {client_id}")
        case.done(run("application", "delete", client_id))
        case.equal(grocer.get("applications", client_id).status, 404, f"the application {client_id}")

        other = case.retailer(document={"id": f"{text} {grocer.id}"})
        case.equal(case.done(run("retailer", "show", other.id)).labels.get("id"), other.id, "retailer show")
        case.done(other.run("user", "create", "environment"))
        case.done(run("user", "create", "flag", "--retailer", other.id))
        there = [each["user_id"] for each in other.get("connect_users").fields["connect_users"]]
        case.equal(there, ["environment", "flag"], f"the users of the retailer {other.id}")
        case.done(run("retailer", "delete", other.id))
        case.equal(grocer.server.ask("GET", f"/_sandbox/retailers/{encoded(other.id)}").status, 404, other.id)
    printed = case.done(run("user", "list")).out
    for text in STRANGE_IDS:
        case.contains(printed, f"\n{text}  ", "user list")
    for text in STRANGE_IDS:
        case.done(run("user", "delete", text))
    case.equal(len(grocer.get("connect_users").fields["connect_users"]), 4, "how many users are left")


@check
def takes_leading_hyphens(case):
    """Ids that begin with a hyphen are taken after `--`, and as the value of an option after `=`."""
    grocer = case.retailer()
    run = grocer.run
    case.prints_json(run("user", "create", "--json", "--", "-dash"))
    case.equal(case.done(run("user", "show", "--", "-dash")).labels["user_id"], "-dash", "user show")
    other = case.retailer(document={"id": f"-{grocer.id}"})
    case.done(run("user", "create", f"--retailer={other.id}", "somebody"))
    case.equal(other.get("connect_users", "somebody").status, 200, "the user of a retailer with a hyphen")


@check
def makes_up_ids_that_can_be_typed(case):
    """Made-up client IDs and secrets never begin with a hyphen, so that they can be typed as arguments."""
    made = [case.world.server.ask("POST", "/_sandbox/retailers").fields for _ in range(400)]
    for name in ["client_id", "client_secret"]:
        begin = [each[name] for each in made if each[name].startswith("-")]
        case.that(not begin, f"{len(begin)} of {len(made)} {name}s begin with a hyphen, such as {begin[:1]}")
    for each in made:
        case.world.server.ask("DELETE", f"/_sandbox/retailers/{each['id']}")
