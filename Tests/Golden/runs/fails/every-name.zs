bind pair inproc://a as one
connect pair inproc://a as two
socket rep as server
fails EFSM server send Hello
fails any server send Hello
fails timeout { timeout 5ms; two recv }
fails value let x = 1 / 0
one send x
fails mismatch two expect y
fails ENOENT server unbind
fails EINVAL { let bad = "tcp://1:99999"; server bind $bad }
fails mismatch fails EFSM print x
fails ENOENT source no-such-file.zs
print done
