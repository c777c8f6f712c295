/// What an error means to people, and what to do about it: those of ZeroMQ and the system, then our own.
struct ErrorHelp {
  let name: String
  /// What happened; then what to do.
  let lines: [String]

  private init(_ name: String, _ meaning: String, _ cures: String...) {
    self.name = name
    lines = [meaning] + cures
  }

  static let all: [ErrorHelp] = [
    ErrorHelp(
      "EACCES", "The system does not permit it: a port below 1024, or a file or socket file of another user.",
      "Use a port from 1024 on, or a path in a folder of yours."),
    ErrorHelp(
      "EADDRINUSE", "Something is bound to the address already.",
      "`bind TYPE :0` lets the system choose a free port."),
    ErrorHelp(
      "EADDRNOTAVAIL", "The address is none of this machine's: `bind` takes one's own, or `*` for all.",
      "`bind rep *:5546` binds all of them; `connect` goes to others' addresses."),
    ErrorHelp(
      "EAFNOSUPPORT", "The address is of a family that the system or the socket does not use, such as IPv6.",
      "`connect req tcp://[::1]:5546 ipv6=on` lets the socket use IPv6."),
    ErrorHelp(
      "EAGAIN", "No peer is there to take the message.",
      "`wait connected` waits for one; `within 5s send …` waits with the message."),
    ErrorHelp(
      "EALREADY", "What was asked for is under way already.",
      "`wait` for it, or `status` shows how far it is."),
    ErrorHelp(
      "EBADF", "A file descriptor is not open: it was closed, or never was one.",
      "`reset` makes the socket anew."),
    ErrorHelp(
      "EBUSY", "Something else holds it: a device, a file.",
      "Try again, or close what holds it."),
    ErrorHelp(
      "ECONNABORTED", "The connection was given up before it was complete.",
      "ZeroMQ tries again by itself; `status` tells how it goes."),
    ErrorHelp(
      "ECONNREFUSED", "Nobody listens at the address.",
      "Start what binds it: a `connect` may come first and goes on trying by itself."),
    ErrorHelp(
      "ECONNRESET", "The peer cut the connection: it ended, or it speaks no ZeroMQ.",
      "ZeroMQ connects again by itself; `status` tells what the peer was."),
    ErrorHelp(
      "EDOM", "A number is outside of what is allowed.",
      "`help OPTION` tells the range."),
    ErrorHelp(
      "EEXIST", "The file is there already.",
      "Choose another name, or remove it."),
    ErrorHelp(
      "EFAULT", "An address in memory was wrong: a defect of this program.",
      "Please report it, with the statement."),
    ErrorHelp(
      "EFBIG", "The file is larger than what can be taken.",
      "Messages of many parts carry what one cannot."),
    ErrorHelp(
      "EFSM", "A REQ sends and receives in turn, and a REP receives and sends in turn; this was out of turn.",
      "`recv` what is due first, or `reset` the socket to start over.",
      "`connect req 5546 req_relaxed=1 req_correlate=1` makes a REQ that may send again without a reply."),
    ErrorHelp(
      "EHOSTDOWN", "The host does not answer.",
      "Look whether it runs; ZeroMQ goes on trying by itself."),
    ErrorHelp(
      "EHOSTUNREACH", "A ROUTER has no peer with the routing id that is the message's first frame.",
      "It learns an id from the first message of that peer: `recv as id body`, then `send $id …`."),
    ErrorHelp(
      "EINPROGRESS", "The connection is being made.",
      "`wait connected` waits for it."),
    ErrorHelp(
      "EINTR", "A signal came in between, such as Ctrl-C.",
      "Run the statement again."),
    ErrorHelp(
      "EINVAL", "ZeroMQ does not take the value, the endpoint, or the option for this type of socket.",
      "`help OPTION` tells what it takes; `help options` lists them."),
    ErrorHelp(
      "EIO", "The system could not read or write.",
      "Look at the device or the file."),
    ErrorHelp(
      "EISCONN", "It is connected already.",
      "`disconnect` first."),
    ErrorHelp(
      "EISDIR", "It is a folder, and a file was wanted.",
      "Name a file in it."),
    ErrorHelp(
      "ELOOP", "The path goes around in a circle of symbolic links.",
      "Mend the links."),
    ErrorHelp(
      "EMFILE", "The program has as many files and sockets open as it may.",
      "`close` sockets, or raise the limit: `ulimit -n`."),
    ErrorHelp(
      "EMSGSIZE", "The message is larger than the transport takes.",
      "Send it in parts, or over tcp."),
    ErrorHelp(
      "EMTHREAD", "There is no I/O thread that could serve the socket.",
      "`affinity=0` lets all of them serve it."),
    ErrorHelp(
      "ENAMETOOLONG", "The name is too long: the path of an ipc socket has at most 107 bytes.",
      "Use a shorter path, or `@NAME`, which is no file."),
    ErrorHelp(
      "ENETDOWN", "The network is down.",
      "Look at the interface; ZeroMQ goes on trying by itself."),
    ErrorHelp(
      "ENETRESET", "The network dropped the connection.",
      "ZeroMQ connects again by itself."),
    ErrorHelp(
      "ENETUNREACH", "No way leads to the network of the address.",
      "Look at the address and the routes; ZeroMQ goes on trying by itself."),
    ErrorHelp(
      "ENFILE", "The system has as many files open as it can.",
      "Close other programs' files."),
    ErrorHelp(
      "ENOBUFS", "The system has no memory for more connections or packets.",
      "Send less at once, or try again."),
    ErrorHelp(
      "ENOCOMPATPROTO", "The transport does not go with the type of the socket.",
      "Over tcp, ipc and inproc every type goes."),
    ErrorHelp(
      "ENODEV", "No interface of this machine has the address or the name.",
      "`bind rep *:5546` binds all interfaces."),
    ErrorHelp(
      "ENOENT", "There is no such file or endpoint: nothing to read, or nothing bound that could be unbound.",
      "`status` lists the endpoints of a socket."),
    ErrorHelp(
      "ENOMEM", "There is no memory left.",
      "Close sockets, or lower their `rcvhwm` and `sndhwm`."),
    ErrorHelp(
      "ENOPROTOOPT", "The system does not know this option of its sockets.",
      "Do without it."),
    ErrorHelp(
      "ENOSPC", "The disk is full.",
      "Make room."),
    ErrorHelp(
      "ENOSYS", "The system or this libzmq cannot do it.",
      "`version` tells what libzmq was built with."),
    ErrorHelp(
      "ENOTCONN", "It is not connected.",
      "`wait connected` waits until it is."),
    ErrorHelp(
      "ENOTDIR", "A part of the path is no folder.",
      "Look at the path."),
    ErrorHelp(
      "ENOTSOCK", "The socket was closed.",
      "Make it again: `connect`, `bind`."),
    ErrorHelp(
      "ENOTSUP", "The socket type cannot do this: a SUB or PULL only receives, a PUB or PUSH only sends.",
      "`help patterns` shows which types talk to each other."),
    ErrorHelp(
      "ENXIO", "There is no such device or address.",
      "Look at the name."),
    ErrorHelp(
      "EOVERFLOW", "A number is too large for its place.",
      "`help OPTION` tells the range."),
    ErrorHelp(
      "EPERM", "The system does not permit it to this user.",
      "It may need more rights: `bindtodevice` needs CAP_NET_RAW."),
    ErrorHelp(
      "EPIPE", "Nobody reads what is written any more.",
      "Look why the reader ended."),
    ErrorHelp(
      "EPROTO", "The peer broke the protocol.",
      "`status` tells what it was; it may speak no ZeroMQ."),
    ErrorHelp(
      "EPROTONOSUPPORT", "This libzmq does not have the transport or the mechanism.",
      "`version` tells what it was built with."),
    ErrorHelp(
      "EPROTOTYPE", "The protocol does not go with this kind of socket.",
      "Over tcp, ipc and inproc every type goes."),
    ErrorHelp(
      "ERANGE", "A number is outside of what is allowed.",
      "`help OPTION` tells the range."),
    ErrorHelp(
      "EROFS", "The file system can only be read.",
      "Choose another place."),
    ErrorHelp(
      "ESRCH", "There is no such process.",
      "It has ended."),
    ErrorHelp(
      "ETERM", "The context is being ended: the program is leaving.",
      "Nothing is to be done."),
    ErrorHelp(
      "ETIMEDOUT", "The other side did not answer in time.",
      "ZeroMQ goes on trying by itself; `within 5s …` says how long a statement may take."),
    ErrorHelp(
      "any", "Every failure: `fails any …` holds whatever goes wrong.",
      "Name the error instead, where it is known: `fails EFSM send Hello`."),
    ErrorHelp(
      "mismatch", "An `expect` or an `assert` did not hold (exit status 4).",
      "`help expect` lists the patterns; `fails mismatch expect x` tests for it."),
    ErrorHelp(
      "program", "A program that `sh` or a pipe started ended with a status other than 0.",
      "`try { sh 'false' } catch { print $error.message }` goes on."),
    ErrorHelp(
      "syntax",
      "A text that was only known at run time, such as a file of `source`, does not parse or check.",
      "`zsh-mq check FILE` tells all that is wrong with it."),
    ErrorHelp(
      "task", "A task failed, which ends what waits beside it.",
      "`tasks` lists them; `try { … } catch { … }` around the wait goes on."),
    ErrorHelp(
      "timeout", "The time of a `within`, or the limit of every wait in a script, ran out (exit status 5).",
      "`within 30s …` gives one statement more, `timeout 30s` or `--timeout 30s` all of them."),
    ErrorHelp(
      "value", "A value of the script does not fit: a wrong type, an overflow, no such index, socket or key.",
      "`try { … } catch { print $error.message }` goes on."),
  ]
}
