print $xyzzy
snd Hello
