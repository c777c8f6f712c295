# No machine that is tested has so many.
set context thread_affinity_cpu_add 1023
