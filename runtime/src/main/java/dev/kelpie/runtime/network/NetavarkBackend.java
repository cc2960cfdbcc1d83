package dev.kelpie.runtime.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.kernel.NetnsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Bridges and rules by netavark, where nft is missing; names by our aardvark-dns all the same.
///
/// One call for each owner, one after another: netavark locks nothing in old versions. What was
/// asked is kept in a file for each owner, for it has to be said again at teardown.
public final class NetavarkBackend implements NetworkBackend {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NetworkIntent intent;
    private final HostCommands host;
    private final Path directory;
    private final Path requests;
    private final AardvarkDns dns;
    private final Links links;
    private final NetworkRoot root;
    private final ReentrantLock lock = new ReentrantLock();

    public NetavarkBackend(NetworkRoot root, NetworkIntent intent) {
        this.root = root;
        this.intent = intent;
        host = new HostCommands(root.hostNamespace());
        directory = root.directory().resolve("netavark");
        requests = root.directory().resolve("netavark-requests");
        dns = new AardvarkDns(root, host);
        links = new Links(root);
    }

    @Override
    public String name() {
        return "netavark";
    }

    @Override
    public void attach(Collection<Attachment> joining) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var state = intent.desired();
            var done = false;
            try {
                // all of an owner's are one request
                setUp(ofOwners(joining, state), state);
                tellNames(state);
                done = true;
            } finally {
                if (!done) {
                    tearDown(owners(joining));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void detach(Collection<Attachment> leaving) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var state = intent.desired();
            tellNames(state);
            tearDown(owners(leaving));
            setUp(living(ofOwners(leaving, state)), state);
            dropStaleBridges(intent.desired());
            new Connections(host).forgetPods(leaving, state);
        } finally {
            lock.unlock();
        }
    }

    /// Names only: netavark knows no rules for services, so a Service's name means its pods.
    @Override
    public void serve() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            tellNames(intent.desired());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reapply() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var state = intent.desired();
            tearDown(savedOwners());
            setUp(living(state.attachments()), state);
            dropStaleBridges(state);
            tellNames(state);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasRemains() {
        return dns.hasRemains() || !savedOwners().isEmpty();
    }

    @Override
    public void removeAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            tearDown(savedOwners());
            dropStaleBridges(NetworkState.EMPTY);
            Trees.delete(directory);
            Trees.delete(requests);
            dns.stop();
            dns.removeFiles();
        } finally {
            lock.unlock();
        }
    }

    private void tellNames(NetworkState state) throws InterruptedException {
        var services = state.services().stream().map(VirtualService::byHosts).toList();
        dns.serve(
                new NetworkState(state.networks(), state.attachments(), state.ports(), services)
                        .on(host.interfaces()));
    }

    private void setUp(Collection<Attachment> joining, NetworkState state)
            throws InterruptedException {
        if (joining.isEmpty()) {
            return;
        }
        var netavark = netavark();
        var byOwner = new LinkedHashMap<String, List<Attachment>>();
        joining.forEach(a -> byOwner.computeIfAbsent(a.owner(), _ -> new ArrayList<>()).add(a));
        for (var entry : byOwner.entrySet()) {
            var request = NetavarkRequest.of(entry.getKey(), entry.getValue(), state);
            var netns = entry.getValue().getFirst().netns();
            // Of an earlier try that was killed half-way.
            tearDown(List.of(entry.getKey()));
            // Before the call: a failed or killed set-up leaves things behind too.
            save(entry.getKey(), request.deepCopy().put("netns", netns.toString()));
            netavark.setup(request, netns);
        }
        turnBack(joining, state);
    }

    /// As `Links.join` does, so that a pod reaches its own published ports.
    private void turnBack(Collection<Attachment> joining, NetworkState state)
            throws InterruptedException {
        var bridges = new LinkedHashSet<String>();
        joining.forEach(a -> bridges.add(state.network(a.network()).bridge()));
        var batch = new IpBatch();
        for (var bridge : bridges) {
            for (var port : host.portsOf(bridge)) {
                batch.drop("link set " + port + " type bridge_slave hairpin on");
            }
        }
        host.ip(batch);
    }

    /// Teardown errors are no errors: after a flush or a half-done set-up there is less to take
    /// down than was asked for. Nor may they keep an owner for ever.
    private void tearDown(Collection<String> owners) throws InterruptedException {
        for (var owner : owners) {
            var saved = requests.resolve(owner + ".json");
            if (Files.exists(saved)) {
                var request = read(saved);
                try {
                    tearDown(request, Path.of(request.remove("netns").asText()));
                } catch (NetworkException e) {
                    System.getLogger(getClass().getName())
                            .log(System.Logger.Level.DEBUG, e.getMessage());
                }
                delete(saved);
            }
        }
    }

    private void tearDown(ObjectNode request, Path netns) throws InterruptedException {
        if (NetnsFile.isNamespace(netns)) {
            netavark().teardown(request, netns);
            return;
        }
        // The rules of a pod whose namespace is gone go only if netavark is given some other one.
        var stand = new NetworkNamespaces(root.directory().resolve("stand-in"));
        var scratch = stand.create("teardown");
        try {
            netavark().teardown(request, scratch);
        } finally {
            stand.delete("teardown");
            delete(root.directory().resolve("stand-in"));
        }
    }

    private void dropStaleBridges(NetworkState state) throws InterruptedException {
        var stale = new LinkedHashSet<String>();
        for (var name : host.interfaces()) {
            if (name.startsWith(root.bridgePrefix())) {
                stale.add(name);
            }
        }
        state.used().forEach(network -> stale.remove(network.bridge()));
        var batch = new IpBatch();
        links.drop(batch, stale);
        host.ip(batch);
    }

    private Netavark netavark() throws InterruptedException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new FileAccessException("cannot make '" + directory + "'", e);
        }
        return Netavark.find(directory, host);
    }

    private static List<Attachment> ofOwners(Collection<Attachment> some, NetworkState state) {
        var owners = owners(some);
        return state.attachments().stream().filter(each -> owners.contains(each.owner())).toList();
    }

    private static List<Attachment> living(Collection<Attachment> attachments) {
        return attachments.stream()
                .filter(attachment -> NetnsFile.isNamespace(attachment.netns()))
                .toList();
    }

    private static Set<String> owners(Collection<Attachment> attachments) {
        var owners = new LinkedHashSet<String>();
        attachments.forEach(attachment -> owners.add(attachment.owner()));
        return owners;
    }

    private List<String> savedOwners() {
        if (!Files.isDirectory(requests)) {
            return List.of();
        }
        try (var files = Files.list(requests)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .toList();
        } catch (IOException e) {
            throw new FileAccessException("cannot list '" + requests + "'", e);
        }
    }

    private void save(String owner, ObjectNode request) {
        try {
            Files.createDirectories(requests);
            Files.writeString(requests.resolve(owner + ".json"), request.toString());
        } catch (IOException e) {
            throw new FileAccessException("cannot write in '" + requests + "'", e);
        }
    }

    private static ObjectNode read(Path file) {
        try {
            if (JSON.readTree(file.toFile()) instanceof ObjectNode request) {
                return request.has("netns") ? request : request.put("netns", "/dev/null");
            }
        } catch (IOException e) {
            // Half-written when we were killed: netavark had not been called yet.
        }
        return JSON.createObjectNode().put("netns", "/dev/null");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FileAccessException("cannot remove '" + file + "'", e);
        }
    }
}
