"""The demo storefront in a browser: every state of the status element, both dialogs, and the whole loop."""

import re
from fnmatch import fnmatchcase
from urllib.parse import urlencode

from consent_checks import DEMO_STATE, ERROR_TITLE, OTHER_RETAILERS, button, expect_consent, expect_login, pick
from harness import assert_accessible, assert_fits, check, query, request
from playwright.sync_api import expect

MANAGE = "https://www.instacart.com/store/account/instacart-plus"
PURCHASE = "https://www.instacart.com/signup?next=%2Fstore%2Faccount%2Finstacart-plus"
OFFER = "Instacart+ Member? Link your account to receive $0 delivery"

STATUS = re.compile(r"Instacart\+ membership|Instacart account")
# What the switcher's buttons are called.
LINKED_MEMBER = re.compile("Maria Member")
LINKED_INACTIVE = re.compile("Nora Nonmember")
NOT_LINKED = re.compile("John Smith")
NOT_ACTIVE = re.compile("Nick Notactive")
NEW_CUSTOMER = re.compile("A new customer")
CUSTOMERS = [LINKED_MEMBER, LINKED_INACTIVE, NOT_LINKED, NOT_ACTIVE, NEW_CUSTOMER]


class Storefront:
    """A customer's browser at the demo storefront, and where things are on its pages."""

    def __init__(self, world, customer=None, **options):
        self.world = world
        self.page = world.profile(**options).new_page()
        if customer is not None:
            self.sign_in(customer)

    # Where things are

    @property
    def status(self):
        return self.page.get_by_role("region", name=STATUS)

    @property
    def link_accounts(self):
        return self.status.get_by_role("link", name="Link accounts")

    @property
    def dialog(self):
        return self.page.get_by_role("dialog")

    @property
    def calls_panel(self):
        return self.page.locator("details").filter(has_text="API calls")

    @property
    def close(self):
        """What closes a dialog that tells of a failure."""
        return self.dialog.get_by_role("link", name="Close").or_(self.dialog.get_by_role("button", name="Close"))

    @property
    def calls(self):
        """The API calls that the page lists, each as `METHOD path status`."""
        return self.calls_panel.locator("tr:has(td)").evaluate_all(
            "rows => rows.map(row => [...row.cells].slice(0, 3).map(cell => cell.textContent.trim()).join(' '))"
        )

    def link_to(self, address):
        return self.status.locator(f'a[href="{address}"]')

    # What a customer does

    def visit(self, path):
        return self.page.goto(self.world.base + path)

    def visit_profile(self, **parameters):
        return self.visit("/demo/account/profile" + ("?" + urlencode(parameters) if parameters else ""))

    def sign_in(self, customer):
        self.visit("/demo")
        self.page.get_by_role("button", name=customer).click()
        self.page.wait_for_url("**/demo/account/profile")

    def link(self, email, answer="Allow"):
        """Clicks through login and consent, and is back at the profile."""
        self.link_accounts.click()
        expect_login(self.page)
        pick(self.page, email)
        expect_consent(self.page, email)
        button(self.page, answer).click()
        self.page.wait_for_url("**/demo/account/profile*")

    def open_calls(self):
        if self.calls_panel.get_attribute("open") is None:
            self.calls_panel.locator("summary").click()

    def code_that_came(self):
        returns = [query(url) for url in self.page.context.addresses if "/demo/account/profile?" in url]
        return returns[-1]["code"]

    # What is to be seen

    def expect_succeeded(self):
        expect(self.dialog).to_be_visible()
        expect(self.dialog).to_contain_text("Account linking succeeded")

    def expect_failed(self, about):
        expect(self.dialog).to_be_visible()
        expect(self.dialog).to_contain_text("Account linking failed")
        expect(self.dialog).to_contain_text(re.compile(about, re.IGNORECASE))

    def expect_active(self):
        expect(self.link_to(MANAGE)).to_be_visible()
        expect(self.status).to_contain_text(re.compile(r"\b\d{2}/\d{2}/\d{4}\b"))
        expect(self.link_accounts).to_have_count(0)

    def expect_inactive(self):
        expect(self.link_to(PURCHASE)).to_be_visible()
        expect(self.link_to(MANAGE)).to_have_count(0)
        expect(self.link_accounts).to_have_count(0)

    def expect_unlinked(self):
        expect(self.link_accounts).to_be_visible()
        expect(self.link_to(PURCHASE)).to_be_visible()
        expect(self.link_to(MANAGE)).to_have_count(0)

    def assert_called(self, *calls):
        """Fails unless the panel lists these calls, each `METHOD path status` with `*` for any text, in this order."""
        listed = iter(self.calls)
        for call in calls:
            assert any(fnmatchcase(other, call) for other in listed), f"{call} is not listed in {self.calls}"


# The status element


@check
def demo_linked_member(world):
    """A linked member sees until when as MM/DD/YYYY, and a button to manage the subscription."""
    store = Storefront(world, LINKED_MEMBER)
    store.expect_active()
    store.assert_called("GET /v2/fulfillment/users/1990ad78-9f7a-4302-95cb-f70fe03b6b04/link 200")


@check
def demo_linked_inactive(world):
    """A linked customer without Instacart+ sees a button to sign up for it, and none to link."""
    store = Storefront(world, LINKED_INACTIVE)
    store.expect_inactive()
    store.assert_called("GET /v2/fulfillment/users/linked-inactive/link 200")


@check
def demo_unlinked(world):
    """An unlinked customer sees a button to the authorization URL with the session's state, and one to sign up."""
    store = Storefront(world, NOT_LINKED)
    store.expect_unlinked()
    store.assert_called("GET /v2/fulfillment/users/johnsmith6000/link 400")
    parameters = query(store.link_accounts.get_attribute("href"))
    state = parameters.pop("state")
    assert len(state) >= 20, state
    assert parameters == {
        "response_type": "code",
        "client_id": "demo-client",
        "scope": "account_linking",
        "redirect_uri": f"{world.base}/demo/account/profile",
    }, parameters
    other = Storefront(world, NOT_LINKED)
    assert query(other.link_accounts.get_attribute("href"))["state"] != state, "two sessions share a state"


@check
def demo_not_active(world):
    """A customer who is not active at Connect is told so when linking fails."""
    store = Storefront(world, NOT_ACTIVE)
    store.assert_called("GET /v2/fulfillment/users/not-active/link 403")
    store.link("unlinked-member@example.com")
    store.expect_failed("not active")
    store.assert_called("POST /v2/oauth/token 200", "POST /v2/fulfillment/users/not-active/link 403")


@check
def demo_switcher(world):
    """Every state is one click away on every page, and the customer who is signed in is named."""
    store = Storefront(world)
    for path in ["/demo", "/demo/account/profile", "/demo/checkout"]:
        store.visit(path)
        for customer in CUSTOMERS:
            expect(store.page.get_by_role("button", name=customer)).to_be_visible()
    store.sign_in(LINKED_MEMBER)
    expect(store.page.get_by_role("main")).to_contain_text("Maria Member")
    store.page.get_by_role("button", name=LINKED_INACTIVE).click()
    store.expect_inactive()
    expect(store.page.get_by_role("main")).to_contain_text("Nora Nonmember")


@check
def demo_signed_out(world):
    """Without a customer the profile asks to sign in, and calls no API."""
    store = Storefront(world)
    store.visit_profile()
    expect(store.link_accounts).to_have_count(0)
    assert "/v2/" not in store.page.locator("body").text_content()


# Linking, and its dialogs


@check
def demo_link(world):
    """Link accounts, log in, Allow: the succeeded dialog leads to the storefront, and the state is linked."""
    store = Storefront(world, NOT_LINKED)
    store.link("unlinked-member@example.com")
    store.expect_succeeded()
    store.assert_called("POST /v2/oauth/token 200", "POST /v2/fulfillment/users/johnsmith6000/link 200")
    assert store.code_that_came() not in store.page.content(), "the code is on the page"
    store.dialog.get_by_role("link").first.click()
    store.page.wait_for_url("**/demo")
    store.visit_profile()
    expect(store.dialog).to_have_count(0)
    store.expect_active()


@check
def demo_link_nonmember(world):
    """Linking an Instacart account without Instacart+ ends in linked and inactive."""
    store = Storefront(world, NOT_LINKED)
    store.link("unlinked-nonmember@example.com")
    store.expect_succeeded()
    store.visit_profile()
    store.expect_inactive()


@check
def demo_new_customer(world):
    """A customer whom Connect does not know is created on the way, and linked."""
    store = Storefront(world, NEW_CUSTOMER)
    store.expect_unlinked()
    store.link("unlinked-member@example.com")
    store.expect_succeeded()
    store.assert_called(
        "POST /v2/fulfillment/users/*/link 400",
        "POST /v2/fulfillment/users 200",
        "POST /v2/fulfillment/users/*/link 200",
    )
    store.visit_profile()
    store.expect_active()


@check
def demo_deny(world):
    """Deny opens the failed dialog with instructions; it can be closed, and linking tried again."""
    store = Storefront(world, NOT_LINKED)
    store.link("unlinked-member@example.com", "Deny")
    store.expect_failed("try again")
    assert not any(call.startswith("POST") and "oauth/token" not in call for call in store.calls), store.calls
    store.close.click()
    expect(store.dialog).to_have_count(0)
    store.expect_unlinked()
    store.link_accounts.click()
    expect_consent(store.page, "unlinked-member@example.com")
    button(store.page, "Allow").click()
    store.expect_succeeded()


@check
def demo_wrong_state(world):
    """A wrong, missing, used or foreign state opens the failed dialog, and the code is not even tried."""
    store = Storefront(world, NOT_LINKED)
    for parameters in [{"code": "x", "state": "y"}, {"code": "x"}, {"code": "x", "state": ""}]:
        store.visit_profile(**parameters)
        store.expect_failed("nothing was linked")
        assert not any(call.startswith("POST /v2/fulfillment") for call in store.calls), store.calls
    # An attacker sends the victim to the end of the attacker's own flow, to be linked to the attacker's account.
    attacker = Storefront(world, NEW_CUSTOMER)
    bait = request(
        attacker.link_accounts.get_attribute("href")
        + "&sandbox_user=unlinked-member@example.com&sandbox_decision=allow"
    ).location
    store.page.goto(bait)
    store.expect_failed("nothing was linked")
    store.visit_profile()
    store.expect_unlinked()
    stranger = Storefront(world)
    stranger.page.goto(bait)
    stranger.expect_failed("nothing was linked")


@check
def demo_used_state(world):
    """Going back to the address that linked the accounts links nothing again."""
    store = Storefront(world, NOT_LINKED)
    store.link("unlinked-member@example.com")
    store.expect_succeeded()
    returned = [url for url in store.page.context.addresses if "/demo/account/profile?" in url][-1]
    store.page.goto(returned)
    store.expect_failed("nothing was linked")
    store.visit_profile()
    store.expect_active()


@check
def demo_used_code(world):
    """A code that was used before opens the failed dialog."""
    store = Storefront(world, NOT_LINKED)
    store.link("unlinked-member@example.com")
    code = store.code_that_came()
    store.sign_in(NEW_CUSTOMER)
    state = query(store.link_accounts.get_attribute("href"))["state"]
    store.visit_profile(code=code, state=state)
    store.expect_failed("not accepted|used")
    store.assert_called("POST /v2/oauth/token 400")
    store.visit_profile()
    store.expect_unlinked()


@check
def demo_linked_elsewhere(world):
    """An Instacart account that is linked to another customer opens the failed dialog that says so."""
    store = Storefront(world, NOT_LINKED)
    store.link("member@example.com")
    store.expect_failed("already linked")
    store.assert_called("POST /v2/oauth/token 200", "POST /v2/fulfillment/users/johnsmith6000/link 400")
    store.visit_profile()
    store.expect_unlinked()


@check
def demo_customer_changed(world):
    """A link that one customer began is not finished for another."""
    store = Storefront(world, NOT_LINKED)
    address = store.link_accounts.get_attribute("href")
    back = request(address + "&sandbox_user=unlinked-member@example.com&sandbox_decision=allow").location
    store.sign_in(NEW_CUSTOMER)
    store.page.goto(back)
    store.expect_failed("nothing was linked")
    store.visit_profile()
    store.expect_unlinked()


@check
def demo_without_scripts(world):
    """The storefront works with JavaScript off: link, dialog, close, switch."""
    store = Storefront(world, NOT_LINKED, scripts=False)
    store.link("unlinked-member@example.com", "Deny")
    store.expect_failed("try again")
    store.close.click()
    expect(store.dialog).to_have_count(0)
    store.page.get_by_role("button", name=NEW_CUSTOMER).click()
    store.link_accounts.click()
    expect_consent(store.page, "unlinked-member@example.com")
    button(store.page, "Allow").click()
    store.expect_succeeded()


# The page's best practices


@check
def demo_checkout(world):
    """Checkout verifies the membership again: members pay $0 and see what they save, others are told to link."""
    store = Storefront(world, LINKED_MEMBER)
    store.visit("/demo/checkout")
    store.assert_called("GET /v2/fulfillment/users/1990ad78-9f7a-4302-95cb-f70fe03b6b04/link 200")
    expect(store.page.get_by_role("main")).to_contain_text(re.compile(r"\$0(\.00)?\b"))
    expect(store.page.get_by_role("main")).to_contain_text(re.compile("sav(e|ed|ing|ings)\\b", re.IGNORECASE))
    expect(store.page.get_by_role("main")).not_to_contain_text(OFFER)
    store.sign_in(NOT_LINKED)
    store.visit("/demo/checkout")
    expect(store.page.get_by_role("main")).to_contain_text(OFFER)


@check
def demo_sign_in_check(world):
    """Membership is verified at sign-in, and how to unlink is said."""
    store = Storefront(world, LINKED_MEMBER)
    link = "/v2/fulfillment/users/1990ad78-9f7a-4302-95cb-f70fe03b6b04/link"
    store.assert_called(f"GET {link} 200", f"GET {link} 200")
    expect(store.status).to_contain_text(re.compile("customer service", re.IGNORECASE))


@check
def demo_calls(world):
    """The panel lists method, path, status, outcome and reason of each call, and no secret."""
    store = Storefront(world, NOT_LINKED)
    store.open_calls()
    for text in ["GET", "/v2/fulfillment/users/johnsmith6000/link", "400", "get_user_link.user_not_linked"]:
        expect(store.calls_panel.get_by_text(text, exact=True).first).to_be_visible()
    store.link("unlinked-member@example.com")
    assert "demo-secret" not in store.page.content() and store.code_that_came() not in store.page.content()


# What the pages are


@check
def demo_phone(world):
    """The storefront fits a phone of 360 pixels, dialogs and calls included."""
    store = Storefront(world, phone=True)
    for customer in CUSTOMERS:
        store.sign_in(customer)
        assert_fits(store.page)
        store.open_calls()
        assert_fits(store.page)
        store.visit("/demo/checkout")
        assert_fits(store.page)
    store.visit_profile(code="x", state="y")
    expect(store.dialog).to_be_visible()
    assert_fits(store.page)
    store.sign_in(NOT_LINKED)
    store.link("unlinked-member@example.com")
    store.expect_succeeded()
    assert_fits(store.page)
    store.visit("/demo")
    assert_fits(store.page)


@check
def demo_accessible(world):
    """axe finds nothing serious on any page of the storefront, light and dark."""
    for dark in (False, True):
        store = Storefront(world, dark=dark)
        store.visit("/demo")
        assert_accessible(store.page)
        for customer in CUSTOMERS:
            store.sign_in(customer)
            store.open_calls()
            assert_accessible(store.page)
        for customer in (LINKED_MEMBER, NOT_LINKED):
            store.sign_in(customer)
            store.visit("/demo/checkout")
            assert_accessible(store.page)
        store.visit_profile(code="x", state="y")
        expect(store.dialog).to_be_visible()
        assert_accessible(store.page)
        # Dark comes after light on the same server: each round links a customer of its own.
        store.sign_in(NEW_CUSTOMER)
        store.link("unlinked-nonmember@example.com" if dark else "unlinked-member@example.com")
        store.expect_succeeded()
        assert_accessible(store.page)


@check
def demo_stays_here(world):
    """No page of the storefront asks another machine for anything, or complains of its own policy."""
    store = Storefront(world)
    complaints = []
    store.page.on("console", lambda message: complaints.append(message.text))
    for customer in CUSTOMERS:
        store.sign_in(customer)
        store.visit("/demo/checkout")
    store.sign_in(NOT_LINKED)
    store.link("unlinked-member@example.com")
    store.expect_succeeded()
    foreign = [url for url in store.page.context.addresses if not url.startswith((world.base, "data:"))]
    assert not foreign, foreign
    assert not complaints, complaints


@check
def demo_headers(world):
    """Pages of the storefront cannot be framed or load anything; the cookie is HttpOnly and SameSite=Lax."""
    store = Storefront(world, NOT_LINKED)
    for path in ["/demo", "/demo/account/profile", "/demo/checkout"]:
        policy = store.visit(path).headers.get("content-security-policy", "")
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, f"{path}: {policy}"
        assert "unsafe" not in policy, f"{path}: {policy}"
    cookies = store.page.context.cookies()
    assert cookies and all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies), cookies


@check
def demo_keyboard(world):
    """The failed dialog is closed, and linking begun, by keyboard alone."""
    store = Storefront(world, NOT_LINKED)
    store.visit_profile(code="x", state="y")
    store.expect_failed("nothing was linked")
    press_tab_to(store.page, store.close)
    store.page.keyboard.press("Enter")
    expect(store.dialog).to_have_count(0)
    press_tab_to(store.page, store.link_accounts)
    store.page.keyboard.press("Enter")
    expect_login(store.page)


def press_tab_to(page, target, limit=40):
    """Presses Tab until an element has the focus, which has to be seen on the way."""
    for _ in range(limit):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "document.activeElement === document.body"
            " || getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            " || getComputedStyle(document.activeElement).boxShadow !== 'none'"
        )
        assert seen, "the focus is not seen on " + page.evaluate("document.activeElement.outerHTML")
    raise AssertionError(f"{limit} tabs do not reach {target}")


# Where it may be opened, and what an attacker gets


@check
def demo_missing(world):
    """Without the demo retailer the storefront explains itself."""
    world.serve("--state", world.document("other.yaml", OTHER_RETAILERS))
    page = world.profile().new_page()
    for path in ["/demo", "/demo/account/profile", "/demo/checkout"]:
        response = page.goto(world.base + path)
        assert 400 <= response.status < 600, response.status
        expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("demo", re.IGNORECASE))
        assert_accessible(page)
        assert_fits(page)


@check
def demo_loopback(world):
    """Opened on another loopback name, the storefront redirects to the public URL's."""
    page = world.profile().new_page()
    page.goto(f"http://127.0.0.1:{world.port}/demo")
    assert page.url == f"{world.base}/demo", page.url


@check
def demo_foreign_host(world):
    """The storefront refuses a foreign Host, as a rebound DNS name would send."""
    answer = request(f"{world.base}/demo", headers={"Host": f"evil.example:{world.port}"})
    assert 400 <= answer.status < 500, answer.status
    assert "Demo Grocer" not in answer.body


@check
def demo_foreign_form(world):
    """A form that another site posts signs nobody in."""
    for host in ("127.0.0.1", "localhost"):
        store = Storefront(world, NOT_LINKED)
        fields = store.page.locator("form input[type=hidden]").first
        form = store.page.locator("form").filter(has=store.page.get_by_role("button", name=LINKED_MEMBER)).first
        chosen = form.get_by_role("button", name=LINKED_MEMBER)
        choice = {chosen.get_attribute("name"): chosen.get_attribute("value")}
        token = {fields.get_attribute("name"): fields.get_attribute("value")}
        for sent in (choice, {**choice, **token}):
            inputs = "".join(f'<input name="{name}" value="{value}">' for name, value in sent.items())
            site = world.foreign_site(
                f'<!doctype html><form method="post" action="{world.base}/demo/sign-in">{inputs}</form>'
                "<script>document.forms[0].submit()</script>",
                host,
            )
            trap = store.page.context.new_page()
            with trap.expect_response(lambda response: response.request.method == "POST") as answered:
                trap.goto(site.address)
            assert 400 <= answered.value.status < 500, f"{host} answered {answered.value.status}"
            store.visit_profile()
            store.expect_unlinked()


@check
def demo_fixed_session(world):
    """A session planted before signing in to the storefront is not signed in after it."""
    attacker = Storefront(world)
    attacker.visit("/demo")
    planted = attacker.page.context.cookies()
    victim = Storefront(world)
    victim.page.context.add_cookies(planted)
    victim.sign_in(LINKED_MEMBER)
    assert {cookie["value"] for cookie in planted}.isdisjoint(
        cookie["value"] for cookie in victim.page.context.cookies()
    ), "the session stayed the same"
    attacker.visit_profile()
    expect(attacker.link_to(MANAGE)).to_have_count(0)


@check
def demo_escaped(world):
    """What comes with the address is shown as text, if at all."""
    store = Storefront(world, NOT_LINKED)
    state = query(store.link_accounts.get_attribute("href"))["state"]
    markup = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>"
    store.visit_profile(error=markup, error_description=markup, state=state)
    expect(store.dialog).to_be_visible()
    assert store.page.locator("img, script").count() == 0
    store.visit_profile(code=markup, state=markup)
    expect(store.dialog).to_be_visible()
    assert store.page.locator("img, script").count() == 0


@check
def demo_redirect_uri_gone(world):
    """Where the storefront's redirect URI is not registered, the sandbox says so instead of redirecting."""
    demo = DEMO_STATE.read_text().splitlines(keepends=True)
    without = "".join(line for line in demo if "http://localhost/demo/account/profile" not in line)
    world.serve("--state", world.document("demo.yaml", without))
    store = Storefront(world, NOT_LINKED)
    store.link_accounts.click()
    expect(store.page.get_by_role("heading", name=ERROR_TITLE)).to_be_visible()
