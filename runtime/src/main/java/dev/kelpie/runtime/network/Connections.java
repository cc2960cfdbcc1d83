package dev.kelpie.runtime.network;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.Programs;
import java.util.Collection;
import java.util.List;

/// UDP entries of connection tracking: while a client keeps sending, the kernel leads its datagrams
/// where the first one went, whatever the rules say by now. With conntrack(8) they are deleted;
/// without it the round-robin of `AddressPool` at least keeps another pod from getting them.
final class Connections {

    private final HostCommands host;

    Connections(HostCommands host) {
        this.host = host;
    }

    /// Forgets the UDP flows of published ports: those begun before the port was published went to
    /// the host itself, those of a pod that left go nowhere.
    void forget(Collection<PublishedPort> ports) throws InterruptedException {
        var udp = ports.stream().filter(port -> port.protocol() == Protocol.UDP).toList();
        if (udp.isEmpty() || Programs.find("conntrack").isEmpty()) {
            return;
        }
        for (var port : udp) {
            for (var i = 0; i < port.range(); i++) {
                forget("--orig-port-dst", Integer.toString(port.hostPort() + i));
            }
        }
    }

    /// Forgets the UDP flows that were led to these pods.
    ///
    /// @param state that still knows their networks
    void forgetPods(Collection<Attachment> pods, NetworkState state) throws InterruptedException {
        if (pods.isEmpty() || Programs.find("conntrack").isEmpty()) {
            return;
        }
        for (var pod : pods) {
            forget("--reply-src", pod.address().getHostAddress());
            var six = state.six(pod);
            if (six.isPresent()) {
                forgetSix("--reply-src", Subnet.text(six.get()));
            }
        }
    }

    private void forgetSix(String option, String value) throws InterruptedException {
        var words = List.of("conntrack", "-D", "-f", "ipv6", "-p", "udp", option, value);
        Command.of(host.inHost(words)).attempt();
    }

    private void forget(String option, String value) throws InterruptedException {
        // Exit code 1 says that there were none.
        Command.of(host.inHost(List.of("conntrack", "-D", "-p", "udp", option, value))).attempt();
    }
}
