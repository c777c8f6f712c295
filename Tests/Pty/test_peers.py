"""What the prompt says of peers, and of messages that go nowhere."""

import re


def test_a_random_routing_id_has_a_short_name_that_can_be_typed(terminal, port):
    shell = terminal()
    shell.wait_prompt("zsh-mq> ")
    shell.enter(f"bind router {port} as hub", "hub no peer> ")
    shell.enter(f"connect dealer {port} as worker", "worker 1 peer> ")
    shell.enter("send Hello", "worker 1 peer> ")
    shell.enter("hub recv", "worker 1 peer> ")
    assert "1 routing id  @1\n2 body        Hello\n" in shell.text
    shell.enter("hub to @1 World", "worker 1 peer> ")
    shell.enter("worker recv", "worker 1 peer> ")
    shell.enter("hub send @1 again", "worker 1 peer> ")
    shell.enter("worker expect again", "worker 1 peer> ")
    shell.enter("hub peers", "worker 1 peer> ")
    assert "dealer  @1" in shell.text and "error" not in shell.text


def test_what_goes_nowhere_is_told_once_for_a_line(terminal, port):
    shell = terminal()
    shell.wait_prompt("zsh-mq> ")
    shell.enter(f"bind pub {port} as news", "news no peer> ")
    shell.enter("repeat 20 send x", "news no peer> ")
    assert "note: 20 messages dropped: no subscriber\n   = help: `wait subscribed` waits for one" in shell.text
    shell.enter("send y", "news no peer> ")
    assert shell.text.count("dropped: no subscriber") == 2 and shell.text.count("= help") == 1


def test_a_queue_that_is_full_is_told_while_it_is_waited_for(terminal, port):
    shell = terminal()
    shell.wait_prompt("zsh-mq> ")
    shell.enter(f"bind pull {port} as sink rcvhwm=1 rcvbuf=4KiB", "sink no peer> ")
    shell.enter(f"connect push {port} as out sndhwm=1 sndbuf=4KiB", "out 1 peer> ")
    shell.enter("repeat 5000 send zeros:64KiB")
    shell.wait_for(re.compile(r"waiting to send message \d+: the queue to the peer is full \(sndhwm is 1 message\)"))
    shell.send("\x03")
    # What had been sent is told all the same.
    shell.wait_for(re.compile(r"^\d+ messages sent to 1 peer$", re.MULTILINE))
    shell.wait_prompt("out 1 peer> ")
