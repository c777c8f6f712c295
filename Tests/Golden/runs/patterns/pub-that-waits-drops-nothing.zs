# ports: 1
bind pub $1 as news sndhwm=10 xpub_nodrop=1
task reader {
  connect sub $1 as slow rcvhwm=10 subscribe=''
  repeat 2000 slow recv as last
  print "all came"
}
news wait subscribed ''
repeat 2000 { news send zeros:1KiB }
wait reader
