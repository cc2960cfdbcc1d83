package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `ip` lines for bridges, veth pairs and addresses.
final class Links {

    private final NetworkRoot root;

    Links(NetworkRoot root) {
        this.root = root;
    }

    /// Makes the bridge of a network; harmless when it is there.
    void ensureBridge(IpBatch batch, BridgeNetwork network) {
        // With a MAC of its own: else it changes with every port and pods' ARP entries go stale.
        batch.ensure(creation(network));
        batch.ensure(
                "address add %s/%d brd + dev %s"
                        .formatted(
                                network.gateway().getHostAddress(),
                                network.subnet().prefix(),
                                network.bridge()));
        network.reach()
                .six()
                .ifPresent(six ->
                        batch.ensure(
                                sixAddress(
                                        six.gateway(), six.subnet().prefix(), network.bridge())));
        network.reach()
                .loopbackStandIn()
                .ifPresent(address -> batch.ensure(sixAddress(address, 128, network.bridge())));
        batch.add("link set " + network.bridge() + " up");
    }

    /// Nobody else has it, so it is not asked for: that would take a second.
    private static String sixAddress(InetAddress address, int prefix, String device) {
        return "address add %s/%d dev %s nodad".formatted(Subnet.text(address), prefix, device);
    }

    static String creation(BridgeNetwork network) {
        return "link add %s%s address %s type bridge stp_state 0 forward_delay 0"
                .formatted(network.bridge(), mtu(network), Attachment.macOf(network.gateway()));
    }

    /// Makes the veth pair with one end on the bridge and the other in the owner's namespace.
    void join(IpBatch batch, Attachment attachment, BridgeNetwork network) {
        var host = root.hostInterface(attachment);
        batch.add(
                "link add %s%s type veth peer name %s%s address %s netns \"%s\""
                        .formatted(
                                host,
                                mtu(network),
                                attachment.interfaceName(),
                                mtu(network),
                                attachment.mac(),
                                attachment.netns()));
        batch.add("link set " + host + " master " + network.bridge() + " up");
        // Where br_netfilter is active (Docker and Kubernetes hosts), a pod's packet to its own
        // published port is turned round inside the bridge and leaves by the port it came in.
        batch.add("link set " + host + " type bridge_slave hairpin on");
    }

    /// Makes the interfaces inside each namespace usable. The first interface has the default route
    /// that is taken.
    Map<Path, IpBatch> inside(Collection<Attachment> attachments, NetworkState state) {
        var batches = new LinkedHashMap<Path, IpBatch>();
        for (var attachment : attachments) {
            var network = state.network(attachment.network());
            var batch = batches.computeIfAbsent(attachment.netns(), _ -> new IpBatch());
            int number = number(attachment);
            batch.add("link set lo up");
            batch.add(
                    "address add %s/%d brd + dev %s"
                            .formatted(
                                    attachment.address().getHostAddress(),
                                    network.subnet().prefix(),
                                    attachment.interfaceName()));
            var six = network.reach().six();
            six.ifPresent(side ->
                    batch.add(
                            sixAddress(
                                    state.six(attachment).orElseThrow(),
                                    side.subnet().prefix(),
                                    attachment.interfaceName())));
            batch.add("link set " + attachment.interfaceName() + " up");
            if (!network.internal()) {
                batch.add(defaultRoute(network.gateway(), attachment, number));
                six.ifPresent(side -> batch.add(defaultRoute(side.gateway(), attachment, number)));
            }
        }
        return batches;
    }

    /// `eth0` is the first; one that joins later stands behind those that are there.
    private static int number(Attachment attachment) {
        var digits = attachment.interfaceName().replaceFirst("^.*?(\\d{0,4})$", "$1");
        return digits.isEmpty() ? 1 : Integer.parseInt(digits) + 1;
    }

    private static String defaultRoute(InetAddress gateway, Attachment attachment, int number) {
        return "route add default via %s dev %s metric %d"
                .formatted(Subnet.text(gateway), attachment.interfaceName(), 99 + number);
    }

    /// Removes interfaces; the pod's end of a pair goes with the host's. As a group: the kernel
    /// waits once for all of them (29 ms for twenty), not once for each (380 ms).
    void drop(IpBatch batch, Collection<String> interfaces) {
        if (interfaces.isEmpty()) {
            return;
        }
        interfaces.forEach(name -> batch.drop("link set " + name + " group " + group()));
        batch.drop("link delete group " + group());
    }

    /// Never 0, which is the group of everybody else's interfaces.
    private int group() {
        return (Integer.parseUnsignedInt(root.id(), 16) & Integer.MAX_VALUE) | (1 << 30);
    }

    List<String> hostInterfaces(Collection<Attachment> attachments) {
        return attachments.stream().map(root::hostInterface).toList();
    }

    private static String mtu(BridgeNetwork network) {
        return network.mtu() == 0 ? "" : " mtu " + network.mtu();
    }
}
