"""What shells complete, with the scripts that the command prints for them."""

import shutil
import subprocess

from catalogue import COMMANDS
from harness import check

SHELL_SECONDS = 20

# Calls what `complete` has registered as bash does when a person presses the tabulator after the words.
BASH = r"""
set -e
source "$1"
shift
[[ "$(complete -p "$1")" =~ -F\ ([^ ]+) ]]
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE="$*"
COMP_POINT=${#COMP_LINE}
COMP_TYPE=9
COMP_KEY=9
set +e
"${BASH_REMATCH[1]}" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""


def completing(case, shell):
    """Completes words in a shell that has read the script for it."""
    script = case.world.folder / f"completion.{shell}"
    script.write_bytes(case.done(case.world.run("--generate-completion-script", shell)).raw)
    programs = case.world.folder / "programs"
    programs.mkdir(exist_ok=True)
    program = programs / "connect-sandbox"
    if not program.exists():
        program.symlink_to(case.world.binary)

    def complete(*words):
        words = ["connect-sandbox", *words]
        arguments = {
            "bash": ["bash", "--norc", "--noprofile", "-c", BASH, "bash", str(script), *words],
            "fish": ["fish", "--no-config", "-c", f"source {script}; complete -C '{' '.join(words)}'"],
        }[shell]
        path = f"{programs}:{case.world.environment({}, url=None)['PATH']}"
        done = subprocess.run(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=case.world.folder,
            env=case.world.environment({"PATH": path}, url=None),
            timeout=SHELL_SECONDS,
        )
        case.equal(done.stderr.decode(), "", f"what {shell} complains of, completing {words}")
        # fish shows what each is for, after a tabulator.
        return [line.split("\t")[0] for line in done.stdout.decode().splitlines()]

    return script, complete


@check
def prints_completion_scripts(case):
    """`--generate-completion-script` prints a script for bash, zsh and fish, with every command in it."""
    for shell, start in [("bash", "#!/bin/bash\n"), ("zsh", "#compdef connect-sandbox\n"), ("fish", "function ")]:
        script = case.done(case.world.run("--generate-completion-script", shell)).out
        case.that(script.startswith(start), f"the script for {shell} begins with {script[:40]!r}")
        for word in sorted({command.name.split()[0] for command in COMMANDS} | {"serve", "config", "ready"}):
            case.contains(script, word, f"the script for {shell}")
    case.misused(case.world.run("--generate-completion-script", "nonsense"), "nonsense")
    if shutil.which("zsh"):
        script, _ = completing(case, "zsh")
        done = subprocess.run(["zsh", "-f", "-n", str(script)], stderr=subprocess.PIPE, timeout=SHELL_SECONDS)
        case.equal((done.returncode, done.stderr), (0, b""), "what zsh makes of its script")


@check
def completes_commands_and_options(case):
    """bash, and fish where there is one, complete commands, options and the values that options know."""
    commands = {command.name.split()[0] for command in COMMANDS} | {"serve", "config", "ready", "help"}
    shells = [shell for shell in ["bash", "fish"] if shutil.which(shell)]
    case.contains(shells, "bash", "the shells that there are")
    for shell in shells:
        _, complete = completing(case, shell)
        for words, expected in [
            (["serve", "--log-f"], {"--log-format"}),
            (["serve", "--log-format", ""], {"text", "json"}),
            (["serve", "--log-format", "j"], {"json"}),
            (["config", "--exit-"], {"--exit-after", "--exit-with-parent"}),
            (["serve", "--assume", "names"], {"names-capitalized"}),
            (["re"], {"ready", "retailer", "requests"}),
            (["user", "de"], {"deactivate", "delete"}),
            (["user", "create", "--first"], {"--first-name"}),
        ]:
            case.equal(set(complete(*words)), expected, f"{shell}: {' '.join(words)}")
        found = {word for word in complete("") if not word.startswith("-")}
        case.equal(found, commands, f"{shell}: the commands")
