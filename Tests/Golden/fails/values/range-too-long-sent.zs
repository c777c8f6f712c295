socket pair as left
let many = 1..100000000
left send $many
