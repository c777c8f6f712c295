repeat 2 {
  task "worker$i" { repeat 2 { print $i } }
  wait "worker$i"
}
