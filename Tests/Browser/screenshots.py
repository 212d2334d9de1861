"""Rewrites the README's pictures in fixtures/screenshots."""

from consent_checks import expect_consent, pick
from demo_checks import LINKED_INACTIVE, LINKED_MEMBER, NOT_LINKED, Storefront
from harness import REPOSITORY
from playwright.sync_api import expect

FOLDER = REPOSITORY / "fixtures/screenshots"


def shoot(page, name):
    """Takes the whole page, without a focus ring or a caret that would differ from run to run."""
    page.evaluate("document.activeElement.blur()")
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True, animations="disabled")


def consent_pages(world):
    """Screenshots of login, consent and error page."""
    for dark in (False, True):
        page = world.profile(dark=dark).new_page()
        page.goto(world.authorization_url())
        if not dark:
            shoot(page, "login")
        pick(page)
        expect_consent(page)
        shoot(page, "consent-dark" if dark else "consent")
    page = world.profile().new_page()
    page.goto(world.authorization_url(redirect_uri="https://example.org/account/profile/"))
    shoot(page, "authorization-error")


def demo_pages(world):
    """Screenshots of the demo storefront."""
    for customer, name in [
        (NOT_LINKED, "demo-unlinked"),
        (LINKED_MEMBER, "demo-linked-member"),
        (LINKED_INACTIVE, "demo-linked-inactive"),
    ]:
        shoot(Storefront(world, customer).page, name)
    store = Storefront(world, LINKED_MEMBER)
    store.visit("/demo/checkout")
    shoot(store.page, "demo-checkout")
    shoot(Storefront(world, NOT_LINKED, phone=True).page, "demo-phone")
    store = Storefront(world, NOT_LINKED)
    store.link("unlinked-member@example.com", "Deny")
    expect(store.dialog).to_be_visible()
    shoot(store.page, "demo-failed")
    store = Storefront(world, NOT_LINKED)
    store.link("unlinked-member@example.com")
    expect(store.dialog).to_be_visible()
    shoot(store.page, "demo-succeeded")


ALL = [consent_pages, demo_pages]
