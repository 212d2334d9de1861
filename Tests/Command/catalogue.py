"""Every command, the fewest arguments that it can be called with, and its options."""

from dataclasses import dataclass, field
from typing import FrozenSet, List

CONNECTION = frozenset({"--url", "--control-token", "--json"})
RETAILER = CONNECTION | {"--retailer"}
STATE = RETAILER | {"--all"}
MEMBERSHIP = frozenset({"--member", "--no-member", "--expires-in", "--expired-at"})
FILTER = frozenset({"--endpoint", "--outcome", "--status", "--method", "--path", "--since"})
FAULT = frozenset(
    "--endpoint --path --method --outcome --status --wire --latency --nth --times --always --probability --seed".split()
)


@dataclass(frozen=True)
class Command:
    name: str
    options: FrozenSet[str]
    arguments: List[str] = field(default_factory=list)
    # Whether it answers with nothing but a sentence.
    is_silent: bool = False

    @property
    def words(self):
        return [*self.name.split(), *self.arguments]

    @property
    def is_about_a_retailer(self):
        return "--retailer" in self.options


READY = Command("ready", frozenset({"--wait", "--timeout", "--url"}))

# Those that ask the control API.
COMMANDS = [
    Command("info", CONNECTION),
    Command("link", RETAILER | MEMBERSHIP | {"--instacart-user", "--email"}),
    Command("retailer list", CONNECTION),
    Command("retailer create", CONNECTION),
    Command("retailer show", CONNECTION, ["somebody"]),
    Command("retailer delete", CONNECTION, ["somebody"], is_silent=True),
    Command("application list", RETAILER),
    Command(
        "application create",
        RETAILER | {"--redirect-uri", "--client-id", "--client-secret", "--name", "--scope"},
        ["--redirect-uri", "https://example.org/"],
    ),
    Command("application show", RETAILER, ["somebody"]),
    Command("application clone", RETAILER | {"--client-id", "--client-secret", "--name"}, ["somebody"]),
    Command("application enable", RETAILER, ["somebody"]),
    Command("application disable", RETAILER, ["somebody"]),
    Command("application rotate-secret", RETAILER, ["somebody"]),
    Command("application set", RETAILER | {"--name", "--scope", "--redirect-uri"}, ["somebody", "--name", "Name"]),
    Command("application delete", RETAILER, ["somebody"], is_silent=True),
    Command("user list", RETAILER),
    Command("user create", RETAILER | {"--first-name", "--last-name", "--phone-number", "--locale"}),
    Command("user show", RETAILER, ["somebody"]),
    Command("user deactivate", RETAILER, ["somebody"]),
    Command("user reactivate", RETAILER, ["somebody"]),
    Command("user delete", RETAILER, ["somebody"], is_silent=True),
    Command("user unlink", RETAILER, ["somebody"], is_silent=True),
    Command("instacart-user list", RETAILER),
    Command("instacart-user create", RETAILER | MEMBERSHIP | {"--email", "--phone", "--password"}),
    Command("instacart-user show", RETAILER, ["1"]),
    Command("instacart-user membership", RETAILER | MEMBERSHIP, ["1", "--member"]),
    Command("instacart-user delete", RETAILER, ["1"], is_silent=True),
    Command("state export", STATE | {"--tokens"}),
    Command("state import", STATE | {"--tokens"}, ["grocer.yaml"]),
    Command("state reset", STATE | {"--revoke-tokens"}),
    Command("clock show", RETAILER),
    Command("clock set", RETAILER, ["now"]),
    Command("clock advance", RETAILER, ["PT1H"]),
    Command("clock freeze", RETAILER),
    Command("clock resume", RETAILER),
    Command("fault list", RETAILER),
    Command("fault add", RETAILER | FAULT, ["--status", "503"]),
    Command("fault show", RETAILER, ["somebody"]),
    Command("fault delete", RETAILER, ["somebody"], is_silent=True),
    Command("fault clear", RETAILER, is_silent=True),
    Command("requests list", STATE | FILTER | {"--follow", "--before", "--limit"}),
    Command("requests show", STATE, ["1"]),
    Command("requests count", STATE | FILTER),
    Command("requests wait", STATE | FILTER | {"--count", "--timeout"}),
    Command("requests clear", STATE, is_silent=True),
    Command("contract", CONNECTION),
]

# Groups of which one command is meant where none is named: alone, they do what it does.
DEFAULTS = {"requests": "list"}

SERVE = Command(
    "serve",
    frozenset(
        "--host --port --port-file --public-url --database --state --client-id --client-secret --redirect-uri --relax "
        "--assume --code-lifetime --token-lifetime --rate-limit --seed --allow-host --control-token --cors-origin "
        "--authorize-path --auto-approve --no-scripted-consent --no-fault-header --journal-count --journal-bytes "
        "--config --exit-after --exit-with-parent --quiet --log-level --log-format".split()
    ),
)

# It asks no server.
CONFIG = Command("config", SERVE.options | {"--json"})
