// wcwidth(3) is declared with the X/Open extensions only.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CTerminal.h"

#include <stdio.h>
#include <string.h>

EditLine *ct_init(const char *program) { return el_init(program, stdin, stdout, stderr); }

int ct_set_owner(EditLine *editor, void *owner) { return el_wset(editor, EL_CLIENTDATA, owner); }

void *ct_owner(EditLine *editor) {
  void *owner = NULL;
  return el_wget(editor, EL_CLIENTDATA, &owner) == 0 ? owner : NULL;
}

int ct_set_reader(EditLine *editor, int (*read_key)(EditLine *, wchar_t *)) {
  return el_wset(editor, EL_GETCFN, read_key);
}

int ct_set_prompt(EditLine *editor, wchar_t *(*prompt)(EditLine *), wchar_t marker) {
  return el_wset(editor, EL_PROMPT_ESC, prompt, (int)marker);
}

int ct_set_editor(EditLine *editor, const char *name) { return el_set(editor, EL_EDITOR, name); }

int ct_is_vi(EditLine *editor) {
  const char *name = NULL;
  return el_get(editor, EL_EDITOR, &name) == 0 && name != NULL && strcmp(name, "vi") == 0;
}

int ct_set_signals(EditLine *editor, int enabled) { return el_wset(editor, EL_SIGNAL, enabled); }

int ct_prepare_terminal(EditLine *editor, int enabled) {
  return el_wset(editor, EL_PREP_TERM, enabled);
}

int ct_set_edit_mode(EditLine *editor, const char *word) {
  return el_set(editor, EL_SETTY, "-d", word, NULL);
}

int ct_blank_capability(EditLine *editor, const char *name) {
  return el_set(editor, EL_SETTC, name, "", NULL);
}

int ct_capability(EditLine *editor, const char *name) {
  int value = -1;
  return el_get(editor, EL_GETTC, name, &value) == 0 ? value : -1;
}

int ct_has_capability(EditLine *editor, const char *name) {
  char *value = NULL;
  return el_get(editor, EL_GETTC, name, &value) == 0 && value != NULL && *value != '\0';
}

int ct_add_function(
    EditLine *editor, const char *name, const char *help,
    unsigned char (*function)(EditLine *, int)) {
  return el_set(editor, EL_ADDFN, name, help, function);
}

int ct_bind(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, key, function, NULL);
}

int ct_bind_other(EditLine *editor, const char *key, const char *function) {
  return el_set(editor, EL_BIND, "-a", key, function, NULL);
}

int ct_refresh(EditLine *editor) { return el_set(editor, EL_REFRESH); }

HistoryW *ct_history_new(int size) {
  HistoryW *history = history_winit();
  HistEventW event;
  if (history == NULL) return NULL;
  history_w(history, &event, H_SETSIZE, size);
  history_w(history, &event, H_SETUNIQUE, 1);
  return history;
}

int ct_set_history(EditLine *editor, HistoryW *history) {
  return el_wset(editor, EL_HIST, history_w, history);
}

int ct_history_enter(HistoryW *history, const wchar_t *entry) {
  HistEventW event;
  return history_w(history, &event, H_ENTER, entry);
}

int ct_history_clear(HistoryW *history) {
  HistEventW event;
  return history_w(history, &event, H_CLEAR);
}

void ct_write(const char *bytes, size_t count) {
  fwrite(bytes, 1, count, stdout);
  fflush(stdout);
}

int ct_width(wchar_t character) { return wcwidth(character); }
