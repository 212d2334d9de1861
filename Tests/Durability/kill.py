#!/usr/bin/env python3
"""Kills the server under concurrent load, restarts it on the same file and looks for every write it had answered.

Usage: Tests/Durability/kill.py PATH_TO_BINARY [--kills 20]

Needs Python 3.9. A kill passes when every answered write is there and the file is sound; the exit code is 1 where one
fails.
"""

import argparse
import base64
import hashlib
import json
import random
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import Enum
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import List, Optional
from urllib.parse import quote

THREADS = 8
SHOWN_LOSSES = 10
REPLAYED_PER_THREAD = 4
CLIENT = {"client_id": "demo-client", "client_secret": "demo-secret"}
REDIRECT_URI = "https://example.org/account/profile"


class Step(Enum):
    """How far a change to something that exists has come; what was only asked for may have happened or not."""

    NOT_ASKED = 0
    ASKED = 1
    ANSWERED = 2


@dataclass
class Token:
    value: str
    is_linking: bool
    refresh_token: Optional[str] = None
    revoked: Step = Step.NOT_ASKED
    rotated: Step = Step.NOT_ASKED
    # What a refresh gave for it, once its answer came.
    successor: Optional["Token"] = None

    @property
    def ended(self):
        return max(self.revoked, self.rotated, key=lambda step: step.value)


@dataclass
class Code:
    value: str
    verifier: str
    redeemed: Step = Step.NOT_ASKED
    replayed: bool = False
    token: Optional[Token] = None


@dataclass
class InstacartUser:
    id: int
    email: str
    is_member: bool


@dataclass
class ConnectUser:
    user_id: str
    linked: Step = Step.NOT_ASKED
    linked_to: Optional[InstacartUser] = None
    deletion: Step = Step.NOT_ASKED


@dataclass
class Answered:
    """What one thread knows to be written, because it got the answer."""

    tokens: List[Token] = field(default_factory=list)
    codes: List[Code] = field(default_factory=list)
    instacart_users: List[InstacartUser] = field(default_factory=list)
    connect_users: List[ConnectUser] = field(default_factory=list)

    def add(self, other):
        self.tokens += other.tokens
        self.codes += other.codes
        self.instacart_users += other.instacart_users
        self.connect_users += other.connect_users


class Unexpected(Exception):
    pass


class Server:
    """The server under test, started and killed again and again on one file."""

    def __init__(self, binary, folder):
        self.binary = binary
        self.database = folder / "sandbox.sqlite"
        self.port_file = folder / "port"
        self.log = folder / "log"
        self.process = None
        self.port = None

    def start(self):
        self.port_file.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.binary, "--port", "0", "--port-file", self.port_file, "--database", self.database, "--quiet"],
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 20
        while not self.port_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Unexpected(f"the server did not start:\n{self.log_tail()}")
            time.sleep(0.005)
        self.port = int(self.port_file.read_text())

    def kill(self):
        self.process.kill()
        return self.ended(-signal.SIGKILL)

    def stop(self):
        self.process.terminate()
        return self.ended(0)

    def ended(self, expected):
        code = self.process.wait(timeout=20)
        return [] if code == expected else [f"the server ended with {code}, not {expected}:\n{self.log_tail()}"]

    def log_tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])

    def flaws_of_file(self):
        """Reads the file as the killed server left it; a read-only connection leaves its log for the next server."""
        connection = sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True)
        try:
            integrity = connection.execute("PRAGMA integrity_check").fetchall()
            foreign_keys = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.Error as error:
            return [f"the file cannot be read: {error}"]
        finally:
            connection.close()
        flaws = [] if integrity == [("ok",)] else [f"integrity_check: {integrity}"]
        return flaws + ([f"foreign_key_check: {foreign_keys}"] if foreign_keys else [])


class Answer:
    def __init__(self, request, status, outcome, body):
        self.request = request
        self.outcome = outcome
        self.fields = json.loads(body)
        self.text = f"{request} answered {status} {outcome} {body.decode()}"

    def expect(self, *outcomes):
        if self.outcome not in outcomes:
            raise Unexpected(f"{self.text}, not {' or '.join(outcomes)}")
        return self.fields


class Client:
    """One connection that is kept alive, and the requests of a retailer's backend."""

    def __init__(self, port):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=10)
        self.bearer = None

    def close(self):
        self.connection.close()

    def call(self, method, path, body=None, bearer=None):
        headers = {"Content-Type": "application/json"}
        if bearer or self.bearer:
            headers["Authorization"] = f"Bearer {bearer or self.bearer}"
        payload = None if body is None else json.dumps(body).encode()
        self.connection.request(method, path, payload, headers)
        response = self.connection.getresponse()
        answer = response.read()
        return Answer(f"{method} {path}", response.status, response.getheader("X-Sandbox-Outcome"), answer)

    def token(self, grant_type, **parameters):
        return self.call("POST", "/v2/oauth/token", {"grant_type": grant_type, **CLIENT, **parameters})

    def exchange(self, code):
        return self.token(
            "authorization_code", code=code.value, redirect_uri=REDIRECT_URI, code_verifier=code.verifier
        )

    def revoke(self, value):
        return self.call("POST", "/v2/oauth/token/revoke", {**CLIENT, "token": value})

    def link_status(self, user_id, bearer=None):
        return self.call("GET", f"/v2/fulfillment/users/{quote(user_id, safe='')}/link", bearer=bearer)

    def create_instacart_user(self, email, is_member):
        user = {"email": email, "phone": "8005550101", "password": "password", "instacartplus_member": is_member}
        return self.call("POST", "/v2/fulfillment_sandbox/instacart_users", user)

    def authorize(self, instacart_user_id, body):
        return self.call("POST", f"/v2/fulfillment_sandbox/instacart_users/{instacart_user_id}/authorize", body)


class Load(threading.Thread):
    """Writes until the server is gone, and keeps what was answered."""

    def __init__(self, port, is_killed):
        super().__init__()
        self.client = Client(port)
        self.is_killed = is_killed
        self.answered = Answered()
        self.flaw = None

    def run(self):
        try:
            while True:
                random.choice([self.issue_and_revoke, self.create_users, self.link, self.link])()
        except (OSError, HTTPException) as error:
            if not self.is_killed.is_set():
                self.flaw = f"the connection broke before the server was killed: {error!r}"
        except (Unexpected, ValueError, KeyError) as error:
            self.flaw = f"under load: {error!r}"
        finally:
            self.client.close()

    def issue_and_revoke(self):
        token = self.issue()
        if random.random() < 0.5:
            self.revoke(token, token.value)
        else:
            self.client.bearer = token.value

    def create_users(self):
        self.fulfillment()
        self.create_instacart_user()
        user = self.create_connect_user()
        if random.random() < 0.3:
            user.deletion = Step.ASKED
            path = f"/v2/fulfillment/users/{quote(user.user_id, safe='')}/privacy_request"
            self.client.call("POST", path).expect("create_user_deletion_request.success")
            user.deletion = Step.ANSWERED

    def link(self):
        self.fulfillment()
        instacart_user = self.create_instacart_user()
        user = self.create_connect_user()
        token = self.exchange(self.authorize(instacart_user))
        if random.random() < 0.4:
            token = self.refresh(token)
        user.linked_to = instacart_user
        user.linked = Step.ASKED
        path = f"/v2/fulfillment/users/{quote(user.user_id, safe='')}/link"
        self.client.call("POST", path, {"linking_token": token.value}).expect("link_user.success")
        user.linked = Step.ANSWERED
        if random.random() < 0.3:
            self.revoke(token, random.choice([token.value, token.refresh_token]))
        elif random.random() < 0.3:
            self.refresh(token)

    def fulfillment(self):
        if self.client.bearer is None:
            self.client.bearer = self.issue().value

    def issue(self):
        answer = self.client.token("client_credentials", scope="connect:fulfillment")
        token = Token(answer.expect("generate_access_token.success")["access_token"], is_linking=False)
        self.answered.tokens.append(token)
        return token

    def revoke(self, token, value):
        token.revoked = Step.ASKED
        self.client.revoke(value).expect("revoke_access_token.success")
        token.revoked = Step.ANSWERED

    def create_instacart_user(self):
        email, is_member = f"{secrets.token_hex(12)}@example.com", random.random() < 0.5
        fields = self.client.create_instacart_user(email, is_member).expect("create_instacart_user.success")
        user = InstacartUser(fields["id"], email, is_member)
        self.answered.instacart_users.append(user)
        return user

    def create_connect_user(self):
        user = ConnectUser(f"{secrets.token_hex(12)}@example.com")
        body = {"user_id": user.user_id, "first_name": "Jane", "last_name": "Doe"}
        self.client.call("POST", "/v2/fulfillment/users", body).expect("create_user.success")
        self.answered.connect_users.append(user)
        return user

    def authorize(self, instacart_user):
        verifier = secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        body = {
            "redirect_uri": REDIRECT_URI,
            "scope": "account_linking",
            "code_challenge_method": "S256",
            "code_challenge": challenge,
        }
        fields = self.client.authorize(instacart_user.id, body).expect("authorize_instacart_user.success")
        code = Code(fields["code"], verifier)
        self.answered.codes.append(code)
        return code

    def exchange(self, code):
        code.redeemed = Step.ASKED
        code.token = self.linking_token(self.client.exchange(code))
        code.redeemed = Step.ANSWERED
        return code.token

    def refresh(self, token):
        token.rotated = Step.ASKED
        token.successor = self.linking_token(self.client.token("refresh_token", refresh_token=token.refresh_token))
        token.rotated = Step.ANSWERED
        return token.successor

    def linking_token(self, answer):
        fields = answer.expect("generate_access_token.success")
        token = Token(fields["access_token"], is_linking=True, refresh_token=fields["refresh_token"])
        self.answered.tokens.append(token)
        return token


class Verification:
    """Asks a restarted server for everything that one thread was answered.

    Nothing that it asks for changes anything, but for codes: it redeems those that were not, and replays a few.
    """

    def __init__(self, port, answered, redeems_codes):
        self.client = Client(port)
        self.answered = answered
        self.redeems_codes = redeems_codes
        self.checked = Counter()
        self.losses = []

    def run(self):
        try:
            answer = self.client.token("client_credentials", scope="connect:fulfillment")
            self.client.bearer = answer.expect("generate_access_token.success")["access_token"]
            for token in self.answered.tokens:
                self.check_token(token)
            for user in self.answered.instacart_users:
                self.check_instacart_user(user)
            for user in self.answered.connect_users:
                self.check_connect_user(user)
            if self.redeems_codes:
                self.check_codes()
        except (OSError, HTTPException, Unexpected, ValueError) as error:
            self.losses.append(f"the restarted server failed: {error!r}")
        finally:
            self.client.close()
        return self

    def check(self, what, answer, *expected):
        """Counts an answered write, once, as kept or as lost."""
        self.checked[what] += 1
        if answer.outcome not in expected:
            self.losses.append(f"{what}: {answer.text}, not {' or '.join(expected)}")

    def check_token(self, token):
        # A live linking token is refused for its scope, which an unknown or an ended one never comes to.
        live = "any.insufficient_scope" if token.is_linking else "get_user_link.user_not_found"
        answer = self.client.link_status("nobody", bearer=token.value)
        ended = token.ended
        if ended is Step.ASKED:
            self.check("tokens issued", answer, live, "any.revoked_token")
            return
        self.check("tokens issued", answer, live if ended is Step.NOT_ASKED else "any.revoked_token")
        if token.revoked is Step.ANSWERED:
            self.checked["tokens revoked"] += 1
        if ended is Step.ANSWERED and token.refresh_token:
            answer = self.client.token("refresh_token", refresh_token=token.refresh_token)
            what = "tokens refreshed" if token.rotated is Step.ANSWERED else "refresh tokens revoked"
            self.check(what, answer, "generate_access_token.invalid_grant_refresh_token")

    def check_instacart_user(self, user):
        answer = self.client.create_instacart_user(user.email.upper(), user.is_member)
        self.check("Instacart users created", answer, "create_instacart_user.email_taken")
        answer = self.client.authorize(user.id, {})
        if answer.outcome != "authorize_instacart_user.multiple_errors":
            self.losses.append(f"Instacart user {user.id}: {answer.text}")

    def check_connect_user(self, user):
        answer = self.client.link_status(user.user_id)
        linked = "get_user_link.success"
        if user.linked_to and not user.linked_to.is_member:
            linked = "get_user_link.success_not_a_member"
        if user.deletion is not Step.NOT_ASKED:
            expected = ["get_user_link.user_not_active"]
            expected += ["get_user_link.user_not_linked"] if user.deletion is Step.ASKED else []
        elif user.linked is Step.ASKED:
            expected = [linked, "get_user_link.user_not_linked"]
        else:
            expected = [linked if user.linked is Step.ANSWERED else "get_user_link.user_not_linked"]
        self.check("Connect users created", answer, *expected)
        self.checked["users linked"] += user.linked is Step.ANSWERED
        self.checked["deletions requested"] += user.deletion is Step.ANSWERED

    def check_codes(self):
        """Comes last: a replay revokes what the code had issued."""
        redeemed = []
        for code in self.answered.codes:
            if code.redeemed is Step.NOT_ASKED:
                answer = self.client.exchange(code)
                self.check("codes issued", answer, "generate_access_token.success")
                code.redeemed = Step.ANSWERED
                if answer.outcome == "generate_access_token.success":
                    code.token = Token(answer.fields["access_token"], True, answer.fields["refresh_token"])
                    self.answered.tokens.append(code.token)
            elif code.redeemed is Step.ASKED:
                # Not used up, or used up by an answer that was lost.
                self.replay("codes issued", code, "generate_access_token.success")
            else:
                redeemed.append(code)
        for code in random.sample(redeemed, min(REPLAYED_PER_THREAD, len(redeemed))):
            self.replay("codes redeemed, replayed now", code)

    def replay(self, what, code, *also):
        self.check(what, self.client.exchange(code), "generate_access_token.invalid_grant_replayed", *also)
        code.redeemed = Step.ANSWERED
        token = code.token
        while token:
            token.revoked = Step.ANSWERED
            answer = self.client.link_status("nobody", bearer=token.value)
            self.check("tokens revoked by the replay", answer, "any.revoked_token")
            token = token.successor


def verify(server, answered, redeems_codes, checked):
    with ThreadPoolExecutor(THREADS) as pool:
        verifications = [Verification(server.port, each, redeems_codes) for each in answered]
        losses = []
        for verification in pool.map(Verification.run, verifications):
            checked += verification.checked
            losses += verification.losses
        return losses


def load_and_kill(server):
    is_killed = threading.Event()
    threads = [Load(server.port, is_killed) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    time.sleep(random.uniform(0.1, 0.5))
    is_killed.set()
    losses = server.kill()
    for thread in threads:
        thread.join()
    return [thread.answered for thread in threads], losses + [thread.flaw for thread in threads if thread.flaw]


def report(losses):
    for loss in losses[:SHOWN_LOSSES]:
        print(f"  {loss}")
    if len(losses) > SHOWN_LOSSES:
        print(f"  and {len(losses) - SHOWN_LOSSES} more")


def run(server, kills):
    started = time.monotonic()
    checked, again = Counter(), Counter()
    failed = 0
    kept = [Answered() for _ in range(THREADS)]
    server.start()
    for number in range(1, kills + 1):
        before = sum(checked.values())
        answered, losses = load_and_kill(server)
        losses += server.flaws_of_file()
        server.start()
        losses += verify(server, answered, True, checked)
        for mine, new in zip(kept, answered):
            mine.add(new)
        failed += bool(losses)
        print(f"kill {number}: {'FAILED' if losses else 'ok'}, {sum(checked.values()) - before} answered writes checked")
        report(losses)
    # What one kill spared, a later one may not.
    losses = verify(server, kept, False, again) + server.stop() + server.flaws_of_file()
    print(f"after the last kill: {'FAILED' if losses else 'ok'}, {sum(again.values())} checked again, stopped by SIGTERM")
    report(losses)

    print(f"{sum(checked.values())} answered writes checked in {time.monotonic() - started:.0f} s:")
    for what, count in sorted(checked.items()):
        print(f"  {count:6} {what}")
    print(f"{kills - failed} passed, {failed} failed")
    return failed == 0 and not losses


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="connect-sandbox-kill-"))
    server = Server(arguments.binary.resolve(), folder)
    try:
        is_good = run(server, arguments.kills)
    except Unexpected as error:
        sys.exit(str(error))
    finally:
        if server.process and server.process.poll() is None:
            server.kill()
        shutil.rmtree(folder)
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
