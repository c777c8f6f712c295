bind rep :0 curve server _public.cert
