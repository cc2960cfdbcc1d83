package dev.kelpie.runtime.network;

import dev.kelpie.runtime.kernel.NetnsFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// Bridges by `ip`, rules in one nftables table of our own, names by aardvark-dns.
///
/// A play of many pods costs one `ip` batch for the host, one shell for the namespaces and one
/// `nft` transaction.
public final class NftablesBackend implements NetworkBackend {

    private final NetworkRoot root;
    private final NetworkIntent intent;
    private final HostCommands host;
    private final Links links;
    private final Connections connections;
    private final AardvarkDns dns;
    private final SixLoopback loopback;
    private final ReentrantLock lock = new ReentrantLock();

    public NftablesBackend(NetworkRoot root, NetworkIntent intent) {
        this.root = root;
        this.intent = intent;
        host = new HostCommands(root.hostNamespace());
        links = new Links(root);
        connections = new Connections(host);
        dns = new AardvarkDns(root, host);
        loopback = new SixLoopback(root, host);
    }

    @Override
    public String name() {
        return "nftables";
    }

    @Override
    public void attach(Collection<Attachment> joining) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            attach(joining, intent.desired());
        } finally {
            lock.unlock();
        }
    }

    private void attach(Collection<Attachment> joining, NetworkState state)
            throws InterruptedException {
        var script = NftRules.replace(root, state);
        var ports = portsOf(joining, state);
        if (!ports.isEmpty()) {
            new ForeignPorts(host.nftMaps(), root.table()).requireFree(ports);
        }
        var rules = Alongside.start(() -> host.nft(script));
        var done = false;
        try {
            join(joining, state);
            dns.serve(state.on(host.interfaces()));
            rules.await();
            connections.forget(ports);
            done = true;
        } finally {
            if (!done) {
                rules.end();
                dropInterfaces(links.hostInterfaces(joining));
            }
        }
    }

    @Override
    public void detach(Collection<Attachment> leaving) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var state = intent.desired();
            var rules = Alongside.start(() -> applyRules(state));
            try {
                dns.serve(state.on(host.interfaces()));
                var gone = new ArrayList<>(links.hostInterfaces(leaving));
                gone.addAll(unusedBridges(state));
                dropInterfaces(gone);
            } finally {
                rules.end();
            }
            rules.await();
            loopback.lead(state);
            connections.forgetPods(leaving, state);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void serve() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var state = intent.desired();
            applyRules(state);
            dns.serve(state.on(host.interfaces()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reapply() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var state = intent.desired();
            var present = host.interfaces();
            loopback.look(state, present);
            dropInterfaces(stale(state, present));
            var missing =
                    state.attachments().stream()
                            .filter(a -> !present.contains(root.hostInterface(a)))
                            .filter(a -> NetnsFile.isNamespace(a.netns()))
                            .toList();
            join(missing, state);
            applyRules(state);
            dns.serve(state.on(host.interfaces()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasRemains() {
        return dns.hasRemains() || HostLinks.read().interfaces().stream().anyMatch(root::owns);
    }

    @Override
    public void removeAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            host.nft(NftRules.remove(root));
            loopback.remove();
            dns.stop();
            dropInterfaces(stale(NetworkState.EMPTY, host.interfaces()));
            dns.removeFiles();
        } finally {
            lock.unlock();
        }
    }

    private void join(Collection<Attachment> joining, NetworkState state)
            throws InterruptedException {
        // Of an earlier try: killed half-way, or its namespace is still being dismantled.
        var old = new TreeSet<>(links.hostInterfaces(joining));
        old.retainAll(host.interfaces());
        dropInterfaces(old);
        var used = joining.stream().map(Attachment::network).collect(Collectors.toSet());
        var networks = state.networks().stream().filter(n -> used.contains(n.name())).toList();
        var batch = new IpBatch();
        networks.forEach(network -> links.ensureBridge(batch, network));
        joining.forEach(
                attachment -> links.join(batch, attachment, state.network(attachment.network())));
        var found = host.ip(batch);
        for (var network : networks) {
            if (!found.contains(Links.creation(network))) {
                requireAlone(network);
            }
        }
        host.sysctl(sysctls(networks), ofSix(networks));
        host.ipInside(links.inside(joining, state));
        loopback.lead(state);
    }

    /// Another engine root may have chosen the same subnet at the same moment.
    private void requireAlone(BridgeNetwork network) throws InterruptedException {
        var other = host.otherHolder(network.subnet(), network.bridge());
        if (other.isPresent()) {
            dropInterfaces(List.of(network.bridge()));
            throw new SubnetTakenException(network.subnet(), other.get());
        }
    }

    /// route_localnet lets the host's own processes reach published ports by 127.0.0.1; only on our
    /// bridges, and the table's guard chain closes the hole it opens.
    private static Map<String, String> sysctls(List<BridgeNetwork> networks) {
        var values = new TreeMap<String, String>();
        if (!networks.isEmpty()) {
            values.put("net/ipv4/ip_forward", "1");
        }
        for (var network : networks) {
            values.put("net/ipv4/conf/" + network.bridge() + "/route_localnet", "1");
            if (network.reach().six().isPresent()) {
                values.put("net/ipv6/conf/all/forwarding", "1");
            }
        }
        return values;
    }

    /// A pod's router advertisement is none of the host's (CVE-2020-13401).
    private static Map<String, String> ofSix(List<BridgeNetwork> networks) {
        return networks.stream()
                .collect(
                        Collectors.toMap(
                                network -> "net/ipv6/conf/" + network.bridge() + "/accept_ra",
                                _ -> "0",
                                (one, _) -> one));
    }

    private void applyRules(NetworkState state) throws InterruptedException {
        host.nft(
                state.attachments().isEmpty()
                        ? NftRules.remove(root)
                        : NftRules.replace(root, state));
    }

    private Collection<String> unusedBridges(NetworkState state) throws InterruptedException {
        return stale(state, host.interfaces()).stream()
                .filter(name -> name.startsWith(root.bridgePrefix()))
                .toList();
    }

    /// Interfaces of this root that the state does not want.
    private Collection<String> stale(NetworkState state, Collection<String> present) {
        var stale = new TreeSet<String>();
        present.stream().filter(root::owns).forEach(stale::add);
        state.used().forEach(network -> stale.remove(network.bridge()));
        links.hostInterfaces(state.attachments()).forEach(stale::remove);
        return stale;
    }

    private void dropInterfaces(Collection<String> names) throws InterruptedException {
        var batch = new IpBatch();
        links.drop(batch, names);
        host.ip(batch);
    }

    private static List<PublishedPort> portsOf(Collection<Attachment> pods, NetworkState state) {
        var ports = new ArrayList<PublishedPort>();
        pods.stream()
                .map(Attachment::owner)
                .distinct()
                .forEach(owner -> ports.addAll(state.ports().getOrDefault(owner, List.of())));
        return ports;
    }
}
