socket pair as left
left view hx
left view xyzzy
view
