" Vim syntax file
" Language: zs, the scripts of zsh-mq
" Made by scripts/generate.sh. Copy it to ~/.vim/syntax/, and for the files: au BufNewFile,BufRead *.zs setf zs

if exists("b:current_syntax")
  finish
endif
syn case match
syn sync minlines=200

" A word starts behind a blank, a `;` or a brace.
syn match zsKeyword "\%(^\|[[:blank:];{}]\)\@1<=\%(assert\|break\|catch\|continue\|def\|echo\|else\|every\|fails\|for\|if\|in\|let\|loop\|repeat\|retry\|return\|serve\|task\|time\|try\|unordered\|while\|within\)\ze\%([[:blank:];{}(]\|$\)"
syn match zsDefinition "\%(\<def\s\+\)\@16<=\h\w*"
syn match zsOperator "==\|!=\|<=\|>=\|&&\|||\|\.\.\|[-+*/%!<>=]"
syn match zsFunction "\<\h\w*\ze("
syn keyword zsBoolean true false

" A command, and its words up to the end of the statement.
syn match zsCommand "\%(^\|[[:blank:];{}]\)\@1<=\%(alias\|auth\|bind\|close\|connect\|curve\|disconnect\|exit\|expect\|get\|help\|hints\|history\|keygen\|monitor\|peers\|plain\|print\|probe\|proxy\|record\|recv\|reset\|send\|set\|sh\|sleep\|socket\|sockets\|source\|status\|stop\|subscribe\|tasks\|timeout\|to\|unalias\|unbind\|unsubscribe\|unwatch\|use\|version\|view\|wait\|watch\)\ze\%([[:blank:];}]\|$\)" nextgroup=zsWords
syn region zsWords contained transparent keepend extend start="\s" skip="\\$" end="\ze;" end="\ze}\%([[:blank:];}]\|$\)" end="$"
  \ contains=zsRaw,zsCooked,zsVariable,zsBraced,zsJSON,zsEncoding,zsOption,zsParticle,zsPattern,zsRedirection,zsNumber,zsComment
syn match zsEncoding contained "\s\@1<=\%(hex\|base64\|z85\|json\|msgpack\|file\|zeros\|random\|re\|glob\|text\):"
syn match zsOption contained "\s\@1<=\h\w*\ze="
syn match zsParticle contained "\s\@1<=\%(as\|nothing\)\ze\s"
syn match zsPattern contained "\s\@1<=\%(_\|\.\.\.\)\ze\%([[:blank:];}]\|$\)"
syn match zsRedirection "\s\@1<=\%(|\|>>\?\)\ze\s"
syn region zsJSON contained extend matchgroup=zsDelimiter start="\s\@1<=\[" end="\]" contains=zsJSONInner,zsJSONString,zsVariable,zsBraced
syn region zsJSON contained extend matchgroup=zsDelimiter start="\s\@1<={" end="}" contains=zsJSONInner,zsJSONString,zsVariable,zsBraced
syn region zsJSONInner contained extend start="\[" end="\]" contains=zsJSONInner,zsJSONString,zsVariable,zsBraced
syn region zsJSONInner contained extend start="\$\@1<!{" end="}" contains=zsJSONInner,zsJSONString,zsVariable,zsBraced
syn region zsJSONString contained extend start=+"+ skip=+\\.+ end=+"+ contains=zsVariable,zsBraced

syn match zsNumber "[[:alnum:]_.]\@1<!\%(0x[0-9A-Fa-f_]\+\|0b[01_]\+\|\d[0-9_]*\%(\.\d[0-9_]*\)\?\%([eE][-+]\?\d\+\|B\|GB\|GiB\|KB\|KiB\|MB\|MiB\|h\|m\|ms\|ns\|s\|us\)\?\)\ze\%(\W\|$\)"
syn region zsRaw extend start=+[^[:blank:]=:(\[,{!+*/%<>&|.-]\@1<!'+ end=+'+
syn region zsCooked extend start=+[^[:blank:]=:(\[,{!+*/%<>&|.-]\@1<!"+ skip=+\\.+ end=+"+ contains=zsEscape,zsVariable,zsBraced
syn match zsEscape contained +\\\%([nrt0e\\"$]\|x\x\x\|u{\x\+}\|$\)+
syn match zsVariable "\$\%([0-9@#]\|\h\w*\%(\.\h\w*\)*\)"
syn region zsBraced extend matchgroup=zsVariable start="\${" end="}" contains=zsRaw,zsCooked,zsNumber,zsVariable,zsBraced,zsFunction,zsOperator,zsBoolean
syn match zsComment "\%(^\|[[:blank:];{}]\)\@1<=#.*$" contains=zsTodo
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
