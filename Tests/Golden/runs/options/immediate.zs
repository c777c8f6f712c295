# ports: 1
connect push $1 as lax
lax send kept
connect push $1 as strict immediate=on
fails timeout within 50ms strict send refused
