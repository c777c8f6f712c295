# hide: \d+\.\d+\.\d+ => VERSION
# hide: with .* => with PARTS
version
