"""`zsh-mq check` and `zsh-mq fmt`, as editors and CI call them."""

import json

import pytest


@pytest.fixture
def write(folder):
    def write(name, text):
        (folder / name).write_text(text)
        return name

    return write


@pytest.fixture
def call(spawn, binary):
    """Runs a subcommand in the test's own folder; `text` is its standard input."""

    def call(*words, text=None):
        if text is None:
            return spawn(binary, *words).result()
        return spawn("sh", "-c", 'printf %s "$1" | { shift; "$@"; }', "sh", text, binary, *words).result()

    return call


# --- check

def test_a_script_without_errors(call, write):
    write("good.zs", "bind rep 5546\nsend ${1:-x}\nprint never\n")
    assert call("check", "good.zs") == ("", "", 0)


def test_a_file_that_is_missing_is_a_warning(call, write, folder):
    (folder / "scripts").mkdir()
    write("scripts/_part.zs", "source _other.zs\n")
    write("scripts/case.zs", "source _part.zs\nbind pull :0 as sink\nsink expect file:big.bin\nsource $1\n")
    result = call("check", "scripts/case.zs")
    assert (result.stdout, result.exit) == ("", 0)
    assert "warning: 'scripts/_other.zs' is not there\n  --> scripts/_part.zs:1:8\n  ::: included from scripts/case.zs:1:8" in result.stderr
    assert "warning: 'scripts/big.bin' is not there\n  --> scripts/case.zs:3:18" in result.stderr
    write("scripts/_other.zs", "print x\n")
    write("scripts/big.bin", "x")
    assert call("check", "scripts/case.zs") == ("", "", 0)


def test_what_is_missing_is_told_by_the_statement_where_the_script_runs(call, write):
    write("case.zs", "print first\nsource _none.zs\n")
    result = call("run", "case.zs")
    assert (result.stdout, result.exit) == ("first\n", 3) and "warning" not in result.stderr


def test_every_error_of_every_script_is_told_and_nothing_runs(call, write, folder):
    write("one.zs", "print x > made.txt\nsnd x\nprint $nope\n")
    write("two.zs", "print \"open\n")
    result = call("check", "one.zs", "two.zs")
    assert (result.stdout, result.exit) == ("", 2)
    assert [line for line in result.stderr.splitlines() if line.startswith("error:")] == [
        "error: unknown command 'snd'", "error: '$nope' is not defined", "error: the quote is never closed"]
    assert not (folder / "made.txt").exists()


def test_what_one_script_defines_is_not_there_for_the_next(call, write):
    write("one.zs", "def greet { print x }\nbind rep 5546 as server\n")
    write("two.zs", "greet\nserver recv\n")
    result = call("check", "one.zs", "two.zs")
    assert result.exit == 2 and result.stderr.count("error:") == 2


def test_a_script_that_cannot_be_read_is_told_besides_the_others(call, write):
    write("bad.zs", "snd x\n")
    result = call("check", "missing.zs", "bad.zs")
    assert result.exit == 3
    assert "cannot read 'missing.zs': No such file or directory (ENOENT)" in result.stderr
    assert "unknown command 'snd'" in result.stderr


def test_standard_input_is_checked(call):
    result = call("check", "-", text="snd x\n")
    assert result.exit == 2 and "--> standard input:1:1" in result.stderr


def test_the_files_that_a_script_sources_are_checked(call, write):
    write("outer.zs", "source inner.zs\n")
    write("inner.zs", "print fine\nsnd x\n")
    result = call("check", "outer.zs")
    assert result.exit == 2
    assert "--> inner.zs:2:1" in result.stderr and "::: included from outer.zs:1:8" in result.stderr


def test_json_for_editors(call, write):
    write("bad.zs", "print Gr\u00fc\u00dfe\nprint Gr\u00fc\u00dfe $nope\n")
    result = call("check", "--json", "bad.zs")
    assert (result.stderr, result.exit) == ("", 2)
    assert json.loads(result.stdout) == [{
        "severity": "error", "message": "'$nope' is not defined", "label": "nothing sets it", "notes": [],
        "help": ["`let nope = \u2026` sets it; to send a dollar sign, write '$nope' in single quotes"],
        "file": "bad.zs",
        # Columns are characters, offsets bytes.
        "start": {"line": 2, "column": 13, "offset": 28}, "end": {"line": 2, "column": 18, "offset": 33},
    }]


def test_json_of_no_error_is_an_empty_list(call, write):
    write("good.zs", "print x\n")
    result = call("check", "--json", "good.zs")
    assert (json.loads(result.stdout), result.stderr, result.exit) == ([], "", 0)


@pytest.mark.parametrize("words", [["check"], ["fmt"], ["check", "--nope", "x.zs"], ["fmt", "--nope", "x.zs"]])
def test_a_wrong_command_line(call, words):
    result = call(*words)
    assert (result.stdout, result.exit) == ("", 64) and "Usage: zsh-mq " + words[0] in result.stderr


@pytest.mark.parametrize("line, message", [
    ("source n{next}.zs", "64 files are read, one inside the other"),
    ('let file = "n{next}.zs"\nsource $file', "64 files are being read, one inside the other"),
])
def test_files_are_not_read_without_end(call, write, line, message):
    for number in range(70):
        write(f"n{number}.zs", line.format(next=number + 1) + "\n")
    write("n70.zs", "print end\n")
    result = call("run", "n0.zs")
    assert (result.stdout, result.exit) == ("", 2)
    assert result.stderr.startswith(f"error: {message}\n")


# --- fmt

UGLY = "print   x   # why\nif true {\nprint y;print z\n}\n"


def test_a_script_is_laid_out_once_and_for_all(call, write, folder):
    write("ugly.zs", UGLY)
    assert call("fmt", "ugly.zs") == ("", "", 0)
    laid_out = (folder / "ugly.zs").read_text()
    assert laid_out != UGLY and "# why" in laid_out and "  print y" in laid_out
    before = (folder / "ugly.zs").stat().st_mtime_ns
    assert call("fmt", "ugly.zs") == ("", "", 0)
    assert (folder / "ugly.zs").read_text() == laid_out
    assert (folder / "ugly.zs").stat().st_mtime_ns == before
    assert call("fmt", "--check", "ugly.zs") == ("", "", 0)


def test_what_a_script_prints_is_the_same_after(call, write):
    write("ugly.zs", UGLY)
    before = call("run", "ugly.zs")
    call("fmt", "ugly.zs")
    assert call("run", "ugly.zs") == before == ("x\ny\nz\n", "", 0)


def test_check_names_what_would_change_and_changes_nothing(call, write, folder):
    write("ugly.zs", UGLY)
    write("good.zs", "print x\n")
    assert call("fmt", "--check", "good.zs", "ugly.zs") == ("ugly.zs\n", "", 1)
    assert (folder / "ugly.zs").read_text() == UGLY


def test_standard_input_is_laid_out_to_standard_output(call):
    assert call("fmt", "-", text="print   x\n") == ("print x\n", "", 0)


def test_a_script_that_does_not_parse_is_left_alone_and_the_others_are_laid_out(call, write, folder):
    write("open.zs", "print   \"x\n")
    write("ugly.zs", UGLY)
    result = call("fmt", "open.zs", "ugly.zs")
    assert (result.stdout, result.exit) == ("", 2) and "the quote is never closed" in result.stderr
    assert (folder / "open.zs").read_text() == "print   \"x\n"
    assert (folder / "ugly.zs").read_text() != UGLY


def test_the_gravest_outcome_is_the_exit(call, write):
    write("open.zs", "print \"x\n")
    write("ugly.zs", UGLY)
    result = call("fmt", "--check", "missing.zs", "open.zs", "ugly.zs")
    assert (result.stdout, result.exit) == ("ugly.zs\n", 3)
    assert "cannot read 'missing.zs': No such file or directory (ENOENT)" in result.stderr


def test_a_link_stays_a_link_and_a_mode_stays(call, write, folder):
    write("ugly.zs", UGLY)
    (folder / "ugly.zs").chmod(0o755)
    (folder / "link.zs").symlink_to("ugly.zs")
    assert call("fmt", "link.zs") == ("", "", 0)
    assert (folder / "link.zs").is_symlink() and (folder / "ugly.zs").read_text() != UGLY
    assert (folder / "ugly.zs").stat().st_mode & 0o777 == 0o755


# --- exits of a script

@pytest.mark.parametrize("script, code", [
    ("assert 1 == 2", 4), ("sh false", 3), ("def f { return f() }\nprint ${f()}", 3), ("retry 2 let x = 1 / 0", 3),
    ("bind pull inproc://a\nretry 2 { within 5ms recv }", 5), ("try { exit 9 } catch { }", 9),
    ("unordered { print x }", 2), ("within 5ms sh 'sleep 60'", 5), ("try { let x = 1 / 0 } catch { }", 0),
    ("bind pair inproc://a as a\nconnect pair inproc://a as b\na send x\nunordered { b expect y }", 4),
])
def test_the_exit_of_a_construct(run_script, script, code):
    result = run_script(script)
    assert result.exit == code, result
    assert result.stderr.count("error:") == (1 if code in (2, 3, 4, 5) else 0)
