"""Writes the manual page, in mdoc, from what the program says of itself.

`help` gives the commands, the words, the errors, the socket types and the lists; `--experimental-dump-help`
the subcommands and their options. What neither tells, `manual.mdoc` beside this file holds: it has the page's
own prose, and a line `@commands` and the like where rows go.
"""

import errno
import itertools
import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

program = sys.argv[1]
template = Path(__file__).with_name("manual.mdoc")


def run(*words):
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=20)


def help_lines(topic=""):
    result = run("-c", f"help {topic}".strip())
    if result.returncode != 0:
        sys.exit(f"`help {topic}` failed:\n{result.stderr}")
    return result.stdout.splitlines()


# --- text into mdoc ------------------------------------------------------------------------------


def plain(text):
    """Text that mdoc shows as it stands."""
    text = text.replace("\\", "\\e").replace("…", "...")
    return "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in text)


def literal(text):
    """Text that can be pasted back: groff makes typographic signs of these."""
    text = plain(text)
    for sign, name in {"'": "\\(aq", "`": "\\(ga", "-": "\\-", "^": "\\(ha", "~": "\\(ti"}.items():
        text = text.replace(sign, name)
    return text


def argument(text):
    """One argument of a macro: without quotes around it, mdoc would read macros in it."""
    return '"' + text.replace('"', "\\(dq") + '"'


def prose(text):
    """Sentences, each on a line of its own as mdoc wants it; what stands in `…` is literal."""
    lines = []
    for index, piece in enumerate(re.split(r"`([^`]*)`", text)):
        if index % 2:
            # Punctuation belongs on the macro's line, or a blank would come before it.
            lines.append(f".Ql {argument(literal(piece))}")
            continue
        glued = re.match(r"[.,;:)]+", piece)
        if glued and lines and lines[-1].startswith(".Ql"):
            lines[-1] += "".join(f" {sign}" for sign in glued.group())
            piece = piece[glued.end() :]
        before = None
        if piece.endswith("("):
            before, piece = "(", piece[:-1]
        for sentence in re.split(r"(?<=[.:;]) +", piece.strip()):
            if sentence:
                lines += textwrap.wrap(plain(sentence), 78, break_on_hyphens=False)
        if before:
            lines.append(plain(before) + "\\c")
    return [("\\&" + line if line[:1] in ".'" and not re.match(r"\.[A-Z]", line) else line) for line in lines]


def synopsis(line):
    """A form such as `send WORD...`: words in capitals are arguments."""
    parts = re.split(r"(\b[A-Z]{2,}\b|\bN\b)", line)
    marked = [f"\\fI{part}\\fR" if index % 2 else literal(part) for index, part in enumerate(parts)]
    return argument("".join(marked))


# --- what the program says -----------------------------------------------------------------------


class Page:
    """`help TOPIC`, taken apart."""

    def __init__(self, topic):
        lines = help_lines(topic)
        blank = lines.index("")
        # What follows the example is a list, which the manual has in a section of its own.
        (last,) = [index for index, line in enumerate(lines) if line.startswith("Example: ")]
        lines = lines[: last + 1]
        self.on_socket = any(line.startswith(f"NAME {topic} …") for line in lines[:blank])
        self.synopsis = [line for line in lines[:blank] if not line.startswith(f"NAME {topic} …")]
        self.example = lines[-1].removeprefix("Example: ")
        paragraphs = "\n".join(lines[blank + 1 : -1]).strip("\n").split("\n\n")
        self.summary = paragraphs[0].strip()
        self.details = " ".join(" ".join(paragraphs[1:]).split())


def overview():
    """The rows of `help`: the commands, then the words of the language."""
    sections, names = {}, None
    for line in help_lines():
        if line.endswith(":") and not line.startswith(" "):
            names = sections.setdefault(line[:-1], [])
        elif line.startswith("  ") and names is not None:
            names.append(line.split()[0])
        elif not line:
            names = None
    return sections["Commands"], sections["Words of the language"]


def rows_of_pages(topics):
    out = [".Bl -tag -width Ds"]
    for topic in topics:
        page = Page(topic)
        forms = [("[NAME] " if page.on_socket else "") + form for form in page.synopsis]
        out.append(f".It {synopsis(forms[0])}")
        # Further forms stand above the text, as terms without text of their own.
        for form in forms[1:]:
            out.append(f".It {synopsis(form)}")
        summary = page.summary[0].upper() + page.summary[1:]
        out += prose(summary + ("" if summary.endswith((".", "…")) else "."))
        if page.details:
            out += prose(page.details)
        out += [".Pp", f".Dl {argument(literal(page.example))}"]
    return out + [".El"]


def subcommand(name):
    tree = json.loads(run("--experimental-dump-help").stdout)
    return next(command for command in tree["command"]["subcommands"] if command["commandName"] == name)


def options_of(command):
    """The options of a subcommand; those of `run` are the shell's too."""
    out = [".Bl -tag -width Ds"]
    for option in command["arguments"]:
        # ArgumentParser adds these to every command.
        is_common = any(name["name"] in ("help", "version") for name in option.get("names", []))
        if option["kind"] == "positional" or not option["shouldDisplay"] or is_common:
            continue
        names = []
        for name in option["names"]:
            flag = name["name"] if name["kind"] == "short" else f"\\-{name['name']}"
            value = f" Ar {option['valueName']}" if option["kind"] == "option" else ""
            names.append(f"Fl {flag}{value}")
        out.append(".It " + " , ".join(names))
        text = option["abstract"]
        if "defaultValue" in option:
            text += f" It is {option['defaultValue']} unless given."
        out += prose(text)
    return out + [".El"]


def page_of_subcommand(name):
    command = subcommand(name)
    return prose(command["abstract"]) + prose(command["discussion"]) + options_of(command)


def errors():
    out = [".Bl -tag -width EHOSTUNREACH"]
    # The program does not list them; those that it has advice on have a page of more than a line.
    for name in sorted({*errno.errorcode.values(), "EFSM", "ENOCOMPATPROTO", "ETERM", "EMTHREAD"}):
        result = run("-c", f"help {name}")
        head, *lines = result.stdout.splitlines() or [""]
        if not lines:
            continue
        out.append(f".It Er {name}")
        out += prose(head.split(": ", 1)[1] + ".")
        for line in filter(None, lines):
            out += prose(line.strip())
    return out + [".El"]


def socket_types():
    (line,) = [line for line in help_lines() if line.startswith("Socket types: ")]
    out = [".Bl -tag -width stream"]
    for name in line.removeprefix("Socket types: ").split():
        first, second, *_ = help_lines(name)
        out.append(f".It {name}")
        out += prose(first)
        if not second.startswith("It talks to ."):
            out += prose(second)
    return out + [".El"]


def rows_of_list(topic):
    """A list that `help` shows: what there is, a line on it, and sometimes an example."""
    out = [".Bl -tag -width Ds -compact"]
    # What follows the list is not of it.
    for line in itertools.takewhile(str.strip, help_lines(topic)):
        name, summary, *example = re.split(r" {2,}", line.strip())
        out.append(f".It Li {argument(literal(name))}")
        out += prose(summary + "".join(f": `{text}`" for text in example))
    return out + [".El"]


# --- the page ------------------------------------------------------------------------------------


def main():
    text = template.read_text()
    commands, words = overview()
    rows = {
        "@commands": lambda: rows_of_pages(commands),
        "@words": lambda: rows_of_pages(words),
        "@options": lambda: options_of(subcommand("run")),
        "@test": lambda: page_of_subcommand("test"),
        "@check": lambda: page_of_subcommand("check"),
        "@fmt": lambda: page_of_subcommand("fmt"),
        "@probe": lambda: page_of_subcommand("probe"),
        "@keygen": lambda: page_of_subcommand("keygen"),
        "@errors": errors,
        "@types": socket_types,
        "@socketoptions": lambda: rows_of_list("options"),
        "@encodings": lambda: rows_of_list("encodings"),
        "@functions": lambda: rows_of_list("functions"),
        "@matchers": lambda: rows_of_list("matchers"),
        "@properties": lambda: rows_of_list("properties"),
        "@views": lambda: rows_of_list("views"),
        "@version": lambda: [f"This page is of version {run('--version').stdout.split()[1]}."],
    }
    out = []
    for line in text.splitlines():
        out += rows.pop(line)() if line in rows else [line]
    if rows:
        sys.exit(f"manual.mdoc has no line for {', '.join(rows)}")
    print("\n".join(out))


main()
