socket pair as left
left send z85:'Hello1'
left send z85:"a\"bcd"
