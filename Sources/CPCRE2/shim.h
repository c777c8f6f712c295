#ifndef CPCRE2_SHIM_H
#define CPCRE2_SHIM_H

// The functions for bytes, by the names that end in `_8`: Swift does not see the macros without it.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#endif
