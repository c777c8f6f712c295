#ifndef CRECEIVED_H
#define CRECEIVED_H

/// How many bytes this program has received through a descriptor since it began, whichever connections had it; -1 where
/// that is not counted.
long long zr_received_bytes(int descriptor);

/// How often the other side, or the system, has ended a connection that had a descriptor; -1 where that is not counted.
long long zr_endings(int descriptor);

#endif
