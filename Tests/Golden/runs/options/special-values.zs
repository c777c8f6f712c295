socket dealer as d linger=-1 rcvtimeo=-1 sndhwm=0
d get linger
d get rcvtimeo
d get sndhwm
