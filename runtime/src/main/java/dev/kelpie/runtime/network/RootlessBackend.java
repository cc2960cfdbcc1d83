package dev.kelpie.runtime.network;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.kernel.NetnsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/// The networks of an engine without root: in a network namespace of its own that counts as the
/// host's, with bridges, rules and DNS as everywhere, and joined to the world by pasta, else by
/// slirp4netns. One pasta leads out, one more leads in for each pod that publishes ports, which
/// keeps the client's source address; it comes and goes with the pod and disturbs no other pod's
/// connections.
public final class RootlessBackend implements NetworkBackend {

    private static final System.Logger LOG = System.getLogger(RootlessBackend.class.getName());
    private static final String NAMESPACE = "rootless-netns";

    private final NetworkRoot root;
    private final NetworkIntent intent;
    private final NetworkNamespaces namespaces;
    private final NetworkBackend inside;
    private final Uplink uplink;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean noSix;

    /// @param backend for a root whose host namespace is the one made here
    public RootlessBackend(
            NetworkRoot outer,
            NetworkIntent intent,
            BiFunction<NetworkRoot, NetworkIntent, NetworkBackend> backend) {
        this.namespaces = new NetworkNamespaces(outer.directory());
        var file = namespaces.path(NAMESPACE);
        this.root = outer.withHostNamespace(file);
        this.intent = intent;
        this.uplink = uplink(outer.directory(), file);
        this.inside = backend.apply(root, () -> uplink.inside(intent.desired()));
    }

    /// One that an earlier service started stays.
    private Uplink uplink(Path folder, Path namespace) {
        var slirp = new Slirp(folder, namespace);
        var pasta = new Pasta(folder, namespace);
        var asked = UplinkProgram.ofThisHost().orElse(UplinkProgram.PASTA);
        return slirp.isRunning()
                        || (asked == UplinkProgram.SLIRP4NETNS && pasta.devices().isEmpty())
                ? new SlirpUplink(slirp, folder)
                : new PastaUplink(pasta, new HostCommands(root.hostNamespace()));
    }

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public void attach(Collection<Attachment> joining) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireNamespace();
            var owners = owners(joining);
            var fresh = withoutOthers(joining);
            // the programs' start costs as much as the pods' links
            var forwarding =
                    Alongside.start(() -> {
                        startUplink();
                        forward(owners);
                    });
            var done = false;
            try {
                inside.attach(joining);
                forwarding.await();
                done = true;
            } finally {
                if (!done) {
                    forwarding.end();
                    end(fresh);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void forward(Set<String> owners) throws InterruptedException {
        var state = intent.desired();
        for (var entry : state.ports().entrySet()) {
            if (owners.contains(entry.getKey()) && !entry.getValue().isEmpty()) {
                uplink.begin(entry.getKey(), entry.getValue(), state.hasSix(entry.getKey()));
            }
        }
    }

    private void end(Set<String> owners) throws InterruptedException {
        for (var owner : owners) {
            uplink.end(owner);
        }
    }

    @Override
    public void detach(Collection<Attachment> leaving) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (intent.desired().attachments().isEmpty()) {
                drop();
            } else if (isAlive()) {
                end(withoutOthers(leaving));
                inside.detach(leaving);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void serve() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (isAlive()) {
                inside.serve();
                forwardServices(owners(intent.desired().attachments()));
            }
        } finally {
            lock.unlock();
        }
    }

    /// The host ports of services are led in as those of pods are.
    private void forwardServices(Set<String> pods) throws InterruptedException {
        var kept = new HashSet<>(pods);
        var wanted = new LinkedHashMap<String, List<PublishedPort>>();
        for (var service : intent.desired().services()) {
            if (!service.published().isEmpty()) {
                // other ports are led in by another
                var owner = service.id() + " " + service.published();
                wanted.put(owner, service.published());
                kept.add(owner);
            }
        }
        uplink.keepOnly(kept);
        for (var each : wanted.entrySet()) {
            uplink.begin(each.getKey(), each.getValue(), false);
        }
    }

    @Override
    public void reapply() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var attachments = intent.desired().attachments();
            var living =
                    attachments.stream().filter(a -> NetnsFile.isNamespace(a.netns())).toList();
            if (living.isEmpty()) {
                drop();
                return;
            }
            requireNamespace();
            noSix = false;
            startUplink();
            inside.reapply();
            forward(owners(living));
            forwardServices(owners(living));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasRemains() {
        return Files.exists(namespaces.path(NAMESPACE));
    }

    @Override
    public void removeAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            drop();
        } finally {
            lock.unlock();
        }
    }

    /// Owners of these who have no other interfaces.
    private Set<String> withoutOthers(Collection<Attachment> some) {
        var owners = owners(some);
        intent.desired().attachments().stream()
                .filter(each -> some.stream().noneMatch(it -> same(it, each)))
                .map(Attachment::owner)
                .forEach(owners::remove);
        return owners;
    }

    private static boolean same(Attachment one, Attachment other) {
        return one.owner().equals(other.owner()) && one.network().equals(other.network());
    }

    private static Set<String> owners(Collection<Attachment> attachments) {
        return attachments.stream().map(Attachment::owner).collect(Collectors.toSet());
    }

    private boolean isAlive() {
        return namespaces.isAlive(NAMESPACE);
    }

    private void requireNamespace() throws InterruptedException {
        if (!isAlive()) {
            namespaces.create(NAMESPACE);
            writeResolver();
        }
    }

    /// Without a way out pods still reach each other: a host may be offline, or keep its tun
    /// device.
    private void startUplink() throws InterruptedException {
        try {
            uplink.start();
        } catch (NetworkException e) {
            warn("pods do not reach the world: {0}", e);
        }
        try {
            if (intent.desired().hasSix() && !noSix) {
                uplink.startSix();
            }
        } catch (NetworkException e) {
            noSix = true; // until all is made anew
            warn("pods do not reach the world by IPv6: {0}", e);
        }
    }

    private static void warn(String what, NetworkException e) {
        LOG.log(System.Logger.Level.WARNING, what, e.getMessage());
    }

    /// What the DNS server asks for other names than its own, instead of the host's file, whose
    /// addresses may be loopback ones.
    private void writeResolver() {
        var file = resolver(root);
        try {
            Files.writeString(file, "nameserver " + uplink.resolver() + "\n");
        } catch (IOException e) {
            throw new FileAccessException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    /// The resolv.conf(5) of the namespace that counts as the host's.
    static Path resolver(NetworkRoot root) {
        return root.directory().resolve("rootless-resolv.conf");
    }

    /// The file of the namespace goes last: whoever is killed before leaves it to tell of the rest.
    private void drop() throws InterruptedException {
        if (!hasRemains()) {
            return;
        }
        if (isAlive()) {
            inside.removeAll();
        }
        uplink.stop();
        try {
            Files.deleteIfExists(resolver(root));
        } catch (IOException e) {
            throw new FileAccessException("cannot remove '" + resolver(root) + "'", e);
        }
        namespaces.delete(NAMESPACE);
    }
}
