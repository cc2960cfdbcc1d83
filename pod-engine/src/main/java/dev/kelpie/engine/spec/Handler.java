package dev.kelpie.engine.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One way to ask a container something or to tell it something; the words are Kubernetes'.
public sealed interface Handler {

    /// What a probe may do.
    sealed interface OfProbe extends Handler permits Exec, HttpGet, TcpSocket, Grpc {}

    /// What a lifecycle hook may do.
    sealed interface OfHook extends Handler permits Exec, HttpGet, TcpSocket, Sleep {}

    /// Runs a command in the container; exit code 0 is success.
    record Exec(List<String> command) implements OfProbe, OfHook {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /// Asks by HTTP; 200 to 399 is success.
    ///
    /// @param tls https, whose certificate nobody verifies
    /// @param host absent: the pod's own address
    record HttpGet(
            boolean tls, Optional<String> host, int port, String path, List<HttpHeader> headers)
            implements OfProbe, OfHook {
        public HttpGet {
            headers = List.copyOf(headers);
        }
    }

    /// One header of a request; the same name may come twice.
    record HttpHeader(String name, String value) {}

    /// Opens a connection and closes it.
    record TcpSocket(Optional<String> host, int port) implements OfProbe, OfHook {}

    /// Asks the standard health service `grpc.health.v1.Health`.
    ///
    /// @param service empty: the server as a whole
    record Grpc(int port, String service) implements OfProbe {}

    /// Waits.
    record Sleep(Duration time) implements OfHook {}
}
