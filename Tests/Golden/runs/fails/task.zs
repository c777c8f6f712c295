task worker { let x = 1 / 0 }
fails task wait worker
