let x = true < false
