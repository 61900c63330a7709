"""The man page and the shells' completions, made from what argparse knows.

python packaging/linux/command_line.py FOLDER
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bsr import __version__
from bsr.cli import COMMANDS, build_parser

# Where each shell looks, below /usr/share.
PLACES = {
    "bash": "bash-completion/completions/bsr",
    "fish": "fish/vendor_completions.d/bsr.fish",
    "zsh": "zsh/vendor-completions/_bsr",
}


@dataclass(frozen=True)
class Command:
    """A command, or an action of one.

    Attributes:
        words: what is typed, e.g. ("models", "verify"); empty for the program itself.
        summary: a line.
        parser: knows its options.
        children: its actions by name, with their lines.
    """

    words: tuple[str, ...]
    summary: str
    parser: argparse.ArgumentParser
    children: dict[str, str]

    @property
    def options(self) -> list[argparse.Action]:
        """What begins with a dash, but --help."""
        return [
            action
            for action in self.parser._actions
            if action.option_strings and "--help" not in action.option_strings
        ]


def commands() -> list[Command]:
    """Return the program, its commands and their actions."""
    return list(_walk((), "", build_parser(list(COMMANDS))))


def _walk(
    words: tuple[str, ...], summary: str, parser: argparse.ArgumentParser
) -> Iterator[Command]:
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    lines = {choice.dest: choice.help or "" for g in groups for choice in g._choices_actions}
    yield Command(words, summary, parser, lines)
    for group in groups:
        for name, child in group.choices.items():
            yield from _walk((*words, name), lines[name], child)


def man_page() -> str:
    """Return bsr(1) as troff."""
    parts = [
        f'.TH BSR 1 "" "BSR {__version__}" "User Commands"',
        ".SH NAME\nbsr, bsr-app \\- enlarge pictures on the processor alone",
        ".SH SYNOPSIS\n.B bsr\n.I COMMAND\n[\\fIOPTION\\fR ...] ...\n.br\n"
        ".B bsr-app\n[\\fB\\-\\-version\\fR] [\\fIFILE\\fR ...]",
        ".SH DESCRIPTION\n.B bsr\nenlarges pictures with a binarized neural network.  Nothing that "
        "exists is overwritten\nunless it is asked for.\n.B bsr-app\nopens the window.",
        f".SH OPTIONS\n{_man_arguments(commands()[0])}",
        ".SH COMMANDS",
    ]
    parts += [_man_section(command) for command in commands() if command.words]
    parts += [
        ".SH EXIT STATUS\n.TP\n.B 0\nAll was done.\n.TP\n.B 1\nSome file failed.\n"
        ".TP\n.B 2\nThe command line was wrong.\n.TP\n.B 130\nInterrupted.",
        ".SH ENVIRONMENT\n.TP\n.B NUMBA_CACHE_DIR\nWhere the compiled kernels are kept.",
        ".SH FILES\n.TP\n.I ~/.cache/bsr\nCompiled kernels, which can be made again, and results "
        "that are not saved yet.\n"
        ".TP\n.I ~/.local/share/bsr/models\nModels that you imported.",
    ]
    return "\n".join(parts) + "\n"


def _man_section(command: Command) -> str:
    head = f".SS bsr {' '.join(command.words)}\n{_troff(command.summary.capitalize())}."
    return f"{head}\n{_man_arguments(command)}".rstrip("\n")


def _man_arguments(command: Command) -> str:
    lines = []
    for action in command.parser._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        if isinstance(action, argparse._SubParsersAction) and not action.help:
            continue
        names = ", ".join(f"\\fB{_troff(name)}\\fR" for name in action.option_strings)
        value = _troff(_value(action))
        head = f"{names} \\fI{value}\\fR" if names and value else names or f"\\fI{value}\\fR"
        lines += [".TP", head, _troff(_help(action))]
    return "\n".join(lines)


def _value(action: argparse.Action) -> str:
    """Return what stands for an action's value; "" where it takes none."""
    if action.nargs == 0:
        return ""
    if action.choices is not None:
        return "|".join(map(str, action.choices))
    value = action.metavar or action.dest.upper()
    return f"{value} ..." if action.nargs in ("*", "+") else str(value)


def _help(action: argparse.Action) -> str:
    return (action.help or "") % {"prog": "bsr", "default": action.default}


def _troff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def bash() -> str:
    """Return the completion for bash."""
    cases = []
    for command in commands():
        names = " ".join(name for option in command.options for name in option.option_strings)
        words = " ".join([*command.children, names, "--help"])
        cases.append(f'        "{" ".join(command.words)}") words="{words}" ;;')
    values = [
        f'        "{" ".join([*command.words, name])}") COMPREPLY=($(compgen -W '
        f'"{" ".join(map(str, option.choices))}" -- "$current")); return ;;'
        for command in commands()
        for option in command.options
        for name in option.option_strings
        if option.choices
    ]
    lines = [
        "# bash completion for bsr",
        "_bsr() {",
        '    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"',
        '    local path="" word words=""',
        '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f'        case "$path $word" in {_bash_paths()}) path="${{path:+$path }}$word" ;; esac',
        "    done",
        '    case "$path $previous" in',
        *values,
        "    esac",
        '    case "$path" in',
        *cases,
        "    esac",
        '    COMPREPLY=($(compgen -W "$words" -- "$current"))',
        "    if [[ $current != -* && -n $path ]]; then",
        '        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current")',
        "    fi",
        "}",
        "complete -o filenames -o bashdefault -F _bsr bsr",
    ]
    return "\n".join(lines) + "\n"


def _bash_paths() -> str:
    """Return the patterns of "words so far, next word" that lead to a command."""
    paths = [c.words for c in commands() if c.words]
    return "|".join(f'"{" ".join(words[:-1])} {words[-1]}"' for words in paths)


def fish() -> str:
    """Return the completion for fish."""
    lines = ["# fish completion for bsr"]
    for command in commands():
        here = (
            "; and ".join(f"__fish_seen_subcommand_from {word}" for word in command.words)
            or "__fish_use_subcommand"
        )
        for name, summary in command.children.items():
            lines.append(f"complete -c bsr -n '{here}' -a {name} -d {_quoted(summary)}")
        for option in command.options:
            parts = [f"complete -c bsr -n '{here}'"]
            for name in option.option_strings:
                parts.append(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}")
            if option.choices:
                parts.append(f"-x -a '{' '.join(map(str, option.choices))}'")
            elif option.nargs != 0:
                parts.append("-r")
            lines.append(" ".join([*parts, "-d", _quoted(_help(option))]))
    return "\n".join(lines) + "\n"


def zsh() -> str:
    """Return the completion for zsh."""
    lines = ["#compdef bsr", "", "_bsr() {", "  local context state state_descr line",
             "  typeset -A opt_args", "  case $words[2] in"]  # fmt: skip
    for command in commands():
        if len(command.words) == 1:
            name = command.words[0]
            actions = [*command.children]
            rest = f"'*:action or file:_alternative \"actions:action:({' '.join(actions)})\" " \
                   "\"files:file:_files\"'" if actions else "'*:file:_files'"  # fmt: skip
            specs = " \\\n        ".join([*map(_zsh_option, command.options), rest])
            lines += [
                f"    {name})",
                f"      shift words; (( CURRENT-- ))\n      _arguments -s \\\n        {specs} ;;",
            ]
    top = commands()[0]
    described = " ".join(_quoted(f"{name}:{text}") for name, text in top.children.items())
    lines += ["    *)", f"      local -a known; known=({described})",
              "      _describe command known -- && return",
              "      _arguments '--version[version]' ;;",
              "  esac", "}", "", '_bsr "$@"']  # fmt: skip
    return "\n".join(lines) + "\n"


def _zsh_option(option: argparse.Action) -> str:
    names = option.option_strings
    text = _help(option).replace("[", "(").replace("]", ")").replace(":", " ")
    value = ""
    if option.choices:
        value = f":{option.dest}:({' '.join(map(str, option.choices))})"
    elif option.nargs != 0:
        value = f":{option.dest}:_files"
    if len(names) == 1:
        return _quoted(f"{names[0]}[{text}]{value}")
    exclusive = _quoted(f"({' '.join(names)})")
    return f"{exclusive}{{{','.join(names)}}}{_quoted(f'[{text}]{value}')}"


def _quoted(text: str) -> str:
    """Return a word for a shell."""
    return "'" + text.replace("'", "’") + "'"


def write(share: Path) -> None:
    """Write all into a folder that becomes /usr/share."""
    texts = {"man/man1/bsr.1": man_page(), "man/man1/bsr-app.1": ".so man1/bsr.1\n"}
    texts |= {PLACES["bash"]: bash(), PLACES["fish"]: fish(), PLACES["zsh"]: zsh()}
    for name, text in texts.items():
        file = share / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
