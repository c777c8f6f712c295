bind pull :0 as sink maxmsgsize=-1
connect push $sink.endpoint as pusher
pusher send zeros:65MiB
sink recv as message
print $message.size
