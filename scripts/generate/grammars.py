"""grammars.py PROGRAM FOLDER: writes zs.tmLanguage.json and zs.vim, which colour scripts in editors.

The words of the language and the units are the parser's own tables; the commands are those that `help` lists.
What is a command's word and what an expression is told as well as regular expressions can: by the commands.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

program, folder = sys.argv[1], Path(sys.argv[2])
sources = Path(__file__).resolve().parents[2] / "Sources" / "Script"


def rows(file, pattern):
    found = re.findall(pattern, (sources / file).read_text(), re.S)
    return found or sys.exit(f"{file} has no rows of the form {pattern}")


def commands():
    result = subprocess.run([program, "-c", "help"], capture_output=True, text=True, timeout=20)
    listed = re.match(r"Commands:\n(.*?)\n\n", result.stdout, re.S) or sys.exit("`help` lists no commands")
    return re.findall(r"^ +(\w+)", listed[1], re.M)


def either(words):
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


KEYWORDS = sorted(rows("Construct.swift", r'\bConstruct\(\s*"(\w+)"'))
UNITS = re.findall(r'"(\w+)"', rows("NumberParser.swift", r"static let names = \[(.*?)\]")[0])
COMMANDS = commands()
DECLARATIONS = ["def", "for", "let", "task"]
# `echo` stands for a block, `in` belongs to `for`.
CONTROL = [word for word in [*KEYWORDS, "echo", "in"] if word not in DECLARATIONS]

# --- TextMate ------------------------------------------------------------------------------------

# A word starts and ends at a blank, a `;` or a brace.
START, END = r"(?<![^\s;{}])", r"(?=[\s;{}(]|$)"
NAME = r"[A-Za-z_]\w*"
STRING_START = r"(?<![^\s=:(\[,{!+*/%<>&|.-])"


def include(*names):
    return [{"include": f"#{name}"} for name in names]


def captures(*scopes):
    return {str(index): {"name": f"{scope}.zs"} for index, scope in enumerate(scopes, 1) if scope}


def match(scope, pattern):
    return {"name": f"{scope}.zs", "match": pattern}


def span(scope, begin, end, patterns):
    return {"name": f"{scope}.zs", "begin": begin, "end": end, "patterns": patterns}


textmate = {
    "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    "name": "zs",
    "scopeName": "source.zs",
    "fileTypes": ["zs"],
    "firstLineMatch": r"^#!.*\bzsh-mq\b",
    "patterns": include("statement"),
    "repository": {
        "statement": {
            "patterns": include(
                "comment", "continuation", "declaration", "command", "keyword", "redirection", "expression"
            )
        },
        "comment": match("comment.line.number-sign", START + r"#.*$"),
        "continuation": match("constant.character.escape.line-continuation", r"\\$"),
        "declaration": {
            "patterns": [
                {
                    "match": rf"{START}(def)\s+({NAME})((?:\s+{NAME})*)",
                    "captures": captures("keyword.control", "entity.name.function", "variable.parameter"),
                },
                {
                    "match": rf"{START}(let|for)\s+({NAME})",
                    "captures": captures("keyword.control", "variable.other"),
                },
                {
                    "match": rf"{START}(fails)\s+({NAME})",
                    "captures": captures("keyword.control", "constant.other.error"),
                },
                {"match": rf"{START}(task){END}", "captures": captures("keyword.control")},
            ]
        },
        "keyword": match("keyword.control", rf"{START}(?:{either(CONTROL)}){END}"),
        # The socket, if there is one, the command and its words up to the end of the statement.
        "command": {
            "begin": rf"{START}(?:(?!(?:{either(KEYWORDS)})\s)({NAME})\s+)?({either(COMMANDS)})(?=[\s;}}]|$)",
            "beginCaptures": captures("variable.other.socket", "support.function"),
            "end": r"(?=;)|(?=\}[\s;}])|(?=\}$)|(?<!\\)(?=\n)",
            "patterns": include("comment", "continuation", "redirection", "word"),
        },
        "redirection": match("keyword.operator.redirection", r"(?<=\s)(?:\||>>?)(?=\s)"),
        "word": {
            "patterns": [
                *include("string", "variable"),
                match("keyword.other", r"(?<=\s)(?:as|nothing)(?=\s)"),
                match("keyword.operator.wildcard", r"(?<=\s)(?:_|\.\.\.)(?=[\s;}]|$)"),
                match(
                    "support.type.encoding",
                    r"(?<=\s)(?:hex|base64|z85|json|msgpack|file|zeros|random|re|glob|text):",
                ),
                {
                    "match": rf"(?<=\s)({NAME})(=)",
                    "captures": captures("entity.other.attribute-name", "keyword.operator.assignment"),
                },
                *include("number"),
                span("meta.structure.json", r"(?<=\s)[\[{]", r"[\]}]", include("json")),
            ]
        },
        "json": {
            "patterns": [
                span(
                    "string.quoted.double",
                    '"',
                    '"',
                    [match("constant.character.escape", r"\\."), *include("variable")],
                ),
                span("meta.structure.json", r"[\[{]", r"[\]}]", include("json")),
                match("constant.language", r"\b(?:true|false|null)\b"),
                match("constant.numeric", r"-?\b\d+(?:\.\d+)?(?:[eE][-+]?\d+)?\b"),
                *include("variable"),
            ]
        },
        "expression": {
            "patterns": [
                *include("string", "variable"),
                match("constant.language", r"\b(?:true|false)\b"),
                match("support.function", rf"\b{NAME}(?=\()"),
                *include("number"),
                match("keyword.operator", r"==|!=|<=|>=|&&|\|\||\.\.|[-+*/%!<>=]"),
            ]
        },
        "number": match(
            "constant.numeric",
            rf"(?<![\w.])-?(?:0x[0-9A-Fa-f_]+|0b[01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+|{either(UNITS)})?)"
            r"(?![\w])",
        ),
        "string": {
            "patterns": [
                {"name": "string.quoted.single.zs", "begin": STRING_START + "'", "end": "'"},
                span(
                    "string.quoted.double",
                    STRING_START + '"',
                    '"',
                    [
                        match("constant.character.escape", r'\\(?:[nrt0e\\"$]|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]+\}|$)'),
                        match("invalid.illegal.escape", r"\\."),
                        *include("variable"),
                    ],
                ),
            ]
        },
        "variable": {
            "patterns": [
                span("meta.interpolation", r"\$\{", r"\}", [*include("expression"), match("variable.other", NAME)]),
                match("variable.language", r"\$(?:[0-9@#]|env\b)"),
                match("variable.other", rf"\$(?:{NAME})(?:\.{NAME})*"),
            ]
        },
    },
}
(folder / "zs.tmLanguage.json").write_text(json.dumps(textmate, indent=2, ensure_ascii=False) + "\n")

# --- Vim -----------------------------------------------------------------------------------------


def vim_either(words):
    return r"\|".join(sorted(words))


(folder / "zs.vim").write_text(rf"""" Vim syntax file
" Language: zs, the scripts of zsh-mq
" Made by scripts/generate.sh. Copy it to ~/.vim/syntax/, and for the files: au BufNewFile,BufRead *.zs setf zs

if exists("b:current_syntax")
  finish
endif
syn case match
syn sync minlines=200

" A word starts behind a blank, a `;` or a brace.
syn match zsKeyword "\%(^\|[[:blank:];{{}}]\)\@1<=\%({vim_either([*KEYWORDS, "echo", "in"])}\)\ze\%([[:blank:];{{}}(]\|$\)"
syn match zsDefinition "\%(\<def\s\+\)\@16<=\h\w*"
syn match zsOperator "==\|!=\|<=\|>=\|&&\|||\|\.\.\|[-+*/%!<>=]"
syn match zsFunction "\<\h\w*\ze("
syn keyword zsBoolean true false

" A command, and its words up to the end of the statement.
syn match zsCommand "\%(^\|[[:blank:];{{}}]\)\@1<=\%({vim_either(COMMANDS)}\)\ze\%([[:blank:];}}]\|$\)" nextgroup=zsWords
syn region zsWords contained transparent keepend extend start="\s" skip="\\$" end="\ze;" end="\ze}}\%([[:blank:];}}]\|$\)" end="$"
  \ contains=zsRaw,zsCooked,zsVariable,zsBraced,zsJSON,zsEncoding,zsOption,zsParticle,zsPattern,zsRedirection,zsNumber,zsComment
syn match zsEncoding contained "\s\@1<=\%(hex\|base64\|z85\|json\|msgpack\|file\|zeros\|random\|re\|glob\|text\):"
syn match zsOption contained "\s\@1<=\h\w*\ze="
syn match zsParticle contained "\s\@1<=\%(as\|nothing\)\ze\s"
syn match zsPattern contained "\s\@1<=\%(_\|\.\.\.\)\ze\%([[:blank:];}}]\|$\)"
syn match zsRedirection "\s\@1<=\%(|\|>>\?\)\ze\s"
syn region zsJSON contained extend matchgroup=zsDelimiter start="\s\@1<=\[" end="\]" contains=zsJSONInner,zsJSONString,zsVariable,zsBraced
syn region zsJSON contained extend matchgroup=zsDelimiter start="\s\@1<={{" end="}}" contains=zsJSONInner,zsJSONString,zsVariable,zsBraced
syn region zsJSONInner contained extend start="\[" end="\]" contains=zsJSONInner,zsJSONString,zsVariable,zsBraced
syn region zsJSONInner contained extend start="\$\@1<!{{" end="}}" contains=zsJSONInner,zsJSONString,zsVariable,zsBraced
syn region zsJSONString contained extend start=+"+ skip=+\\.+ end=+"+ contains=zsVariable,zsBraced

syn match zsNumber "[[:alnum:]_.]\@1<!\%(0x[0-9A-Fa-f_]\+\|0b[01_]\+\|\d[0-9_]*\%(\.\d[0-9_]*\)\?\%([eE][-+]\?\d\+\|{vim_either(UNITS)}\)\?\)\ze\%(\W\|$\)"
syn region zsRaw extend start=+[^[:blank:]=:(\[,{{!+*/%<>&|.-]\@1<!'+ end=+'+
syn region zsCooked extend start=+[^[:blank:]=:(\[,{{!+*/%<>&|.-]\@1<!"+ skip=+\\.+ end=+"+ contains=zsEscape,zsVariable,zsBraced
syn match zsEscape contained +\\\%([nrt0e\\"$]\|x\x\x\|u{{\x\+}}\|$\)+
syn match zsVariable "\$\%([0-9@#]\|\h\w*\%(\.\h\w*\)*\)"
syn region zsBraced extend matchgroup=zsVariable start="\${{" end="}}" contains=zsRaw,zsCooked,zsNumber,zsVariable,zsBraced,zsFunction,zsOperator,zsBoolean
syn match zsComment "\%(^\|[[:blank:];{{}}]\)\@1<=#.*$" contains=zsTodo
syn keyword zsTodo contained TODO FIXME XXX

hi def link zsKeyword Statement
hi def link zsDefinition Function
hi def link zsCommand Function
hi def link zsFunction Function
hi def link zsOperator Operator
hi def link zsRedirection Operator
hi def link zsPattern Special
hi def link zsEncoding Type
hi def link zsOption Identifier
hi def link zsParticle Statement
hi def link zsDelimiter Delimiter
hi def link zsJSONString String
hi def link zsNumber Number
hi def link zsBoolean Boolean
hi def link zsRaw String
hi def link zsCooked String
hi def link zsEscape SpecialChar
hi def link zsVariable Identifier
hi def link zsComment Comment
hi def link zsTodo Todo

let b:current_syntax = "zs"
""")
