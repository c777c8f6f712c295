#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <histedit.h>

#endif
