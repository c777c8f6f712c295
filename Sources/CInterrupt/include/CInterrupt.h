#ifndef CINTERRUPT_H
#define CINTERRUPT_H

#include <stdatomic.h>
#include <stdint.h>

/// Something that stops a wait: a set of raised bits and a pipe that becomes readable with them.
/// Raised by a signal handler or by another thread, read by the one thread that owns it.
typedef struct zi_interrupt {
  _Atomic(uint32_t) raised;
  int read_fd;
  int write_fd;
} zi_interrupt;

/// Makes an interrupt with its pipe, or returns NULL with errno set.
zi_interrupt *zi_new(void);

/// Closes the pipe and frees the memory. No signal may name the interrupt any more.
void zi_free(zi_interrupt *interrupt);

/// Raises bits. Safe in a signal handler and on any thread; keeps errno.
void zi_raise(zi_interrupt *interrupt, uint32_t bits);

/// The bits raised now. One relaxed load: this is read before every statement.
static inline uint32_t zi_raised(const zi_interrupt *interrupt) {
  return atomic_load_explicit(&((zi_interrupt *)interrupt)->raised, memory_order_relaxed);
}

/// Lowers the given bits and returns which of them were raised; empties the pipe when none is left.
uint32_t zi_take(zi_interrupt *interrupt, uint32_t bits);

/// Empties the pipe and keeps the bits, for an owner that will look at them later.
void zi_quiet(zi_interrupt *interrupt);

/// From now on the signal raises these bits on the interrupt. SIGINT and SIGTERM that come again before the first was
/// looked at have their default action. Returns -1 with errno set on failure.
int zi_catch(zi_interrupt *interrupt, int signal_number, uint32_t bits);

/// From now on SIGTERM comes when the program that started this one ends, however it ends (Linux alone: prctl(2)).
void zi_end_with_parent(void);

/// Whether the signal is ignored now.
int zi_is_ignored(int signal_number);

/// Gives the signal its default action again, where it was caught.
void zi_release(int signal_number);

#endif
