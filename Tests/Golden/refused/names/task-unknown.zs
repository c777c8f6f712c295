task worker { sleep 1m }
stop wroker
stop nobody
wait wroker
wait nobody
wait conected
