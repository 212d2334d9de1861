"""What Schemathesis needs to know about the server: whom requests are for, and which refusals a state explains."""

import itertools
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request

import schemathesis
from schemathesis.core.failures import Failure

URL = os.environ["CONNECT_SANDBOX_URL"]
REDIRECT_URI = "https://example.org/account/profile"

# What a request meets. It is made anew when a request has changed it, so that none depends on those before it.
WORLD = {
    "name": "World",
    "applications": [{"redirect_uris": [REDIRECT_URI]}],
    "instacart_users": [
        {"id": 1, "email": "member@example.com", "instacartplus_member": True},
        {"id": 3, "email": "unlinked-member@example.com", "instacartplus_member": True},
    ],
    "connect_users": [
        {"user_id": "linked", "linked_to": 1},
        {"user_id": "johnsmith6000"},
        {"user_id": "not-active", "active": False},
    ],
    "faults": [{"id": "slow", "endpoint": "revoke_access_token", "latency": {"fixed": 1}}],
}

# Refusals of well-formed requests under /v2 and at the authorization URL, where 400 is Instacart's: by a state that
# the request meets, never by the form that it has.
BY_STATE = re.compile(
    r"""
    create_user\.user_id_taken | (link_user|get_user_link|create_user_deletion_request)\.user_not_found
    | get_user_link\.user_not_linked
    | link_user\.(linking_token_(invalid|expired|revoked|wrong_scope|other_retailer)|\w*already_linked)
    | create_instacart_user\.email_taken | authorize_instacart_user\.(user_id_invalid|redirect_uri_invalid)
    | generate_access_token\.(invalid_grant\w*|invalid_scope|invalid_request_code_verifier)
    | authorize\.(invalid_redirect_uri|invalid_code_challenge_method|invalid_script|forged_form)
    """,
    re.VERBOSE | re.IGNORECASE,
)

# The same for the sandbox's own routes: what a schema cannot say of a document as a whole.
BY_CONTEXT = re.compile(
    r"""
    a\ clock\ shows\ dates\ from | repeats\ (the|a)
    | names\ the\ (Instacart\ user|Connect\ user|application) | came\ of\ a\ code | must\ expire\ after
    | must\ have\ (either\ user_id\ or|both\ code_challenge) | which\ the\ retailer\ does\ not\ have
    | comes\ after\ the\ largest\ id
    | is\ of\ the\ retailer | can\ never\ hit | cannot\ answer | must\ be\ a\ whole\ number\ from
    """,
    re.VERBOSE | re.IGNORECASE,
)

counter = itertools.count()
current = None


def send(method, path, body=None, token=None):
    headers = {"Content-Type": "application/json"} if body is not None else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data=data, headers=headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or b"null")


class World:
    def __init__(self):
        made = send("POST", "/_sandbox/retailers", WORLD)
        self.retailer = made["id"]
        self.credentials = {"client_id": made["client_id"], "client_secret": made["client_secret"]}
        self.token = self.issue(grant_type="client_credentials", scope="connect:fulfillment")

    def issue(self, **grant):
        return send("POST", "/v2/oauth/token", {**self.credentials, **grant})["access_token"]

    def linking_token(self):
        path = "/v2/fulfillment_sandbox/instacart_users/3/authorize"
        code = send("POST", path, {"redirect_uri": REDIRECT_URI, "scope": "account_linking"}, self.token)["code"]
        return self.issue(grant_type="authorization_code", code=code, redirect_uri=REDIRECT_URI)

    def latest_request(self):
        path = f"/_sandbox/retailers/{self.retailer}/requests?limit=1"
        if not send("GET", path)["requests"]:
            self.issue(grant_type="client_credentials")
        return send("GET", path)["requests"][0]["id"]


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Leaves X-Sandbox-Fault out: it breaks connections and makes up server errors, which is what it is for."""
    for item in raw_schema["paths"].values():
        for holder in [item, *(value for value in item.values() if isinstance(value, dict))]:
            if "parameters" in holder:
                holder["parameters"] = [each for each in holder["parameters"] if each.get("name") != "X-Sandbox-Fault"]


@schemathesis.auth(refresh_interval=None).apply_to(path_regex="^/v2/fulfillment")
class FulfillmentToken:
    def get(self, case, context):
        return world().token

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


def world():
    global current
    if current is None:
        current = World()
    return current


@schemathesis.hook
def before_call(context, case, kwargs):
    number = next(counter)
    place(case, world(), number)
    if is_positive(case):
        if isinstance(case.body, (dict, list)):
            case.body = with_whole_numbers(case.body)
        fill(case, world(), number)
    wait_briefly(case)


@schemathesis.hook
def after_call(context, case, response):
    global current
    if case.method == "GET" or response.status_code >= 400:
        return
    if case.operation.definition.raw["operationId"] == "create_retailer":
        delete(response.json()["id"])
    elif current:
        delete(current.retailer)
        current = None


def delete(retailer):
    try:
        send("DELETE", f"/_sandbox/retailers/{urllib.parse.quote(retailer, safe='')}")
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise


def is_positive(case):
    return case.meta is None or case.meta.generation.mode.is_positive


def place(case, world, number):
    """Puts what is there in the place of what was made up, in the path and in the credentials."""
    names = {
        "retailer": world.retailer,
        "client_id": world.credentials["client_id"],
        "user_id": ["linked", "johnsmith6000", "not-active"][number % 3],
        "id": "3",
    }
    if case.path.endswith("/instacart_users/{user_id}/authorize"):
        names["user_id"] = "3"
    elif "/faults/" in case.path:
        names["id"] = "slow"
    elif "/requests/" in case.path:
        names["id"] = str(world.latest_request())
    # One in five meets nobody, but for the retailer: what follows it would not be reached.
    if number % 5 == 0:
        names = {"retailer": world.retailer} if number % 2 else {}
    for name in case.path_parameters or {}:
        if name in names:
            case.path_parameters[name] = names[name]


def fill(case, world, number):
    """Puts what a state wants to hear in the place of what was made up, in half of the well-formed requests."""
    if number % 2:
        return
    operation = case.operation.definition.raw["operationId"]
    if operation in ("generate_access_token", "revoke_access_token"):
        case.body.update(world.credentials)
        if "token" in case.body:
            case.body["token"] = world.token
    elif operation == "link_user":
        case.path_parameters["user_id"] = "johnsmith6000"
        case.body["linking_token"] = world.linking_token()
    elif operation == "authorize_instacart_user":
        case.body["redirect_uri"] = REDIRECT_URI
    elif operation in ("authorize", "submit_authorization"):
        case.query.update(client_id=world.credentials["client_id"], redirect_uri=REDIRECT_URI)
        if "sandbox_user" in case.query:
            case.query["sandbox_user"] = "unlinked-member@example.com"


def with_whole_numbers(value):
    """Writes 2.0 as 2: JSON Schema takes both for an integer, the server only what is written as one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [with_whole_numbers(each) for each in value]
    if isinstance(value, dict):
        return {name: with_whole_numbers(each) for name, each in value.items()}
    return value


def wait_briefly(case):
    """Cuts waits for requests that will not come."""
    timeout = re.fullmatch(r"0*([0-9]+)(ms|s)", str((case.query or {}).get("timeout", "5s")))
    if case.path.endswith("/requests/wait") and timeout:
        if int(timeout[1]) * (1 if timeout[2] == "ms" else 1000) in range(20, 60001):
            case.query["timeout"] = "20ms"


@schemathesis.check
def well_formed_is_understood(context, response, case):
    """A request that the schema allows is refused by the state that it meets, not by the form that it has."""
    if response.status_code != 400 or not is_positive(case):
        return
    outcome = response.headers.get("x-sandbox-outcome", [""])[0]
    if outcome:
        explained = BY_STATE.fullmatch(outcome)
        said = f"{outcome}: {response.headers.get('x-sandbox-reason', [''])[0]}"
    else:
        said = response.json()["error"]["message"]
        explained = BY_CONTEXT.search(said)
    if not explained:
        raise Failure(
            operation=case.operation.label,
            title="A well-formed request is not understood",
            message=said,
        )
