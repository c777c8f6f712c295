task send { }
task rep { }
task while { }
task 1st { }
