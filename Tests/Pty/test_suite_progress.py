"""`zsh-mq test` at a terminal: a line that says how far it has come, and Ctrl-C."""

from harness.terminal import CTRL_C


def write(folder, name, text):
    (folder / name).write_text(text)


def test_a_line_says_which_scripts_run_and_goes_when_they_have_ended(terminal, folder):
    write(folder, "a.zs", "print x\n")
    write(folder, "b.zs", "timeout never\nsh 'until [ -e go ]; do sleep 0.01; done'\n")
    screen = terminal("test", "--jobs", "1")
    screen.wait_for("ok   a.zs")
    screen.wait_for("1/2 b.zs")
    write(folder, "go", "")
    screen.wait_for("2 scripts: 2 passed")
    assert "1/2" not in screen.text and "\n\nok" not in screen.text


def test_ctrl_c_ends_the_scripts_and_tells_what_was_done(terminal, folder):
    write(folder, "a.zs", "print x\n")
    write(folder, "b.zs", "timeout never\nbind rep :0 as server\nserver recv\n")
    screen = terminal("test", "--jobs", "1")
    screen.wait_for("1/2 b.zs")
    screen.send(CTRL_C)
    screen.wait_for("stopped: interrupted")
    screen.wait_for("2 scripts: 1 passed, 1 not run")
    assert screen.wait_exit() == 130
