alias s = 'snd Hello'
s World
