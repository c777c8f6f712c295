extension SocketOption {
  /// Every socket option, in the order of the names.
  ///
  /// The rows are those of zmq.h 4.3.4 and 4.3.5, the draft ones too, by number: a header may lack what the
  /// library that is linked has, see ``isAvailable``.
  public static let all: [SocketOption] = [
    row(
      "affinity", 4, .uint64, default: .integer(0),
      remark: "a bit of a thread that there is not, `set context io_threads`, leaves none",
      summary: "the I/O threads that serve new connections, a bit each; 0 is all"),
    row(
      "backlog", 19, .int32, unit: .connections, range: 0...largest, default: .integer(100),
      transports: net, remark: "the system allows what net.core.somaxconn says at most",
      summary: "how many connections may wait to be accepted"),
    row(
      "bindtodevice", 92, .text, unit: .bytes, range: 0...15, default: .bytes([]),
      transports: ["tcp"], summary: "the network interface to use; needs CAP_NET_RAW"),
    row(
      "busy_poll", 113, .int32, range: 0...largest, default: .integer(0), isDraft: true, since: "4.3.5",
      transports: ["tcp"],
      summary: "how long the system polls a device for packets, SO_BUSY_POLL, in microseconds"),
    row(
      "conflate", 54, .bool, range: 0...1, types: [.pull, .push, .sub, .pub, .dealer], default: .integer(0),
      summary: "keep only the last message, of one frame"),
    row(
      "connect_routing_id", 61, .bytes, unit: .bytes, range: 1...255, access: .writeOnly,
      types: [.router, .stream], effect: .nextConnectOnly, aliases: ["connect_rid"],
      summary: "the routing id by which the peer of the next connect is known"),
    row(
      "connect_timeout", 79, .int32, unit: .milliseconds, range: 0...largest, special: [0: "the system's"],
      default: .integer(0), transports: ["tcp", "ws", "wss"],
      summary: "how long a TCP connection may take to be made"),
    row("curve_publickey", 48, .curveKey, default: noKey, summary: "the public key of this CURVE client"),
    row(
      "curve_secretkey", 49, .curveKey, default: noKey, isSecret: true,
      summary: "the secret key of this CURVE client or server"),
    row("curve_server", 47, .bool, range: 0...1, default: .integer(0), summary: "be a CURVE server"),
    row(
      "curve_serverkey", 50, .curveKey, default: noKey,
      summary: "the public key of the CURVE server to connect to"),
    row(
      "disconnect_msg", 111, .bytes, access: .writeOnly, types: [.router], isDraft: true,
      summary: "a message to receive when a peer has left"),
    row(
      "events", 15, .int32, range: 0...15,
      special: [0: "nothing", 1: "readable", 2: "writable", 3: "readable and writable"], access: .readOnly,
      effect: .immediately, summary: "what can be done without waiting"),
    row(
      "fd", 14, .fileDescriptor, range: 0...largest, access: .readOnly, effect: .immediately,
      summary: "a file descriptor that tells of new events; edge-triggered"),
    row(
      "gssapi_plaintext", 65, .bool, range: 0...1, default: .integer(0),
      summary: "do not encrypt what GSSAPI authenticated"),
    row(
      "gssapi_principal", 63, .text, unit: .bytes, range: 1...255, default: .bytes([]),
      summary: "the GSSAPI principal whose credentials are used"),
    row(
      "gssapi_principal_nametype", 90, .int32, range: 0...2,
      special: [0: "host based", 1: "user name", 2: "krb5 principal"], default: .integer(0),
      summary: "how gssapi_principal is to be read"),
    row("gssapi_server", 62, .bool, range: 0...1, default: .integer(0), summary: "be a GSSAPI server"),
    row(
      "gssapi_service_principal", 64, .text, unit: .bytes, range: 1...255, default: .bytes([]),
      summary: "the GSSAPI principal of the server to connect to"),
    row(
      "gssapi_service_principal_nametype", 91, .int32, range: 0...2,
      special: [0: "host based", 1: "user name", 2: "krb5 principal"], default: .integer(0),
      summary: "how gssapi_service_principal is to be read"),
    row(
      "handshake_ivl", 66, .int32, unit: .milliseconds, range: 0...largest, special: [0: "no limit"],
      default: .integer(30_000), transports: net, summary: "how long a handshake may take"),
    row(
      "heartbeat_ivl", 75, .int32, unit: .milliseconds, range: 0...largest, special: [0: "never"],
      default: .integer(0), transports: net, summary: "how often a PING is sent"),
    row(
      "heartbeat_timeout", 77, .int32, unit: .milliseconds, range: 0...largest,
      special: [-1: "heartbeat_ivl"], default: .integer(-1),
      transports: net, needs: "heartbeat_ivl", summary: "how long to wait for traffic after a PING"),
    row(
      "heartbeat_ttl", 76, .int32, unit: .milliseconds, range: 0...6_553_599, special: [0: "none"],
      default: .integer(0), transports: net, needs: "heartbeat_ivl",
      summary: "how long the peer waits for traffic, in steps of 100 ms"),
    row(
      "hello_msg", 110, .bytes, access: .writeOnly, types: [.dealer, .router], isDraft: true,
      summary: "a message that is sent to each new peer"),
    row(
      "hiccup_msg", 114, .bytes, access: .writeOnly, types: [.dealer], isDraft: true, since: "4.3.5",
      summary: "a message to receive when a peer was lost and is connected anew"),
    row(
      "immediate", 39, .bool, range: 0...1, default: .integer(0), aliases: ["delay_attach_on_connect"],
      transports: net, summary: "queue messages only for connections that are complete"),
    row(
      "in_batch_size", 101, .int32, unit: .messages, range: 1...largest, default: .integer(8192),
      isDraft: true, summary: "how many messages one system call receives"),
    row(
      "invert_matching", 74, .bool, range: 0...1, types: [.pub, .xpub, .sub], effect: .immediately,
      default: .integer(0), summary: "pass the messages that match no subscription"),
    row(
      "ipc_filter_gid", 60, .int32, range: 0...largest, access: .writeOnly,
      transports: ["ipc"], accumulates: true,
      summary: "a group that may connect over ipc; deprecated, use ZAP"),
    row(
      "ipc_filter_pid", 58, .int32, range: 0...largest, access: .writeOnly,
      transports: ["ipc"], accumulates: true,
      summary: "a process that may connect over ipc; deprecated, use ZAP"),
    row(
      "ipc_filter_uid", 59, .int32, range: 0...largest, access: .writeOnly,
      transports: ["ipc"], accumulates: true, summary: "a user that may connect over ipc; deprecated, use ZAP"
    ),
    row(
      "ipv4only", 31, .bool, range: 0...1, default: .integer(1), transports: ["tcp", "ws", "wss"],
      summary: "the opposite of ipv6; deprecated"),
    row(
      "ipv6", 42, .bool, range: 0...1, default: .integer(0), transports: ["tcp", "ws", "wss"],
      summary: "use IPv6 as well as IPv4"),
    row(
      "last_endpoint", 32, .text, access: .readOnly, effect: .immediately, default: .bytes([]),
      summary: "the endpoint bound or connected last"),
    row(
      "linger", 17, .int32, unit: .milliseconds, range: -1...largest, special: [-1: "no limit"],
      effect: .immediately, default: .integer(-1),
      summary: "how long messages not yet sent are kept when the socket is closed"),
    row(
      "loopback_fastpath", 94, .bool, range: 0...1, default: .integer(0), isDraft: true,
      transports: ["tcp"], summary: "use the TCP loopback fast path of Windows"),
    row(
      "maxmsgsize", 22, .int64, unit: .bytes, range: -1...Int64.max, special: [-1: "no limit"],
      default: .integer(-1),
      transports: net, summary: "the largest message to receive; the peer of a larger one is disconnected"),
    row(
      "mechanism", 43, .int32, range: 0...3, special: [0: "NULL", 1: "PLAIN", 2: "CURVE", 3: "GSSAPI"],
      access: .readOnly, effect: .immediately, default: .integer(0), summary: "the security mechanism"),
    row(
      "metadata", 95, .text, access: .writeOnly, isDraft: true,
      transports: net, accumulates: true, remark: "the first value that a property is given stays",
      summary: "a property told to peers, `X-name:value`"),
    row(
      "multicast_hops", 25, .int32, unit: .hops, range: 1...255, default: .integer(1),
      transports: pgm, summary: "how many networks a multicast packet crosses"),
    row(
      "multicast_loop", 96, .bool, range: 0...1, default: .integer(1), isDraft: true,
      transports: ["udp"], summary: "receive multicast packets of this machine"),
    row(
      "multicast_maxtpdu", 84, .int32, unit: .bytes, range: 50...65_535, default: .integer(1500),
      transports: pgm, summary: "the largest multicast packet"),
    row(
      "norm_block_size", 121, .int32, range: 1...largest, isDraft: true, since: "4.3.5",
      transports: ["norm"], summary: "how many segments make a block of NORM"),
    row(
      "norm_buffer_size", 119, .int32, range: 1...largest, isDraft: true, since: "4.3.5",
      transports: ["norm"], summary: "the buffer of NORM, in kilobytes"),
    row(
      "norm_mode", 117, .int32, range: 0...4,
      special: [0: "fixed", 1: "cc", 2: "ccl", 3: "cce", 4: "cce-ecnonly"], isDraft: true, since: "4.3.5",
      transports: ["norm"], summary: "the congestion control of NORM"),
    row(
      "norm_num_autoparity", 123, .int32, range: 0...largest, isDraft: true, since: "4.3.5",
      transports: ["norm"], summary: "how many parity segments NORM sends unasked"),
    row(
      "norm_num_parity", 122, .int32, range: 0...largest, isDraft: true, since: "4.3.5",
      transports: ["norm"], summary: "how many parity segments a block of NORM has"),
    row(
      "norm_push", 124, .bool, range: 0...1, isDraft: true, since: "4.3.5",
      transports: ["norm"], summary: "NORM sends new data before repairs"),
    row(
      "norm_segment_size", 120, .int32, unit: .bytes, range: 1...largest, isDraft: true, since: "4.3.5",
      transports: ["norm"], summary: "the segment of NORM"),
    row(
      "norm_unicast_nack", 118, .bool, range: 0...1, isDraft: true, since: "4.3.5",
      transports: ["norm"], summary: "NORM receivers send NACKs to the sender alone"),
    row(
      "only_first_subscribe", 108, .bool, range: 0...1, access: .writeOnly, types: [.xpub, .xsub],
      effect: .immediately, isDraft: true,
      summary: "only the first frame of a message can be a subscription"),
    row(
      "out_batch_size", 102, .int32, unit: .messages, range: 1...largest, default: .integer(8192),
      isDraft: true, summary: "how many messages one system call sends"),
    row(
      "plain_password", 46, .text, unit: .bytes, range: 0...255, default: .bytes([]), isSecret: true,
      summary: "the password of this PLAIN client"),
    row("plain_server", 44, .bool, range: 0...1, default: .integer(0), summary: "be a PLAIN server"),
    row(
      "plain_username", 45, .text, unit: .bytes, range: 0...255, default: .bytes([]),
      summary: "the user name of this PLAIN client"),
    row(
      "priority", 112, .int32, range: 0...6, default: .integer(0), isDraft: true,
      transports: ["tcp", "ws", "wss"], summary: "the priority of packets, SO_PRIORITY"),
    row(
      "probe_router", 51, .bool, range: 0...1, access: .writeOnly, types: [.router, .dealer, .req],
      effect: .nextPeer, summary: "send an empty message to each new peer"),
    row(
      "rate", 8, .int32, unit: .kilobitsPerSecond, range: 1...largest, default: .integer(100),
      transports: pgm,
      remark: "a second must have room for a packet of multicast_maxtpdu",
      summary: "the largest rate of multicast data"),
    row(
      "rcvbuf", 12, .int32, unit: .bytes, range: -1...largest, special: [-1: "the system's"],
      default: .integer(-1), transports: ["tcp"] + pgm,
      remark: "the system doubles it, and allows what net.core.rmem_max says at most",
      summary: "the system's receive buffer"),
    row(
      "rcvhwm", 24, .int32, unit: .messages, range: 0...largest, special: [0: "no limit"],
      effect: .immediately, default: .integer(1000),
      summary: "the high-water mark: messages to queue for receiving, per peer"),
    row(
      "rcvmore", 13, .bool, range: 0...1, access: .readOnly, effect: .immediately, default: .integer(0),
      summary: "whether the frame received last is followed by more"),
    row(
      "rcvtimeo", 27, .int32, unit: .milliseconds, range: -1...largest,
      special: [-1: "no limit", 0: "does not wait"], effect: .immediately, default: .integer(-1),
      summary: "how long a receive waits"),
    row(
      "reconnect_ivl", 18, .int32, unit: .milliseconds, range: -1...largest,
      special: [-1: "never reconnect", 0: "never reconnect"],
      default: .integer(100), transports: net, remark: "libzmq adds up to as much again at random",
      summary: "how long to wait before a lost connection is tried again"),
    row(
      "reconnect_ivl_max", 21, .int32, unit: .milliseconds, range: 0...largest,
      special: [0: "does not double"], default: .integer(0),
      transports: net, remark: "it counts where it is more than reconnect_ivl",
      summary: "reconnect_ivl doubles at each try up to this"),
    row(
      "reconnect_stop", 109, .int32, range: 0...7,
      special: [
        0: "never", 1: "connection refused", 2: "handshake failed",
        3: "connection refused or handshake failed",
      ],
      default: .integer(0), isDraft: true, transports: net,
      summary: "when to give up reconnecting, a bit each"),
    row(
      "recovery_ivl", 9, .int32, unit: .milliseconds, range: 0...largest, default: .integer(10_000),
      transports: pgm, summary: "how long a multicast receiver may be absent"),
    row(
      "req_correlate", 52, .bool, range: 0...1, access: .writeOnly, types: [.req], effect: .immediately,
      summary: "match replies with requests by an id"),
    row(
      "req_relaxed", 53, .bool, range: 0...1, access: .writeOnly, types: [.req], effect: .immediately,
      summary: "allow a new request before the reply; set req_correlate too"),
    row(
      "router_handover", 56, .bool, range: 0...1, access: .writeOnly, types: [.router], effect: .immediately,
      summary: "a new peer takes the routing id of an old one over"),
    row(
      "router_mandatory", 33, .bool, range: 0...1, access: .writeOnly, types: [.router], effect: .immediately,
      aliases: ["fail_unroutable", "router_behavior"],
      summary: "fail where no peer has the routing id, instead of dropping"),
    row(
      "router_notify", 97, .int32, range: 0...3,
      special: [0: "off", 1: "connect", 2: "disconnect", 3: "connect and disconnect"], types: [.router],
      default: .integer(0), isDraft: true, summary: "receive an empty message when a peer comes or goes"),
    row(
      "router_raw", 41, .bool, range: 0...1, access: .writeOnly, types: [.router],
      summary: "speak plain TCP; deprecated, use a stream socket"),
    row(
      "routing_id", 5, .bytes, unit: .bytes, range: 1...255, types: [.req, .rep, .router, .dealer],
      default: .bytes([]), aliases: ["identity"],
      remark: "a REP does not tell it over tcp and ipc: a ROUTER there makes one up",
      summary: "the routing id that a router knows this socket by"),
    row(
      "sndbuf", 11, .int32, unit: .bytes, range: -1...largest, special: [-1: "the system's"],
      default: .integer(-1), transports: ["tcp"] + pgm,
      remark: "the system doubles it, and allows what net.core.wmem_max says at most",
      summary: "the system's send buffer"),
    row(
      "sndhwm", 23, .int32, unit: .messages, range: 0...largest, special: [0: "no limit"],
      effect: .immediately, default: .integer(1000),
      summary: "the high-water mark: messages to queue for sending, per peer"),
    row(
      "sndtimeo", 28, .int32, unit: .milliseconds, range: -1...largest,
      special: [-1: "no limit", 0: "does not wait"], effect: .immediately, default: .integer(-1),
      summary: "how long a send waits"),
    row(
      "socks_password", 100, .text, unit: .bytes, range: 0...255, default: .bytes([]), isSecret: true,
      isDraft: true, transports: ["tcp"], needs: "socks_proxy", summary: "the password at the SOCKS5 proxy"),
    row(
      "socks_proxy", 68, .text, default: .bytes([]),
      transports: ["tcp"], summary: "the SOCKS5 proxy to connect through, `host:port`"),
    row(
      "socks_username", 99, .text, unit: .bytes, range: 0...255, default: .bytes([]), isDraft: true,
      transports: ["tcp"], needs: "socks_proxy", summary: "the user name at the SOCKS5 proxy"),
    row(
      "stream_notify", 73, .bool, range: 0...1, access: .writeOnly, types: [.stream],
      summary: "receive an empty message when a peer comes or goes"),
    row(
      "subscribe", 6, .bytes, access: .writeOnly, types: [.sub, .xpub], effect: .immediately,
      summary: "receive messages that begin with this prefix"),
    row(
      "tcp_accept_filter", 38, .text, unit: .bytes, range: 0...255, access: .writeOnly,
      transports: ["tcp"], accumulates: true, remark: "an empty one takes all of them back",
      summary: "an address or network that may connect, `10.0.0.0/8`; deprecated, use ZAP"),
    row(
      "tcp_keepalive", 34, .int32, range: -1...1, special: [-1: "the system's", 0: "off", 1: "on"],
      default: .integer(-1), transports: ["tcp"],
      summary: "whether TCP keeps idle connections alive, SO_KEEPALIVE"),
    row(
      "tcp_keepalive_cnt", 35, .int32, range: -1...127, except: 0, special: [-1: "the system's"],
      default: .integer(-1), transports: ["tcp"], needs: "tcp_keepalive",
      summary: "how many TCP keep-alives may stay unanswered, TCP_KEEPCNT"),
    row(
      "tcp_keepalive_idle", 36, .int32, unit: .seconds, range: -1...32_767, except: 0,
      special: [-1: "the system's"],
      default: .integer(-1),
      transports: ["tcp"], needs: "tcp_keepalive",
      summary: "how long a TCP connection is idle before the first keep-alive, TCP_KEEPIDLE"),
    row(
      "tcp_keepalive_intvl", 37, .int32, unit: .seconds, range: -1...32_767, except: 0,
      special: [-1: "the system's"],
      default: .integer(-1), transports: ["tcp"], needs: "tcp_keepalive",
      summary: "how long between TCP keep-alives, TCP_KEEPINTVL"),
    row(
      "tcp_maxrt", 80, .int32, unit: .milliseconds, range: 0...largest, special: [0: "the system's"],
      default: .integer(0), transports: ["tcp", "ws", "wss"],
      summary: "how long TCP sends anew what is not acknowledged"),
    row(
      "thread_safe", 81, .bool, range: 0...1, access: .readOnly, effect: .immediately, default: .integer(0),
      summary: "whether the socket may be used by many threads"),
    row(
      "topics_count", 116, .int32, range: 0...largest, access: .readOnly, types: [.pub, .xpub],
      effect: .immediately, isDraft: true, since: "4.3.5", summary: "how many subscriptions there are"),
    row(
      "tos", 57, .int32, range: 0...255, default: .integer(0),
      transports: ["tcp", "ws", "wss"],
      remark: "the two lowest bits are TCP's own (ECN): the system clears them",
      summary: "the type of service of IP packets, IP_TOS: DSCP times 4"),
    row(
      "type", 16, .int32, range: 0...11,
      special: [
        0: "pair", 1: "pub", 2: "sub", 3: "req", 4: "rep", 5: "dealer", 6: "router", 7: "pull", 8: "push",
        9: "xpub", 10: "xsub", 11: "stream",
      ],
      access: .readOnly, effect: .immediately, summary: "the type of the socket"),
    row(
      "unsubscribe", 7, .bytes, access: .writeOnly, types: [.sub, .xpub], effect: .immediately,
      summary: "take one subscription to this prefix back"),
    row(
      "use_fd", 89, .fileDescriptor, range: -1...largest, special: [-1: "a new one"], default: .integer(-1),
      transports: ["tcp", "ipc", "ws", "wss"], summary: "a listening file descriptor to bind with"),
    row(
      "vmci_buffer_max_size", 87, .uint64, unit: .bytes, default: .integer(262_144),
      transports: ["vmci"], summary: "the largest buffer of a VMCI socket"),
    row(
      "vmci_buffer_min_size", 86, .uint64, unit: .bytes, default: .integer(128),
      transports: ["vmci"], summary: "the smallest buffer of a VMCI socket"),
    row(
      "vmci_buffer_size", 85, .uint64, unit: .bytes, default: .integer(65_546),
      transports: ["vmci"], summary: "the buffer of a VMCI socket"),
    row(
      "vmci_connect_timeout", 88, .int32, unit: .milliseconds, range: -1...largest,
      special: [-1: "the system's"], default: .integer(-1),
      transports: ["vmci"], summary: "how long a VMCI connection may take to be made"),
    row(
      "wss_cert_pem", 104, .text, access: .writeOnly, isDraft: true,
      transports: ["wss"], summary: "the TLS certificate of a wss server, as PEM"),
    row(
      "wss_hostname", 106, .text, access: .writeOnly, isDraft: true,
      transports: ["wss"], summary: "the host name that a wss server must have"),
    row(
      "wss_key_pem", 103, .text, access: .writeOnly, isSecret: true, isDraft: true,
      transports: ["wss"], summary: "the TLS key of a wss server, as PEM"),
    row(
      "wss_trust_pem", 105, .text, access: .writeOnly, isDraft: true,
      transports: ["wss"], summary: "the TLS certificates that a wss client trusts, as PEM"),
    row(
      "wss_trust_system", 107, .bool, range: 0...1, access: .writeOnly, isDraft: true,
      transports: ["wss"], summary: "trust the system's TLS certificates"),
    row(
      "xpub_manual", 71, .bool, range: 0...1, access: .writeOnly, types: [.xpub], effect: .immediately,
      summary: "pass subscriptions as messages and take them only by hand"),
    row(
      "xpub_manual_last_value", 98, .bool, range: 0...1, access: .writeOnly, types: [.xpub],
      effect: .immediately, isDraft: true,
      summary: "xpub_manual, and the next message goes to the last subscriber only"),
    row(
      "xpub_nodrop", 69, .bool, range: 0...1, access: .writeOnly, types: [.pub, .xpub], effect: .immediately,
      summary: "fail at the high-water mark instead of dropping"),
    row(
      "xpub_verbose", 40, .bool, range: 0...1, access: .writeOnly, types: [.xpub], effect: .immediately,
      summary: "pass every subscription, not only the first of each"),
    row(
      "xpub_verboser", 78, .bool, range: 0...1, access: .writeOnly, types: [.xpub], effect: .immediately,
      summary: "pass every subscription and unsubscription"),
    row(
      "xpub_welcome_msg", 72, .bytes, access: .writeOnly, types: [.xpub], effect: .nextPeer,
      summary: "a message that each new subscriber receives first"),
    row(
      "xsub_verbose_unsubscribe", 115, .bool, range: 0...1, access: .writeOnly, types: [.xsub],
      effect: .immediately, isDraft: true, since: "4.3.5", summary: "pass every unsubscription on"),
    row(
      "zap_domain", 55, .text, unit: .bytes, range: 1...255, default: .bytes([]),
      summary: "the domain told to the ZAP handler; NULL asks it only where there is one"),
    row(
      "zap_enforce_domain", 93, .bool, range: 0...1, default: .integer(0), isDraft: true,
      needs: "zap_domain", summary: "ask the ZAP handler only where there is a domain, as RFC 27 says"),
  ]

  /// The transports of peers in other programs, with a connection to each.
  private static let net = ["tcp", "ipc", "tipc", "ws", "wss"]
  /// Multicast.
  private static let pgm = ["pgm", "epgm"]

  // The largest of a C int.
  private static let largest = Int64(Int32.max)
  // What libzmq gives for a key that was not set.
  private static let noKey = OptionValue.bytes([UInt8](repeating: 0, count: CurveKey.byteCount))

  private static func row(
    _ name: String, _ code: Int32, _ kind: Kind, unit: Unit = .none, range: ClosedRange<Int64>? = nil,
    except excluded: Int64? = nil, special: [Int64: String] = [:], access: OptionAccess = .readWrite,
    types: [SocketType] = SocketType.allCases, effect: Effect = .nextConnection,
    default defaultValue: OptionValue? = nil, isSecret: Bool = false, isDraft: Bool = false,
    since: String? = nil, aliases: [String] = [], transports: [String] = [], needs: String? = nil,
    accumulates: Bool = false, remark: String? = nil, summary: String
  ) -> SocketOption {
    SocketOption(
      name: name, code: code, kind: kind, unit: unit, range: range, excluded: excluded,
      specialValues: special, access: access,
      types: types, effect: effect, defaultValue: defaultValue, isSecret: isSecret, isDraft: isDraft,
      since: since, aliases: aliases, transports: transports, needs: needs, accumulates: accumulates,
      remark: remark, summary: summary)
  }
}
