while "x" { break }
