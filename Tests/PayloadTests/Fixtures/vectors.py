#!/usr/bin/env python3
"""Writes Vectors.swift: what other implementations make of the same bytes.

The judges are Python's base64, json, fnmatch and decimal, msgpack-python and zmq.utils.z85.

    python3 -m venv venv && venv/bin/pip install msgpack pyzmq
    venv/bin/python vectors.py > Vectors.swift
"""

import base64
import datetime
import decimal
import fnmatch
import json
import random
import struct

import msgpack
import zmq.utils.z85

choose = random.Random(20260131)
LETTERS = "abcdefgXYZ 0189 -_.:,;/+*()<>~&@%^!?#=`'\"\\\n\t$\u00e9\u00df\u03a9\u4f60\u597d\U0001f600"


def text(most=12):
    return "".join(choose.choice(LETTERS) for _ in range(choose.randrange(most)))


def some_bytes(count):
    return bytes(choose.randrange(256) for _ in range(count))


def integer():
    bits = choose.choice([3, 5, 7, 8, 15, 16, 31, 32, 63])
    edge = choose.choice([0, 1 << bits, (1 << bits) - 1, choose.randrange(1 << bits)])
    return choose.choice([edge, -edge])


def double():
    return choose.choice([
        0.0, -0.0, 0.1, 1.5, -2.25, 1e300, 5e-324, 1.7976931348623157e308, choose.random(),
        choose.gauss(0, 1) * 10.0 ** choose.randrange(-300, 300), float(choose.randrange(1 << 53))])


def value(depth=0, scalars=()):
    kinds = [
        lambda: None, lambda: choose.random() < 0.5, integer, double, text, text,
        *scalars,
        lambda: [value(depth + 1, scalars) for _ in range(choose.randrange(5))],
        lambda: {text(): value(depth + 1, scalars) for _ in range(choose.randrange(5))}]
    if depth < 2 and choose.random() < 0.6:
        return choose.choice(kinds[-2:])()
    return choose.choice(kinds if depth < 4 else kinds[:5])()


def section(name, lines):
    print(f'  static let {name} = lines(\n    ###"""')
    for line in lines:
        assert "\n" not in line and '"""' not in line, line
        print(f"    {line}".rstrip() if line else "")
    print('    """###)\n')


# MARK: base64, z85

def base64_lines():
    for count in [*range(0, 20), 57, 100]:
        frame = some_bytes(count)
        yield f"{frame.hex()}|{base64.b64encode(frame).decode()}|{base64.urlsafe_b64encode(frame).decode()}"


def z85_lines():
    for count in [*range(0, 40, 4), 100]:
        frame = some_bytes(count)
        yield f"{frame.hex()}|{zmq.utils.z85.encode(frame).decode()}"
    for frame in [bytes(4), b"\xff" * 4, b"\xff\xff\xff\xfe"]:
        yield f"{frame.hex()}|{zmq.utils.z85.encode(frame).decode()}"


# MARK: JSON

def json_lines():
    """source, one line, laid out; all in hex"""
    for _ in range(60):
        tree = value()
        ascii_only = choose.random() < 0.5
        source = json.dumps(
            tree, ensure_ascii=ascii_only, indent=choose.choice([None, 0, 1, 3, "\t"]),
            separators=choose.choice([(",", ":"), (", ", ": "), (" ,\r\n", " :  ")]))
        flat = json.dumps(tree, ensure_ascii=ascii_only, separators=(",", ":"))
        laid_out = json.dumps(tree, ensure_ascii=ascii_only, indent=2)
        yield "|".join(form.encode().hex() for form in [source, flat, laid_out])


def refuse(_):
    raise ValueError


def is_json(source):
    try:
        decoded = source.decode("utf-8")
        tree = json.loads(decoded, parse_constant=refuse)
        json.dumps(tree, ensure_ascii=False).encode("utf-8")  # half of a surrogate pair
        return True
    except (ValueError, UnicodeError):
        return False


def json_verdicts():
    """1 or 0, and a text in hex that is JSON or was before it was damaged"""
    pieces = [b",", b":", b"{", b"}", b"[", b"]", b'"', b"\\", b"0", b"-", b".", b"e", b"\\u00e9", b"\\ud83d",
              b"\\ude00", b"\xff", b"\xed\xa0\x80", b"\xc3\xa9", b"\n", b"\x01", b" ", b"null", b"true", b"1"]
    seen = set()
    while len(seen) < 400:
        source = bytearray(json.dumps(value(2), ensure_ascii=choose.random() < 0.5).encode())
        for _ in range(choose.randrange(4)):
            at = choose.randrange(len(source) + 1)
            if choose.random() < 0.5:
                source[at:at + choose.randrange(3)] = b""
            else:
                source[at:at] = choose.choice(pieces)
        if len(source) < 60:
            seen.add(bytes(source))
    for source in sorted(seen):
        yield f"{int(is_json(source))}|{source.hex()}"


# MARK: MessagePack

class Single(float):
    """A float of 32 bits."""


def single():
    return Single(struct.unpack(">f", struct.pack(">f", choose.gauss(0, 1) * 10.0 ** choose.randrange(-30, 30)))[0])


def timestamp():
    seconds = choose.choice([
        0, 1, (1 << 32) - 1, 1 << 32, (1 << 34) - 1, 1 << 34, -1, -62135596800, 253402300799,
        choose.randrange(-62135596800, 253402300800)])
    return msgpack.Timestamp(seconds, choose.choice([0, 0, 1, 999999999, 500000000, choose.randrange(10**9)]))


def extension():
    return msgpack.ExtType(choose.randrange(128), some_bytes(choose.choice([0, 1, 2, 3, 4, 5, 8, 15, 16, 17])))


def key_map():
    keys = [integer, double, lambda: some_bytes(3), lambda: True, lambda: None]
    return {choose.choice(keys)(): value(3) for _ in range(1, 4)}


MESSAGEPACK = (
    lambda: some_bytes(choose.randrange(9)), extension, timestamp, single, key_map, lambda: float("inf"),
    lambda: -float("inf"), lambda: text(60), lambda: [1] * choose.randrange(20))


def pack(tree):
    """msgpack-python packs every float of a call alike, so that containers are put together here."""
    packer = msgpack.Packer()
    if isinstance(tree, Single):
        return msgpack.packb(float(tree), use_single_float=True)
    if isinstance(tree, list):
        return packer.pack_array_header(len(tree)) + b"".join(pack(item) for item in tree)
    if isinstance(tree, dict):
        return packer.pack_map_header(len(tree)) + b"".join(pack(key) + pack(item) for key, item in tree.items())
    return msgpack.packb(tree)


def notation(tree):
    """The text that the shell shows and takes."""
    def write(tree):
        return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    if isinstance(tree, Single):
        # The shortest text that a float of 32 bits needs.
        for digits in range(1, 12):
            short = f"{tree:.{digits}g}"
            if struct.pack(">f", float(short)) == struct.pack(">f", tree):
                break
        return f'{{"$float32":{short if "." in short or "e" in short else short + ".0"}}}'
    if isinstance(tree, float) and tree in (float("inf"), -float("inf")):
        return '{"$float":"%sInfinity"}' % ("-" if tree < 0 else "")
    if isinstance(tree, msgpack.Timestamp):
        time = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=tree.seconds)
        fraction = f".{tree.nanoseconds:09}".rstrip("0") if tree.nanoseconds else ""
        return '{"$timestamp":"%s%sZ"}' % (time.isoformat(), fraction)
    if isinstance(tree, msgpack.ExtType):
        return '{"$ext":[%d,"%s"]}' % (tree.code, tree.data.hex())
    if isinstance(tree, bytes):
        return '{"$bin":"%s"}' % tree.hex()
    if isinstance(tree, list):
        return "[" + ",".join(notation(item) for item in tree) + "]"
    if isinstance(tree, dict):
        if all(isinstance(key, str) and len(key.encode()) < 2**32 for key in tree):
            names = {key: "$" + key if len(tree) == 1 and key.startswith("$") else key for key in tree}
            return "{" + ",".join(f"{write(names[key])}:{notation(item)}" for key, item in tree.items()) + "}"
        return '{"$map":[' + ",".join(f"[{notation(key)},{notation(item)}]" for key, item in tree.items()) + "]}"
    return write(tree)


def has_float(tree):
    if isinstance(tree, dict):
        return any(has_float(item) for pair in tree.items() for item in pair)
    return isinstance(tree, float) or isinstance(tree, list) and any(has_float(item) for item in tree)


def messagepack_lines():
    """whether the text may differ in how floats are written, the bytes in hex, the text"""
    trees = [value(0, MESSAGEPACK) for _ in range(250)] + [kind() for kind in MESSAGEPACK for _ in range(15)]
    trees += [{"$bin": 1}, {"$$x": 1}, {"$": {}}, {"$a": 1, "$b": 2}]
    for tree in trees:
        if len(pack(tree)) < 400:
            yield f"{int(has_float(tree))}|{pack(tree).hex()}|{notation(tree)}"


def messagepack_lengths():
    """The first bytes of what is too long to be written out: kind, length, head in hex."""
    packer = msgpack.Packer()
    for length in [31, 32, 255, 256, 65535, 65536]:
        yield f"str|{length}|{msgpack.packb('a' * length)[:-length].hex()}"
        yield f"bin|{length}|{msgpack.packb(bytes(length))[:-length].hex()}"
        yield f"ext|{length}|{msgpack.packb(msgpack.ExtType(7, bytes(length)))[:-length].hex()}"
    for length in [15, 16, 65535, 65536]:
        yield f"array|{length}|{packer.pack_array_header(length).hex()}"
        yield f"map|{length}|{packer.pack_map_header(length).hex()}"


# MARK: matchers

def glob_lines():
    """1 or 0, pattern, text"""
    pieces = ["*", "*", "?", "a", "b", "c", "\u00e9", "[ab]", "[!a]", "[a-c]", "[!b-z]", "[]a]", "[a-]", "."]
    for _ in range(300):
        pattern = "".join(choose.choice(pieces) for _ in range(choose.randrange(6)))
        subject = "".join(choose.choice("abc\u00e9.]-") for _ in range(choose.randrange(7)))
        yield f"{int(fnmatch.fnmatchcase(subject, pattern))}|{pattern}|{subject}"


def holds(received, expected):
    if isinstance(expected, dict):
        return isinstance(received, dict) and all(
            name in received and holds(received[name], item) for name, item in expected.items())
    if isinstance(expected, list):
        return isinstance(received, list) and len(received) == len(expected) and all(map(holds, received, expected))
    return type(received) is type(expected) and received == expected


def changed(tree):
    """The tree, or one much like it."""
    if isinstance(tree, dict):
        return {name: changed(item) for name, item in tree.items() if choose.random() < 0.95}
    if isinstance(tree, list):
        return [changed(item) for item in tree if choose.random() < 0.99]
    if isinstance(tree, float) and tree == int(tree) and choose.random() < 0.5:
        return int(tree)
    return value(4) if choose.random() < 0.03 else tree


def subset_lines():
    """1 or 0, expected, received"""
    read = {"parse_float": decimal.Decimal, "parse_int": decimal.Decimal}
    for _ in range(200):
        received = value()
        received, expected = (json.dumps(tree, ensure_ascii=choose.random() < 0.5) for tree in (
            received, changed(received)))
        if "|" not in received + expected:
            yield f"{int(holds(json.loads(received, **read), json.loads(expected, **read)))}|{expected}|{received}"


print("// Written by vectors.py; see there.\n")
print("// swift-format-ignore-file\n")
print("/// What other implementations make of the same bytes, a line each, its parts parted by `|`.")
print("enum Vectors {")
print("  private static func lines(_ text: String) -> [[String]] {")
print('    text.split(separator: "\\n").map { line in')
print('      line.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }')
print("    }\n  }\n")
section("base64", base64_lines())
section("z85", z85_lines())
section("json", json_lines())
section("jsonVerdicts", json_verdicts())
section("messagePack", messagepack_lines())
section("messagePackLengths", messagepack_lengths())
section("glob", glob_lines())
section("subset", subset_lines())
print("}")
