try { let x = 1 / 0 } catch { let y = [1][4] }
