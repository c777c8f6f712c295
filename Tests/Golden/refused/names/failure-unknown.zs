fails EFMS print x
fails timout print x
fails xyzzy print x
