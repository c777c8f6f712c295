bind pair inproc://gate as gate
task broker {
  task inner {
    bind router inproc://front as front
    bind dealer inproc://back as back
    connect pair inproc://gate as gate
    gate send ready
    proxy front back
  }
  wait inner
}
gate expect ready
retry 100 every 10ms proxy pause inner
proxy stop inner
