def answers client question answer {
  $client send $question
  $client expect $answer
}
def greets name { answers client $name "Hello $name" }
serve rep inproc://greeter as greeter { if $request == "Grace" { send "Good day" } else { send "Hello $request" } }
connect req inproc://greeter as client
for name in ["Ada", "Grace"] {
  greets $name
}
