keygen a.cert b.cert
