loop { fails any { break } }
print done
