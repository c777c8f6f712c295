bind pull inproc://a as sink
connect push inproc://a as out
sink wait connected
sink wait connected 1
out wait writable
out send Hello
sink wait readable
sink recv as message
task brief { print working }
wait brief
bind pub inproc://news as news
connect sub inproc://news as reader
reader subscribe weather
news wait subscribed
news wait subscribed weather
close out
sink wait disconnected
print $message
