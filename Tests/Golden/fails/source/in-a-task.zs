task worker { source _outer.zs }
wait worker
