try { let x = 1 / 0 } catch { print $error.nme }
