#if os(Linux)
  import Testing
  import ZeroMQ

  /// When an option counts, and how that is seen.
  struct OptionEffect: CustomTestStringConvertible, Sendable {
    let name: String
    /// Shows it; `nil` where nothing of it can be seen.
    let prove: (@Sendable () throws -> Void)?
    /// Why nothing of it can be seen.
    let reason: String

    var testDescription: String { name }

    init(_ name: String, _ prove: @escaping @Sendable () throws -> Void) {
      (self.name, self.prove, reason) = (name, prove, "")
    }

    init(_ option: LateOption) {
      self.init(option.name) { try option.prove() }
    }

    init(_ name: String, unseen reason: String) {
      (self.name, prove, self.reason) = (name, nil, reason)
    }

    /// The row of a name that stands in this table.
    static func named(_ name: String) -> SocketOption {
      guard let option = SocketOption.named(name) else { preconditionFailure("no option \(name)") }
      return option
    }

    static let all =
      ofTheSystem + onTheWire + ofConnections + atOnce + read + unseen

    /// What cannot be seen, here or anywhere.
    static let unseen: [OptionEffect] = [
      ("busy_poll", "the system keeps it for devices that poll, and the loopback device does not"),
      (
        "gssapi_plaintext", "it shows after a handshake with a ticket of a Kerberos server, which no test has"
      ),
      ("gssapi_principal_nametype", "it is looked at with a Kerberos server's ticket"),
      ("gssapi_service_principal_nametype", "it is looked at with a Kerberos server's ticket"),
      ("hiccup_msg", "of 4.3.5 with the draft API, which no package of Debian has"),
      ("in_batch_size", "the length of a buffer of libzmq's own: the messages are the same"),
      ("loopback_fastpath", "of Windows; libzmq keeps it elsewhere, and does not look at it"),
      (
        "multicast_hops",
        "libpgm ends a process in which it cannot start: see Tests/Interop/test_multicast.py"
      ),
      ("multicast_loop", "of udp, which none of the eleven types speaks"),
      (
        "multicast_maxtpdu",
        "libpgm ends a process in which it cannot start: see Tests/Interop/test_multicast.py"
      ),
      ("norm_block_size", "of NORM with the draft API, which no package of Debian has"),
      ("norm_buffer_size", "of NORM with the draft API, which no package of Debian has"),
      ("norm_mode", "of NORM with the draft API, which no package of Debian has"),
      ("norm_num_autoparity", "of NORM with the draft API, which no package of Debian has"),
      ("norm_num_parity", "of NORM with the draft API, which no package of Debian has"),
      ("norm_push", "of NORM with the draft API, which no package of Debian has"),
      ("norm_segment_size", "of NORM with the draft API, which no package of Debian has"),
      ("norm_unicast_nack", "of NORM with the draft API, which no package of Debian has"),
      ("out_batch_size", "the length of a buffer of libzmq's own: the messages are the same"),
      ("rate", "how fast PGM sends, of which a loaded machine shows nothing that would always hold"),
      ("recovery_ivl", "how much PGM keeps to send anew: memory, until a network loses packets"),
      ("vmci_buffer_max_size", "of VMware's machines"),
      ("vmci_buffer_min_size", "of VMware's machines"),
      ("vmci_buffer_size", "of VMware's machines"),
      ("vmci_connect_timeout", "of VMware's machines"),
      ("wss_cert_pem", "of a libzmq with TLS, which no package of Debian has"),
      ("wss_hostname", "of a libzmq with TLS, which no package of Debian has"),
      ("wss_key_pem", "of a libzmq with TLS, which no package of Debian has"),
      ("wss_trust_pem", "of a libzmq with TLS, which no package of Debian has"),
      ("wss_trust_system", "of a libzmq with TLS, which no package of Debian has"),
    ].map { OptionEffect($0.0, unseen: $0.1) }
  }
#endif
