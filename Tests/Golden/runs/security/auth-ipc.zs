# hide: process \d+ of user \d+ => process N of user N
# A process that comes through a socket file has no address, and is known by its numbers.
auth deny ipc
auth log on
bind rep ./socket as server
connect req ./socket as client linger=0
wait auth denied as who
print "$who[0] $who[5]"
