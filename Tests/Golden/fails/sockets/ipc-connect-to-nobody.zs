# hide: tried \d+ times in [^;]*; => 
connect req ./nobody.sock as client
client send Hello
within 50ms recv
