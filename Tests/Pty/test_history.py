"""The history as its user meets it: over sessions and shells, in its command, in what goes wrong."""

import re
import stat

from harness.terminal import CTRL_D, CTRL_R, ENTER, UP

NONE = "zsh-mq> "


def file(folder):
    return folder / "state" / "zsh-mq" / "history"


def test_the_first_start_says_in_three_lines_what_to_type(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    assert len(shell.text.splitlines()) == 4, shell.dump()
    assert "bind rep 5546" in shell.lines[1] and "help" in shell.lines[2]
    assert all(len(line) < 80 for line in shell.lines)
    shell.enter("let x = 1", NONE)
    shell.send(CTRL_D)
    assert shell.wait_exit() == 0
    shell = terminal()
    shell.wait_prompt(NONE)
    assert len(shell.text.splitlines()) == 2, shell.dump()


def test_what_the_first_start_says_works(terminal, port):
    shell = terminal()
    shell.wait_prompt(NONE)
    statements = re.findall("`([^`]*)`", shell.lines[1] + shell.lines[2])
    assert len(statements) == 7 and statements.pop() == "help patterns"
    for statement in statements:
        shell.enter(statement.replace("5546", str(port)))
        shell.wait_until(lambda: shell.line.endswith("> "), "the prompt")
    assert "error" not in shell.text and "\nHello\n" in shell.text and "\nWorld\n" in shell.text


def test_the_command_shows_the_last_ones_and_those_of_other_shells(terminal):
    one, two = terminal(), terminal()
    for shell in (one, two):
        shell.wait_prompt(NONE)
    one.enter("repeat 2 {", "  ")
    one.enter("print one }", NONE)
    two.enter("print two", NONE)
    one.enter("history", NONE)
    one.wait_for("1  repeat 2 {\n     print one }\n2  print two\n3  history\n")
    one.enter("history 1", NONE)
    one.wait_for("zsh-mq> history 1\n4  history 1\n")
    # What others typed is found by the keys, too.
    one.send("print t" + UP)
    one.wait_prompt(NONE, "print two")
    one.send(ENTER)
    one.wait_for("two\n")


def test_the_output_of_the_command_is_piped_as_any(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print one", NONE)
    shell.enter("history | wc -l", NONE)
    shell.wait_for(re.compile(r"^2$", re.MULTILINE))


def test_clear_forgets_all(terminal, folder):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print one", NONE)
    shell.enter("history clear", NONE)
    assert file(folder).read_text() == ""
    assert stat.S_IMODE(file(folder).stat().st_mode) == 0o600
    shell.send("pr" + UP)
    shell.send("int two")
    shell.wait_prompt(NONE, "print two")


def test_clear_says_what_is_in_its_way(terminal, folder):
    (folder / "state").write_text("in the way")
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("history clear", NONE)
    shell.wait_for("error: the history is not forgotten: ")


def test_a_search_finds_a_block_and_runs_it(terminal):
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("repeat 2 {", "  ")
    shell.enter("print found", "  ")
    shell.enter("}", NONE)
    shell.enter("let x = 1", NONE)
    shell.send(CTRL_R)
    shell.wait_for("bck:")
    shell.send("found")
    shell.wait_for(re.compile("repeat 2 {\n  print found\n}\nbck:found"))
    shell.send(ENTER)
    shell.wait_until(lambda: shell.lines.count("found") == 4, "the block to run again")
    shell.wait_prompt(NONE)


def test_entries_are_not_more_than_their_bound(terminal, folder):
    file(folder).parent.mkdir(parents=True)
    file(folder).write_text("".join(f"print {number}\n" for number in range(13_000)))
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("print last", NONE)
    lines = file(folder).read_text().splitlines()
    assert len(lines) == 10_000 and lines[-1] == "print last" and lines[0] == "print 3001"
