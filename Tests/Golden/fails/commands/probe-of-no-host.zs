# hide: resolved: .* => resolved: REASON
probe no-such-host.invalid:5546
