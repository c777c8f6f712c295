#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <histedit.h>
#include <stddef.h>
#include <wchar.h>

// What Swift cannot call of editline(3): the variadic functions, one fixed shape for each use, and
// the stdio streams, which are unsafe globals to Swift 6. Nothing here decides anything.

/// el_init(3) on standard input, output and error. NULL on failure.
EditLine *ct_init(const char *program);

/// EL_CLIENTDATA: the owner that a callback finds again with ct_owner.
int ct_set_owner(EditLine *editor, void *owner);

/// The owner set with ct_set_owner, or NULL.
void *ct_owner(EditLine *editor);

/// EL_GETCFN: the function that reads one character. It returns 1, 0 at the end, or -1.
int ct_set_reader(EditLine *editor, int (*read_key)(EditLine *, wchar_t *));

/// EL_PROMPT_ESC: the function that gives the prompt; text between two markers takes no room.
int ct_set_prompt(EditLine *editor, wchar_t *(*prompt)(EditLine *), wchar_t marker);

/// EL_EDITOR: "emacs" or "vi".
int ct_set_editor(EditLine *editor, const char *name);

/// EL_EDITOR: 1 where the keys are those of vi.
int ct_is_vi(EditLine *editor);

/// EL_SIGNAL: whether libedit installs signal handlers of its own.
int ct_set_signals(EditLine *editor, int enabled);

/// EL_PREP_TERM: 1 prepares the terminal for editing, 0 gives it back its earlier modes.
int ct_prepare_terminal(EditLine *editor, int enabled);

/// EL_SETTY -d: a stty(1) word for the modes in which a line is edited.
int ct_set_edit_mode(EditLine *editor, const char *word);

/// EL_SETTC: a terminal capability becomes empty, as if the terminal lacked it.
int ct_blank_capability(EditLine *editor, const char *name);

/// EL_GETTC: a numeric capability ("co", "li"), or -1.
int ct_capability(EditLine *editor, const char *name);

/// EL_GETTC: 1 where the terminal has this capability, one that is a string ("up").
int ct_has_capability(EditLine *editor, const char *name);

/// EL_ADDFN: makes an editing function that keys can be bound to. It returns a CC_ value.
int ct_add_function(
    EditLine *editor, const char *name, const char *help,
    unsigned char (*function)(EditLine *, int));

/// EL_BIND: binds a key (editrc(5) notation) to an editing function.
int ct_bind(EditLine *editor, const char *key, const char *function);

/// EL_BIND -a: the same in the other map of keys, that of vi's command mode.
int ct_bind_other(EditLine *editor, const char *key, const char *function);

/// EL_REFRESH: draws prompt and line at the place where the cursor is.
int ct_refresh(EditLine *editor);

/// A history list of the given size that leaves out repeats of the last entry. NULL on failure.
HistoryW *ct_history_new(int size);

/// EL_HIST: the history that the keys of this editor walk through.
int ct_set_history(EditLine *editor, HistoryW *history);

/// H_ENTER: adds an entry as the newest one.
int ct_history_enter(HistoryW *history, const wchar_t *entry);

/// H_CLEAR: forgets all entries.
int ct_history_clear(HistoryW *history);

/// Writes bytes through the stream that libedit draws with, and flushes it.
void ct_write(const char *bytes, size_t count);

/// wcwidth(3): the columns of a character, -1 where it is not printable.
int ct_width(wchar_t character);

#endif
