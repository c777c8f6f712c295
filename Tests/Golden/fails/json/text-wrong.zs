fails value let x = json('')
let x = json('{"a": 1,}')
