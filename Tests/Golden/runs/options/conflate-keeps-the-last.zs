bind pull :0 as sink conflate=1
connect push $sink.port as out
out wait connected
for n in 1..500 { out send $n }
retry 500 every 10ms { sink expect 500 }
assert $sink.received < 500

bind pub :0 as news
connect sub $news.port as reader conflate=1 subscribe=''
news wait subscribed
for n in 1..500 { news send $n }
retry 500 every 10ms { reader expect 500 }
assert $reader.received < 500
print ok
