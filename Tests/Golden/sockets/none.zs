recv
