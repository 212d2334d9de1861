"""The authorization URL in a browser: login, consent, the way back, and what an attacker gets."""

import base64
import hashlib
import json
import re

from harness import (
    REDIRECT_URI,
    REPOSITORY,
    assert_accessible,
    assert_fits,
    check,
    query,
    redirect_from,
    request,
)
from playwright.sync_api import expect

COOKIE = "connect_sandbox_session"
DEMO_STATE = REPOSITORY / "fixtures/states/demo.yaml"
ERROR_TITLE = "This authorization request cannot be granted"
DENIED = "The resource owner or authorization server denied the request."

# Each differs from the registered https://example.org/account/profile, or http://localhost/demo/account/profile.
UNREGISTERED = [
    # suffixes and prefixes
    "https://example.org/account/profile/evil",
    "https://example.org/account/profileevil",
    "https://example.org/account/profile/",
    "https://example.org/account",
    "https://example.org",
    "https://example.org.evil.example/account/profile",
    "https://evilexample.org/account/profile",
    "https://evil.example/https://example.org/account/profile",
    "https://example.org./account/profile",
    "https://example.org/account/profile?next=https://evil.example",
    # user info
    "https://example.org@evil.example/account/profile",
    "https://evil.example@example.org/account/profile",
    "https://example.org:443@evil.example/account/profile",
    "https://example.org\\@evil.example/account/profile",
    # case
    "https://EXAMPLE.org/account/profile",
    "HTTPS://example.org/account/profile",
    "https://example.org/Account/profile",
    # encodings and path segments
    "https://example.org/account%2Fprofile",
    "https://example.org/%61ccount/profile",
    "https%3A%2F%2Fexample.org%2Faccount%2Fprofile",
    "https://example.org/account/./profile",
    "https://example.org/x/../account/profile",
    "https://example.org//account/profile",
    "https://ex\u0430mple.org/account/profile",
    # fragment
    "https://example.org/account/profile#",
    "https://example.org/account/profile#top",
    # scheme and port
    "http://example.org/account/profile",
    "https://example.org:443/account/profile",
    "https://example.org:8443/account/profile",
    "//example.org/account/profile",
    "javascript:alert(document.domain)//example.org/account/profile",
    "data:text/html,<script>alert(1)</script>",
    # white space and control characters
    " https://example.org/account/profile",
    "https://example.org/account/profile ",
    "https://example.org/account/profile\r\nSet-Cookie: fixed=1",
    "https://example.org/account/\tprofile",
    "https://example.org/account/profile\x00",
    # the loopback address, whose port alone is free
    "http://localhost.evil.example/demo/account/profile",
    "http://localhost:80@evil.example/demo/account/profile",
    "http://localhost:80.evil.example/demo/account/profile",
    "http://127.0.0.1/demo/account/profile",
    "http://LOCALHOST/demo/account/profile",
    "https://localhost/demo/account/profile",
    "http://localhost/demo/account/profile#top",
    "",
]

OTHER_RETAILERS = """
id: other
name: Other Grocer
applications:
  - {client_id: other-client, name: Other website, redirect_uris: [https://example.org/account/profile]}
  - {client_id: disabled-client, name: Disabled, enabled: false, redirect_uris: [https://example.org/account/profile]}
  - client_id: no-linking-client
    name: No linking
    scopes: [connect:fulfillment]
    redirect_uris: [https://example.org/account/profile]
  - {client_id: query-client, name: Query, redirect_uris: ["https://example.org/back?shop=1&lang=en"]}
instacart_users:
  - {id: 1, email: other@example.com, phone: "8005550109", password: password}
"""


def serve_two_retailers(world):
    world.serve("--state", DEMO_STATE, "--state", world.document("other.yaml", OTHER_RETAILERS))


def type_login(page, email="member@example.com", password="password"):
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def pick(page, email="member@example.com"):
    page.get_by_role("button", name=re.compile("^" + re.escape(email))).click()


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def expect_login(page):
    expect(page.get_by_role("heading", name="Log in", level=1)).to_be_visible()


def expect_consent(page, email="member@example.com"):
    expect(page.get_by_role("heading", name="Authorization Required", level=1)).to_be_visible()
    expect(page.get_by_text(email, exact=True)).to_be_visible()


def signed_in_page(world, url=None, email="member@example.com", **options):
    """A page of a new profile that shows the consent page."""
    page = world.profile(**options).new_page()
    page.goto(url or world.authorization_url())
    pick(page, email)
    expect_consent(page, email)
    return page


def session_of(page):
    return next((cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE), None)


def token_on(page):
    """The anti-forgery token of a page's first form."""
    return page.locator("input[name=anti_forgery_token]").first.get_attribute("value")


def post(url, session, token, action="allow", **fields):
    """Sends a form as a browser with this session would."""
    form = {"action": action, "anti_forgery_token": token, **fields}
    return request(url, form, {"Cookie": f"{COOKIE}={session}"})


def was_sent_back(context):
    """Whether a browser was ever sent to the application."""
    return any(address.startswith("https://example.org") for address in context.addresses)


def assert_refused(answer, what=""):
    """Fails unless an answer is an error page that leads nowhere."""
    assert answer.status in (400, 401), f"{what} answered {answer.status}"
    assert answer.location is None, f"{what} redirected to {answer.location}"
    assert answer.headers["Content-Type"].startswith("text/html"), f"{what} is {answer.headers['Content-Type']}"
    assert ERROR_TITLE in answer.body, f"{what} shows another page"


# Login


@check
def wrong_password(world):
    """A wrong password is said, and the login page stays."""
    page = world.profile().new_page()
    page.goto(world.authorization_url())
    type_login(page, password="wrong")
    expect(page.get_by_role("alert")).to_contain_text("Wrong email or password")
    expect_login(page)
    expect(page.get_by_label("Email")).to_have_value("member@example.com")
    expect(page.get_by_label("Password")).to_have_value("")
    type_login(page, email="nobody@example.com")
    expect(page.get_by_role("alert")).to_contain_text("Wrong email or password")
    type_login(page)
    expect_consent(page)


@check
def allow(world):
    """Log in and Allow send the browser to the redirect URI with code and state, in this order."""
    page = world.profile().new_page()
    page.goto(world.authorization_url())
    type_login(page)
    expect_consent(page)
    address = redirect_from(page, button(page, "Allow").click)
    assert re.fullmatch(re.escape(REDIRECT_URI) + r"\?code=[\w-]{43}&state=a(\+|%20)state", address), address


@check
def real_code(world):
    """The code that Allow gave is exchanged once, with the verifier of its challenge, for an account_linking token."""
    verifier = "v" * 43
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    page = signed_in_page(world, world.authorization_url(code_challenge=challenge, code_challenge_method="S256"))
    code = query(redirect_from(page, button(page, "Allow").click))["code"]
    form = {
        "grant_type": "authorization_code",
        "client_id": "demo-client",
        "client_secret": "demo-secret",
        "code": code,
        "redirect_uri": REDIRECT_URI,
    }
    assert request(f"{world.base}/v2/oauth/token", form).status == 400, "the code worked without its verifier"
    form["code_verifier"] = verifier
    answer = request(f"{world.base}/v2/oauth/token", form)
    assert answer.status == 200, answer.body
    assert json.loads(answer.body)["scope"] == "account_linking", answer.body
    assert request(f"{world.base}/v2/oauth/token", form).status == 400, "the code worked twice"


@check
def deny(world):
    """Deny sends the browser back with access_denied, a description and the state, in this order."""
    page = signed_in_page(world)
    parameters = query(redirect_from(page, button(page, "Deny").click))
    assert list(parameters) == ["error", "error_description", "state"], parameters
    assert parameters == {"error": "access_denied", "error_description": DENIED, "state": "a state"}, parameters


@check
def existing_query(world):
    """A query of the redirect URI is kept, and a missing state is left out."""
    serve_two_retailers(world)
    uri = "https://example.org/back?shop=1&lang=en"
    url = world.authorization_url(client_id="query-client", redirect_uri=uri, state=None)
    page = signed_in_page(world, url, email="other@example.com")
    address = redirect_from(page, button(page, "Allow").click, to="https://example.org/back")
    assert re.fullmatch(re.escape(uri) + r"&code=[\w-]{43}", address), address


@check
def loopback_port(world):
    """The port of a registered loopback address is free."""
    uri = "http://localhost:9/demo/account/profile"
    page = signed_in_page(world, world.authorization_url(redirect_uri=uri))
    address = redirect_from(page, button(page, "Allow").click, to=uri)
    assert list(query(address)) == ["code", "state"], address


@check
def consent_page(world):
    """The consent page names the application, what it may do, and where the browser will go."""
    page = signed_in_page(world)
    expect(page.get_by_text("Authorize Demo Grocer website to use your account?")).to_be_visible()
    expect(page.get_by_role("heading", name="This application will be able to:")).to_be_visible()
    assert page.get_by_role("listitem").count() >= 2, "the scopes are not listed"
    expect(page.get_by_text("example.org")).to_be_visible()


@check
def one_click(world):
    """Each sandbox user is shown with membership and link, and logs in with one click."""
    page = world.profile().new_page()
    for email, shown in [
        ("member@example.com", r"Instacart\+ member until .*linked to 1990ad78-9f7a-4302-95cb-f70fe03b6b04"),
        ("nonmember@example.com", r"no Instacart\+ membership.*linked to linked-inactive"),
        ("unlinked-member@example.com", r"Instacart\+ member until .*not linked"),
        ("unlinked-nonmember@example.com", r"no Instacart\+ membership.*not linked"),
    ]:
        page.goto(world.authorization_url())
        expect(page.get_by_role("button", name=re.compile(f"^{re.escape(email)} {shown}"))).to_be_visible()
        pick(page, email)
        expect_consent(page, email)
        button(page, "Not you?").click()
        expect_login(page)


@check
def sign_out(world):
    """The button "Not you?" signs out, and another user can log in."""
    page = signed_in_page(world)
    button(page, "Not you?").click()
    expect_login(page)
    page.goto(world.authorization_url())
    expect_login(page)
    pick(page, "nonmember@example.com")
    expect_consent(page, "nonmember@example.com")


@check
def stays_signed_in(world):
    """A second visit of the same browser goes straight to consent; another browser has to log in."""
    page = signed_in_page(world)
    second_tab = page.context.new_page()
    second_tab.goto(world.authorization_url(state="another"))
    expect_consent(second_tab)
    stranger = world.profile().new_page()
    stranger.goto(world.authorization_url())
    expect_login(stranger)


@check
def without_scripts(world):
    """Login, wrong password, Allow, Deny and "Not you?" work with JavaScript off."""
    page = world.profile(scripts=False).new_page()
    page.goto(world.authorization_url())
    type_login(page, password="wrong")
    expect(page.get_by_role("alert")).to_contain_text("Wrong email or password")
    type_login(page)
    expect_consent(page)
    button(page, "Not you?").click()
    expect_login(page)
    pick(page)
    assert "code" in query(redirect_from(page, button(page, "Allow").click))
    page.goto(world.authorization_url())
    assert query(redirect_from(page, button(page, "Deny").click))["error"] == "access_denied"


@check
def keyboard(world):
    """Login and consent work by keyboard alone, and the focus is always to be seen."""
    page = world.profile().new_page()
    page.goto(world.authorization_url())
    expect(page.get_by_label("Email")).to_be_focused()
    page.keyboard.type("member@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type("password")
    page.keyboard.press("Enter")
    expect_consent(page)
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", reached[-1]
    assert reached == ["Not you?", "Allow", "Deny"], reached
    assert query(redirect_from(page, lambda: page.keyboard.press("Enter")))["error"] == "access_denied"


# Without a browser


@check
def scripted(world):
    """sandbox_user and sandbox_decision answer 302 at once, without a cookie."""
    answer = request(world.authorization_url(sandbox_user="member@example.com", sandbox_decision="allow"))
    assert answer.status == 302, answer.status
    assert re.fullmatch(re.escape(REDIRECT_URI) + r"\?code=[\w-]{43}&state=a(\+|%20)state", answer.location)
    assert "Set-Cookie" not in answer.headers, answer.headers["Set-Cookie"]
    answer = request(world.authorization_url(sandbox_user="member@example.com", sandbox_decision="deny"))
    assert answer.status == 302, answer.status
    assert list(query(answer.location)) == ["error", "error_description", "state"], answer.location
    assert "Set-Cookie" not in answer.headers, answer.headers["Set-Cookie"]
    unknown = world.authorization_url(sandbox_user="nobody@example.com", sandbox_decision="allow")
    assert_refused(request(unknown), "an unknown sandbox_user")
    odd = world.authorization_url(sandbox_user="member@example.com", sandbox_decision="maybe")
    assert_refused(request(odd), "an unknown sandbox_decision")


@check
def scripted_off(world):
    """--no-scripted-consent shows the login page all the same."""
    world.serve("--no-scripted-consent")
    answer = request(world.authorization_url(sandbox_user="member@example.com", sandbox_decision="allow"))
    assert answer.status == 200 and answer.location is None, f"{answer.status}, {answer.location}"


@check
def auto_approve(world):
    """--auto-approve answers every authorization request with a code at once."""
    world.serve("--auto-approve", "member@example.com")
    answer = request(world.authorization_url())
    assert answer.status == 302 and list(query(answer.location)) == ["code", "state"], answer.location
    assert_refused(request(world.authorization_url(redirect_uri="https://evil.example/")), "an unregistered address")


# What the pages are


@check
def headers(world):
    """Every page is uncached, unframed and unable to load anything; the cookie is HttpOnly and SameSite=Lax."""
    page = signed_in_page(world)
    pages = {
        "login": request(world.authorization_url()),
        "consent": request(world.authorization_url(), headers={"Cookie": f"{COOKIE}={session_of(page)}"}),
        "error": request(world.authorization_url(client_id="unknown")),
    }
    for name, answer in pages.items():
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, f"{name}: {policy}"
        assert "unsafe" not in policy and "script-src" not in policy, f"{name}: {policy}"
        assert answer.headers.get("Cache-Control") == "no-store", f"{name}: {answer.headers.get('Cache-Control')}"
    cookies = [cookie for cookie in page.context.cookies() if cookie["name"] == COOKIE]
    assert len(cookies) == 1 and len(page.context.cookies()) == 1, page.context.cookies()
    assert cookies[0]["httpOnly"] and cookies[0]["sameSite"] == "Lax", cookies[0]


@check
def loads_nothing(world):
    """A page loads nothing but itself, and its style is applied under its own policy."""
    page = world.profile().new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    for url in [world.authorization_url(), world.authorization_url(client_id="unknown")]:
        page.context.addresses.clear()
        page.goto(url)
        assert page.context.addresses == [url], page.context.addresses
        assert page.locator("main").evaluate("element => getComputedStyle(element).display") == "grid", "no style"
    page.goto(world.authorization_url())
    pick(page)
    expect_consent(page)
    redirect_from(page, button(page, "Allow").click)
    # The error page's own status and the application's host, which does not resolve, are told to the console.
    ours = [text for text in complaints if "Failed to load resource" not in text]
    assert not ours, ours


@check
def escaped(world):
    """What came from outside is shown as text, never as markup."""
    markup = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{email}}"
    page = world.profile().new_page()
    page.goto(world.authorization_url(state=markup))
    type_login(page, email=markup)
    expect(page.get_by_label("Email")).to_have_value(markup)
    assert page.locator("img, script").count() == 0
    pick(page)
    address = redirect_from(page, button(page, "Allow").click)
    assert query(address)["state"] == markup, address
    for changes in [{"client_id": markup}, {"redirect_uri": markup}, {"response_type": markup}, {"scope": markup}]:
        page.goto(world.authorization_url(**changes))
        expect(page.get_by_role("heading", name=ERROR_TITLE)).to_be_visible()
        assert page.locator("img, script").count() == 0, changes


@check
def phone(world):
    """Login, consent and error page fit a phone of 360 pixels."""
    page = world.profile(phone=True).new_page()
    page.goto(world.authorization_url())
    assert_fits(page)
    pick(page)
    expect_consent(page)
    assert_fits(page)
    page.goto(world.authorization_url(redirect_uri="https://example.org/" + "x" * 300))
    expect(page.get_by_role("heading", name=ERROR_TITLE)).to_be_visible()
    assert_fits(page)


@check
def accessible(world):
    """axe finds nothing serious on login, consent and error page, light and dark."""
    for dark in (False, True):
        page = world.profile(dark=dark).new_page()
        page.goto(world.authorization_url())
        assert_accessible(page)
        type_login(page, password="wrong")
        expect(page.get_by_role("alert")).to_be_visible()
        assert_accessible(page)
        pick(page)
        expect_consent(page)
        assert_accessible(page)
        page.goto(world.authorization_url(redirect_uri="https://evil.example/"))
        page.get_by_text("What an authorization URL needs").click()
        assert_accessible(page)


# What an attacker gets


@check
def unregistered_redirect(world):
    """No variant of a registered address is redirected to: not visited, scripted, or in a signed-in user's form."""
    page = signed_in_page(world)
    session, token = session_of(page), token_on(page)
    for uri in UNREGISTERED:
        url = world.authorization_url(redirect_uri=uri)
        assert_refused(request(url), f"{uri!r}")
        assert_refused(post(url, session, token, "allow"), f"{uri!r}, allowed,")
        assert_refused(post(url, session, token, "deny"), f"{uri!r}, denied,")
        scripted = world.authorization_url(
            redirect_uri=uri, sandbox_user="member@example.com", sandbox_decision="allow"
        )
        assert_refused(request(scripted), f"{uri!r}, scripted,")
    twice = world.authorization_url(redirect_uri=[REDIRECT_URI, "https://evil.example/"])
    assert_refused(request(twice), "a repeated redirect_uri")
    assert post(world.authorization_url(), session, token).status == 303, "the token was not good in the first place"


@check
def bad_requests(world):
    """A bad request gets a page that says what is wrong, and never a redirect."""
    serve_two_retailers(world)
    for changes, error in [
        ({"client_id": "unknown"}, "invalid_client"),
        ({"client_id": None}, "invalid_request"),
        ({"client_id": "disabled-client"}, "invalid_client"),
        ({"redirect_uri": None}, "invalid_redirect_uri"),
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": None}, "invalid_request"),
        ({"scope": "unknown"}, "invalid_scope"),
        ({"scope": "connect:fulfillment"}, "invalid_scope"),
        ({"client_id": "no-linking-client"}, "invalid_scope"),
        ({"code_challenge": "x" * 43, "code_challenge_method": "S512"}, "invalid_code_challenge_method"),
        ({"code_challenge": "x" * 43}, "invalid_code_challenge_method"),
        ({"client_id": ["demo-client", "other-client"]}, "invalid_request"),
        ({"state": ["a", "b"]}, "invalid_request"),
    ]:
        answer = request(world.authorization_url(**changes))
        assert_refused(answer, f"{changes}")
        assert f"<code>{error}</code>" in answer.body, f"{changes} does not show {error}"
    page = world.profile().new_page()
    page.goto(world.authorization_url(redirect_uri="https://evil.example/"))
    expect(page.get_by_role("heading", name=ERROR_TITLE, level=1)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(REDIRECT_URI)
    expect(page.get_by_role("main")).to_contain_text("https://evil.example/")


@check
def foreign_form(world):
    """A form that another site posts gets no code, logs nobody in or out, and sends nobody back."""
    attacker = signed_in_page(world)
    victim = signed_in_page(world, email="nonmember@example.com")
    for host in ("127.0.0.1", "localhost"):
        for action in ("allow", "deny", "sign_out", "pick_user"):
            for token in ("", token_on(attacker)):
                site = world.foreign_site(
                    f"""<!doctype html><form method="post" action="{world.authorization_url()}">
                    <input name="anti_forgery_token" value="{token}"><input name="action" value="{action}">
                    <input name="sandbox_user" value="member@example.com"></form>
                    <script>document.forms[0].submit()</script>""".replace("&", "&amp;"),
                    host,
                )
                trap = victim.context.new_page()
                with trap.expect_response(lambda response: response.request.method == "POST") as answered:
                    trap.goto(site.address)
                assert answered.value.status == 400, f"{action} from {host} answered {answered.value.status}"
                assert not was_sent_back(victim.context), f"{action} from {host} sent the browser back"
                victim.goto(world.authorization_url())
                expect_consent(victim, "nonmember@example.com")


@check
def stolen_token(world):
    """Even with the right token, a form that another site posts gets nothing."""
    victim = signed_in_page(world)
    for host in ("127.0.0.1", "localhost"):
        site = world.foreign_site(
            f"""<!doctype html><form method="post" action="{world.authorization_url()}">
            <input name="anti_forgery_token" value="{token_on(victim)}"><input name="action" value="allow">
            <button>Win a prize</button></form>""".replace("&", "&amp;"),
            host,
        )
        trap = victim.context.new_page()
        trap.goto(site.address)
        with trap.expect_response(lambda response: response.request.method == "POST") as answered:
            button(trap, "Win a prize").click()
        assert answered.value.status == 400, f"{host} answered {answered.value.status}"
    assert not was_sent_back(victim.context)


@check
def framed(world):
    """No site can frame the consent page."""
    victim = signed_in_page(world)
    for host in ("127.0.0.1", "localhost"):
        address = world.authorization_url().replace("&", "&amp;")
        site = world.foreign_site(f'<!doctype html><iframe title="prize" src="{address}"></iframe>', host)
        trap = victim.context.new_page()
        with trap.expect_console_message(lambda message: "frame-ancestors 'none'" in message.text):
            trap.goto(site.address)


@check
def plain_link(world):
    """A plain link from another site works, as a retailer's page needs it."""
    victim = signed_in_page(world)
    address = world.authorization_url().replace("&", "&amp;")
    site = world.foreign_site(f'<!doctype html><a href="{address}">Link accounts</a>')
    page = victim.context.new_page()
    page.goto(site.address)
    page.get_by_role("link", name="Link accounts").click()
    expect_consent(page)
    assert "code" in query(redirect_from(page, button(page, "Allow").click))


@check
def replayed_form(world):
    """A form sent a second time, or after signing out, gets nothing."""
    page = signed_in_page(world)
    url, session, token = world.authorization_url(), session_of(page), token_on(page)
    redirect_from(page, button(page, "Allow").click)
    assert_refused(post(url, session, token), "the form sent again")

    page.goto(url)
    token = token_on(page)
    button(page, "Not you?").click()
    expect_login(page)
    assert_refused(post(url, session, token), "the form of the session that ended")
    assert_refused(post(url, session_of(page), token), "the old form in the new session")
    assert_refused(post(url, session_of(page), token_on(page)), "allow with nobody signed in")


@check
def fixed_session(world):
    """A session that an attacker planted before the login is not signed in after it."""
    attacker = world.profile().new_page()
    attacker.goto(world.authorization_url())
    planted = session_of(attacker)
    for path in ("/oauth/authorize", "/"):
        victim = world.profile()
        victim.add_cookies([{"name": COOKIE, "value": planted, "domain": "localhost", "path": path}])
        page = victim.new_page()
        page.goto(world.authorization_url())
        type_login(page)
        page.goto(world.authorization_url())
        assert session_of(page) != planted or path == "/", "the session stayed the same"
        answer = request(world.authorization_url(), headers={"Cookie": f"{COOKIE}={planted}"})
        assert "<h1>Log in</h1>" in answer.body, "the planted session is signed in"
        attacker.goto(world.authorization_url())
        expect_login(attacker)
        planted = session_of(attacker)
    for value in ("guessed", "A" * 43, ""):
        page = world.profile().new_page()
        page.context.add_cookies([{"name": COOKIE, "value": value, "domain": "localhost", "path": "/oauth/authorize"}])
        page.goto(world.authorization_url())
        assert session_of(page) != value, f"the server took {value!r} as a session"
        pick(page)
        assert session_of(page) != value


@check
def foreign_session(world):
    """The token of one session is worth nothing in another."""
    attacker, victim = signed_in_page(world, email="nonmember@example.com"), signed_in_page(world)
    url = world.authorization_url()
    assert_refused(post(url, session_of(victim), token_on(attacker)), "the attacker's token in the victim's session")
    assert_refused(post(url, session_of(attacker), token_on(victim)), "the victim's token in the attacker's session")
    assert_refused(post(url, session_of(victim), ""), "an empty token")
    assert_refused(request(url, {"action": "allow", "anti_forgery_token": token_on(victim)}), "no session")


@check
def one_retailer(world):
    """A session of one retailer is not signed in at another."""
    serve_two_retailers(world)
    page = signed_in_page(world)
    session, token = session_of(page), token_on(page)
    other = world.authorization_url(client_id="other-client")
    assert_refused(post(other, session, token), "the session at another retailer")
    page.goto(other)
    expect_login(page)
    expect(page.get_by_role("button", name=re.compile("^other@example.com"))).to_be_visible()
    assert page.get_by_text("member@example.com").count() == 0, "another retailer's users are shown"
    type_login(page)
    expect(page.get_by_role("alert")).to_be_visible()
