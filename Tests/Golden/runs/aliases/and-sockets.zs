# A socket may have the name of the alias that makes it, also where it is not there yet.
alias hw = 'bind pair inproc://a as hw'
def ask question { hw send $question }
connect pair inproc://a as other
hw
ask Hello
other recv
# Another alias takes the word after it, whatever it is.
alias say = 'print'
say recv
