let x = !5
