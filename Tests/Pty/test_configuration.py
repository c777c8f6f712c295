"""The rc file and the aliases in it."""

import pytest

from harness.terminal import CTRL_C

NONE = "zsh-mq> "


@pytest.fixture
def rc(folder):
    """Writes the rc file."""
    path = folder / "config" / "zsh-mq" / "rc.zs"
    path.parent.mkdir(parents=True)
    return path


def test_it_is_read_before_the_first_prompt(terminal, rc, port):
    rc.write_text(f"alias hw = 'bind rep {port} as hw'\nlet name = 'rc'\ndef greet x {{ print Hello $x }}\n")
    shell = terminal()
    shell.wait_prompt(NONE)
    shell.enter("greet \"from $name\"", NONE)
    shell.wait_for("\nHello from rc\n")
    shell.enter("hw linger=0", "hw awaiting request, no peer> ")
    shell.enter("alias", "hw awaiting request, no peer> ")
    shell.wait_for(f"\nalias hw = 'bind rep {port} as hw'\n")


def test_an_error_in_it_has_its_place_and_the_prompt_comes(terminal, rc):
    for text, place, told in (("print ok\nsnd x\n", "rc.zs:2:1", "unknown command"), ("let x = 1 / 0", "rc.zs:1:", "division")):
        rc.write_text(text)
        shell = terminal(columns=200)
        shell.wait_prompt(NONE)
        assert place in shell.text and told in shell.text
        shell.enter("print alive", NONE)


def test_ctrl_c_ends_it_and_the_prompt_comes(terminal, rc):
    rc.write_text("print reading\nsleep 1h\n")
    shell = terminal()
    shell.wait_for("reading")
    shell.send(CTRL_C)
    shell.wait_prompt(NONE)
    shell.enter("print alive", NONE)


def test_exit_in_it_ends_the_shell(terminal, rc):
    rc.write_text("exit 7\n")
    assert terminal().wait_exit() == 7


def test_it_may_be_another_or_none(terminal, rc, folder):
    rc.write_text("print usual\n")
    (folder / "other.zs").write_text("print other\n")
    for arguments, seen, unseen in ((("--no-rc",), None, "usual"), (("--rc", "other.zs"), "other", "usual")):
        shell = terminal(*arguments)
        shell.wait_prompt(NONE)
        assert unseen not in shell.lines and (seen is None or seen in shell.lines)


def test_a_chosen_one_has_to_be_there(terminal, rc):
    shell = terminal("--rc", "none.zs")
    shell.wait_prompt(NONE)
    assert "error: cannot read 'none.zs': No such file or directory (ENOENT)" in shell.text


def test_one_that_cannot_be_read_is_told(terminal, rc):
    rc.mkdir()
    shell = terminal(columns=200)
    shell.wait_prompt(NONE)
    assert "(EISDIR)" in shell.text


@pytest.mark.parametrize("arguments", [("-c",), ("run", "-c")])
def test_no_script_reads_it(spawn, binary, rc, arguments):
    rc.write_text("print read\nalias hw = 'print'\n")
    assert spawn(binary, *arguments, "print script").result().stdout == "script\n"
    assert spawn(binary, *arguments, "hw").result().exit == 2
