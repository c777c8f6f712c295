within 50ms fails timeout every 10ms let x = 1
print done
