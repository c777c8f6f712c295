function __zsh-mq_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __zsh-mq_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __zsh-mq_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __zsh-mq_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __zsh-mq_parse_tokens -S
    set -l unparsed_tokens (__zsh-mq_tokens -pc)
    switch $unparsed_tokens[1]
    case 'zsh-mq'
        __zsh-mq_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'shell'
            __zsh-mq_parse_subcommand -r 1 'c=' 'rc=' 'no-rc' 'timeout=' 'no-shell' 'trace' 'version' 'h/help'
        case 'run'
            __zsh-mq_parse_subcommand -r 2 'c=' 'timeout=' 'no-shell' 'trace' 'report-tap=' 'report-junit=' 'report-json=' 'report-html=' 'update' 'update-ask' 'update-force' 'stabilize=' 'version' 'h/help'
        case 'test'
            __zsh-mq_parse_subcommand -r 1 'filter=' 'rerun-failed' 'repeat=' 'shuffle' 'seed=' 'j/jobs=' 'limit=' 'fail-fast' 'timeout=' 'no-shell' 'trace' 'report-tap=' 'report-junit=' 'report-json=' 'report-html=' 'coverage' 'report-lcov=' 'v/verbose' 'version' 'h/help'
        case 'check'
            __zsh-mq_parse_subcommand -r 1 'json' 'version' 'h/help'
        case 'fmt'
            __zsh-mq_parse_subcommand -r 1 'check' 'version' 'h/help'
        case 'probe'
            __zsh-mq_parse_subcommand -r 1 'timeout=' 'version' 'h/help'
        case 'keygen'
            __zsh-mq_parse_subcommand 1 'force' 'name=' 'version' 'h/help'
        case 'help'
            __zsh-mq_parse_subcommand -r 1 'version'
        end
    end
end

function __zsh-mq_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __zsh-mq_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __zsh-mq_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __zsh-mq_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__zsh-mq_tokens -p)
    if test -z "$(__zsh-mq_tokens -t)"
        set -l index (count (__zsh-mq_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'zsh-mq' -f
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq" version' -l 'version' -d 'Show the version.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq" -eq 1' -fa 'shell' -d 'Open the prompt (the default).'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq" -eq 1' -fa 'run' -d 'Run a script.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq" -eq 1' -fa 'test' -d 'Run many scripts as tests, side by side, and report.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq" -eq 1' -fa 'check' -d 'Check scripts without running them.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq" -eq 1' -fa 'fmt' -d 'Give scripts the one layout.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq" -eq 1' -fa 'probe' -d 'Tell what listens at endpoints.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq" -eq 1' -fa 'keygen' -d 'Make a CURVE key pair.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq shell" c' -s 'c' -d 'Run this text instead of the prompt, as `run -c` does.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq shell" rc' -l 'rc' -d 'Read this file before the first prompt, not $XDG_CONFIG_HOME/zsh-mq/rc.zs.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'zs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq shell" no-rc' -l 'no-rc' -d 'Read no such file.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq shell" timeout' -l 'timeout' -d 'How long each statement may wait, such as 30s, or \'never\'. Without it: 5s in a script, never at the prompt.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq shell" no-shell' -l 'no-shell' -d 'Refuse \'sh\' and pipes: the script starts no programs.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq shell" trace' -l 'trace' -d 'Show each statement, message and connection event on standard error.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq shell" version' -l 'version' -d 'Show the version.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq shell" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" c' -s 'c' -d 'Run this text instead of a file.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" timeout' -l 'timeout' -d 'How long each statement may wait, such as 30s, or \'never\'. Without it: 5s in a script, never at the prompt.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" no-shell' -l 'no-shell' -d 'Refuse \'sh\' and pipes: the script starts no programs.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" trace' -l 'trace' -d 'Show each statement, message and connection event on standard error.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" report-tap' -l 'report-tap' -d 'Write the results in TAP 14.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" report-junit' -l 'report-junit' -d 'Write the results in the XML of JUnit, which CI servers read.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" report-json' -l 'report-json' -d 'Write every event and result, with times, as JSON Lines.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" report-html' -l 'report-html' -d 'Write a page of one file that draws each conversation.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" update' -l 'update' -d 'Write the literals of expectations that failed anew; \'ask\' and \'force\' may follow as \'=ask\', \'=force\'.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" update-ask' -l 'update-ask' -d 'Write them anew one by one, each after a question.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" update-force' -l 'update-force' -d 'Write them anew also where CI is set in the environment.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" stabilize' -l 'stabilize' -d 'Run it so many times, and offer patterns for the literals that differ; with --update, write them.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq run" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'zs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq run" -ge 2' -F
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" version' -l 'version' -d 'Show the version.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" filter' -l 'filter' -d 'Only scripts whose path holds this text, or matches it as a regular expression.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" rerun-failed' -l 'rerun-failed' -d 'Only scripts that failed when they ran last; all where none did.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" repeat' -l 'repeat' -d 'Run each script so often.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" shuffle' -l 'shuffle' -d 'Run them in an order by chance; its seed is told.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" seed' -l 'seed' -d 'Run them in the order of this seed.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" j jobs' -l 'jobs' -s 'j' -d 'How many run at a time. Without it: as many as there are cores.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" limit' -l 'limit' -d 'How long each script may take as a whole, or \'never\'.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" fail-fast' -l 'fail-fast' -d 'Begin no script, and end those that run, once one has failed.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" timeout' -l 'timeout' -d 'How long each statement may wait, such as 30s, or \'never\'. Without it: 5s in a script, never at the prompt.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" no-shell' -l 'no-shell' -d 'Refuse \'sh\' and pipes: the script starts no programs.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" trace' -l 'trace' -d 'Show each statement, message and connection event on standard error.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" report-tap' -l 'report-tap' -d 'Write the results in TAP 14.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" report-junit' -l 'report-junit' -d 'Write the results in the XML of JUnit, which CI servers read.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" report-json' -l 'report-json' -d 'Write every event and result, with times, as JSON Lines.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" report-html' -l 'report-html' -d 'Write a page of one file that draws each conversation.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" coverage' -l 'coverage' -d 'Say which statements of the scripts, and of the files that they source, ran.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" report-lcov' -l 'report-lcov' -d 'Write which lines ran as LCOV has it; says --coverage too.' -rF
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" v verbose' -l 'verbose' -s 'v' -d 'Show the output of scripts that passed, too.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq test" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'zs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" version' -l 'version' -d 'Show the version.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq test" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq check" json' -l 'json' -d 'Write what is wrong as JSON to standard output, for editors.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq check" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'zs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq check" version' -l 'version' -d 'Show the version.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq fmt" check' -l 'check' -d 'Change nothing; name the files that would change.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq fmt" -ge 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'zs\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq fmt" version' -l 'version' -d 'Show the version.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq fmt" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq probe" timeout' -l 'timeout' -d 'How long a peer may take to answer. Without it: 2s.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq probe" -ge 1' -F
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq probe" version' -l 'version' -d 'Show the version.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq probe" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq keygen" force' -l 'force' -d 'Replace the files that are there; the old keys are lost.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq keygen" name' -l 'name' -d 'Whose keys they are; written into the certificate.' -rfka ''
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_positional "zsh-mq keygen" -eq 1' -F
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq keygen" version' -l 'version' -d 'Show the version.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq keygen" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'zsh-mq' -n '__zsh-mq_should_offer_completions_for_flags_or_options "zsh-mq help" version' -l 'version' -d 'Show the version.'
