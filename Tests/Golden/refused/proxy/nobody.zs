proxy pause
