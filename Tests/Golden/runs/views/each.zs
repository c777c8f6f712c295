bind pair inproc://a as left
connect pair inproc://a as right

def show_all view_name {
  left send Hello "" "\x00\xff" {"a": [1, "x\n"]} HelloWo1
  right recv
}
view base64
show_all base64
view hex
show_all hex
view json
show_all json
view msgpack
left send msgpack:'{"id":7,"list":[1,null,"it\u0027s"]}' Hello
recv
view text
show_all text
view z85
show_all z85
view raw
left send Hello "two words"
recv
