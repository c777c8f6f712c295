# A script is one already.
fails value record session.zs
fails value record status
print done
