let text = "xxxxxxxxxxxxxxxx"
repeat 14 { let text = "$text$text" }
within 300ms print $text | sleep 60
