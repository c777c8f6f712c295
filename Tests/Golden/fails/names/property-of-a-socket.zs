socket rep as one
print $one.ednpoint
