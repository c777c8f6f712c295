import ZeroMQ

/// `help security`: from nothing to a server that lets in whom it knows, and who else was refused.
enum SecurityHelp {
  /// A step: what it is about, the statements, and what else there is to say.
  private struct Step {
    let title: String
    let statements: [String]
    var remarks: [String] = []
  }

  private static let steps = [
    Step(
      title: "1. CURVE encrypts, and the keys say who is who. A certificate is made once and stays:",
      statements: [
        "keygen server.cert", "keygen client.cert", "bind rep 5546 as server curve server server.cert",
        "connect req 5546 as client curve client server.cert client.cert", "client send Hello", "server recv",
        "server send World", "client recv",
      ],
      remarks: [
        "server.cert is for the clients; server.cert_secret is the server's alone, client.cert_secret the client's.",
        "Without a file a server makes new keys and tells what its clients write: `bind rep 5546 curve server`.",
      ]),
    Step(
      title:
        "2. So far whoever has server.cert is let in. `auth` decides who is, by certificates and by addresses:",
      statements: [
        "sh 'mkdir known; cp client.cert known'", "auth curve known", "auth deny 192.0.2.0/24",
        "client reset; wait auth allowed",
      ],
      remarks: [
        "A certificate that comes into the folder, changes or goes counts from the next peer on. `auth allow 10.0.0.0/8`",
        "lets those in and no others; `ipc` stands for the processes of this machine that come by a socket file.",
      ]),
    Step(
      title: "3. Who was refused, and why:",
      statements: [
        "connect req 5546 as stranger curve client server.cert", "wait auth denied as who",
        "print $who[2] $who[5]",
        "auth log", "auth",
      ],
      remarks: [
        "`auth log on` tells each verdict as it is given, `status` and every wait in vain tell what is known of it at",
        "both sides. A peer that was refused does not try again by itself: `reset` does.",
      ]),
    Step(
      title: "4. PLAIN asks for a name and a password, and encrypts nothing:",
      statements: [
        "sh 'umask 077; printf hunter2 > password'", "auth plain alice from password",
        "bind rep 5547 as desk plain server", "connect req 5547 as alice plain client alice from password",
        "alice send Hello", "desk recv as request", "print $request.user",
      ],
      remarks: [
        "`auth plain alice` asks for the password and does not show it; `$env.NAME` takes it from a variable."
      ]
    ),
    Step(
      title: "5. A domain is a part of the sockets, for which other users or keys count:",
      statements: [
        "auth plain bob from password domain=inside", "bind rep 5548 as inner plain server zap_domain=inside",
        "connect req 5548 as bob plain client bob from password", "bob send Hello", "inner recv",
      ]),
    Step(
      title:
        "6. Or a script decides. libzmq asks with: version, number, domain, address, routing id, mechanism, credentials:",
      statements: [
        "auth stop", "serve rep inproc://zeromq.zap.01 as zap { send 1.0 $request[1] 200 OK somebody \"\" }",
        "bind rep 5549 as open", "connect req 5549 as guest", "guest send Hello", "open recv as request",
        "print $request.user",
      ],
      remarks: [
        "The answer is 200 to let in, 300 to put off, 400 to refuse (ZAP, RFC 27). Of `auth` and this, one may run."
      ]),
  ]

  static var lines: [String] {
    var lines = [
      "Who may talk to a socket, and who may read what is said. A bare port listens on this machine alone.",
      "",
    ]
    for step in steps {
      lines += [step.title] + step.statements.map { "    " + $0 } + step.remarks.map { "  " + $0 } + [""]
    }
    lines += [
      "Secret keys and passwords are shown by nothing, and kept in no history, recording or report. `let p = \"…\"` is one as",
      "soon as `plain client alice $p` says so, or by its name: `let password`. A line that begins with a blank is not kept.",
      gssapi,
      "`help limits` tells what a hostile peer cannot use up; `help keygen`, `help curve`, `help plain`, `help auth`.",
    ]
    return lines
  }

  /// What the linked library has of GSSAPI.
  private static var gssapi: String {
    let name = "libzmq \(ZeroMQLibrary.versionText)"
    return ZeroMQLibrary.has("gssapi")
      ? "GSSAPI: the \(name) in use has it, by its options alone (`help gssapi_server`); Kerberos has to be there."
      : "GSSAPI: the \(name) in use does not have it, and its options are refused."
  }
}
