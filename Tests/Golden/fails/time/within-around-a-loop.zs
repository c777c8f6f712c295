within 20ms loop { let x = 1 }
