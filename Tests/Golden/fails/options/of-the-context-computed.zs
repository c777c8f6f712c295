let x = "many"
set context io_threads $x
