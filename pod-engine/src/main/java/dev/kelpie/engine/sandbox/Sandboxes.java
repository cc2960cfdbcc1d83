package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.spec.ShortId;
import dev.kelpie.engine.spec.Sysctl;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.state.AddressRow;
import dev.kelpie.engine.state.NetworkRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.runtime.network.HostsFile;
import dev.kelpie.runtime.network.ResolvConf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the containers of a pod share: namespaces, hosts, resolv.conf and hostname files, /dev/shm
/// and volumes in memory. Lives from the pod's start to its stop, through restarts of single
/// containers.
public final class Sandboxes {

    /// What a volume in memory may grow to when nobody says, as the kernel does: half the memory is
    /// its own default, written 0.
    private static final long NO_LIMIT = 0;

    private final EngineFiles files;
    private final StateStore store;
    private final HostKernel kernel;
    private final Networks networks;
    private final VolumeOwnership ownership;

    public Sandboxes(EngineFiles files, StateStore store, HostKernel kernel, Networks networks) {
        this.files = files;
        this.store = store;
        this.kernel = kernel;
        this.networks = networks;
        this.ownership = new VolumeOwnership(kernel);
    }

    public boolean isAlive(String pod) {
        return kernel.namespacesAlive(files.namespaces(pod));
    }

    /// Makes everything but the network's interfaces; the pod's addresses are in the state already.
    public void make(PodRow pod) throws InterruptedException {
        var spec = pod.spec();
        var directory = files.runPod(pod.id());
        var hostname = hostname(pod);
        try {
            Files.createDirectories(directory);
            Files.createDirectories(files.namespaces(pod.id()));
            kernel.makeNamespaces(
                    files.namespaces(pod.id()), hostname, parameters(spec), pod.ids());
            if (!spec.sharing().hostIpc()) {
                var bytes = spec.sharing().infraSpec().shmBytes();
                mountMemory(files.shm(pod.id()), bytes, "1777");
            }
            for (var volume : spec.volumes()) {
                if (volume.source() instanceof Volume.EmptyDir(boolean inMemory, var limit)
                        && inMemory) {
                    var memory = files.memoryDir(pod.id(), volume.name());
                    mountMemory(memory, limit.orElse(NO_LIMIT), "0777");
                    ownership.give(spec, volume, memory);
                }
            }
            write(files.containerEnv(pod.id()), "");
            write(files.hostname(pod.id()), hostname + "\n");
            writeNames(pod, hostname);
        } catch (IOException e) {
            throw new EngineIoException("cannot prepare pod '" + pod.name() + "'", e);
        }
    }

    /// Tells the containers of a pod that is up of its addresses and resolvers as they are now.
    public void renewNames(PodRow pod) {
        if (!Files.exists(files.hosts(pod.id()))) {
            return;
        }
        try {
            writeNames(pod, hostname(pod));
        } catch (IOException e) {
            throw new EngineIoException("cannot tell pod '" + pod.name() + "' of its names", e);
        }
    }

    private void writeNames(PodRow pod, String hostname) throws IOException {
        write(files.hosts(pod.id()), hosts(pod, hostname));
        write(files.resolvConf(pod.id()), resolvConf(pod));
    }

    /// Takes all of it away; what is missing is no error.
    public void destroy(String pod) {
        var directory = files.runPod(pod);
        if (!Files.exists(directory)) {
            return;
        }
        kernel.dropNamespaces(files.namespaces(pod));
        kernel.unmountBelow(directory);
        try {
            kernel.removeTree(directory);
        } catch (IOException e) {
            throw new EngineIoException("cannot delete '" + directory + "'", e);
        }
    }

    /// The name the pod's processes believe in.
    public static String hostname(PodRow pod) {
        var spec = pod.spec();
        if (onHostsName(spec) && spec.network().hostname().isEmpty()) {
            return hostsOwnName();
        }
        var name = spec.network().hostname().orElseGet(() -> pod.solo() ? "" : spec.name());
        return name.isEmpty() || name.length() > 64 ? ShortId.of(pod.id()) : name;
    }

    private static boolean onHostsName(PodSpec spec) {
        return spec.network().mode() instanceof PodNetwork.Host
                || spec.sharing().scopes().hostUts();
    }

    private static String hostsOwnName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            return "localhost";
        }
    }

    private static Map<String, String> parameters(PodSpec spec) {
        var parameters = new TreeMap<String, String>();
        spec.security()
                .sysctls()
                .forEach((name, value) ->
                        Sysctl.of(name).ifPresent(known -> parameters.put(known.path(), value)));
        return parameters;
    }

    private void mountMemory(Path target, long bytes, String mode) throws IOException {
        Files.createDirectories(target);
        kernel.unmount(target);
        kernel.tmpfs(target, bytes, mode);
    }

    private String hosts(PodRow pod, String hostname) {
        var file = HostsFile.LOOPBACK;
        var state = store.now();
        var addresses = state.addressesOf(pod.id());
        var gateway = gateway(state, addresses);
        for (var alias : pod.spec().network().hostAliases()) {
            var names = alias.hostnames();
            var address = HostGateway.address(alias.ip(), names, onHost(pod), gateway);
            file = file.with(address, names);
        }
        for (var row : addresses) {
            for (var address : RowAddresses.all(state, row)) {
                file = file.with(address, own(pod, hostname));
            }
        }
        if (pod.spec().network().mode() instanceof PodNetwork.None) {
            file = file.with("127.0.0.1", own(pod, hostname));
        }
        if (gateway.isPresent()) {
            file =
                    file.with(
                            gateway.get(),
                            List.of("host.containers.internal", "host.docker.internal"));
        }
        var members = pod.solo() ? List.<String>of() : memberNames(pod.spec());
        file = members.isEmpty() ? file : file.with("127.0.0.1", members);
        return before(pod) + hostsOwn(pod) + file.toText();
    }

    private static Optional<String> gateway(State state, List<AddressRow> addresses) {
        return addresses.stream()
                .findFirst()
                .map(AddressRow::network)
                .flatMap(name -> Optional.ofNullable(state.networks().get(name)))
                .map(NetworkRow::gateway);
    }

    /// The lines of a file that was named.
    private static String before(PodRow pod) {
        var base = pod.spec().network().files().hostsBase();
        if (base.isEmpty()) {
            return "";
        }
        try {
            var text = Files.readString(Path.of(base.get()));
            return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        } catch (IOException e) {
            throw new EngineIoException("cannot read the hosts file '" + base.get() + "'", e);
        }
    }

    /// On the host's network its names stay known too.
    private static String hostsOwn(PodRow pod) {
        if (!(pod.spec().network().mode() instanceof PodNetwork.Host)) {
            return "";
        }
        try {
            return Files.readString(Path.of("/etc/hosts"));
        } catch (IOException _) {
            return "";
        }
    }

    /// A full name comes first, as resolvers take the first for the canonical one.
    private static List<String> own(PodRow pod, String hostname) {
        var names = new ArrayList<String>();
        var fqdn = pod.spec().network().fqdn();
        fqdn.ifPresent(names::add);
        names.add(
                fqdn.filter(hostname::equals).isPresent()
                        ? hostname.replaceFirst("\\..*", "")
                        : hostname);
        if (!pod.name().equals(hostname) && isHostName(pod.name())) {
            names.add(pod.name());
        }
        return names;
    }

    private static List<String> memberNames(PodSpec spec) {
        return spec.containers().stream()
                .map(ContainerSpec::shortName)
                .filter(Sandboxes::isHostName)
                .toList();
    }

    private static boolean isHostName(String name) {
        return name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");
    }

    private String resolvConf(PodRow pod) throws IOException {
        var network = pod.spec().network();
        var dns = network.dns();
        var base =
                switch (dns.base()) {
                    case NONE -> new ResolvConf(List.of(), List.of(), List.of());
                    case HOST -> hostsResolvers(onHost(pod));
                    case NETWORK -> withServices(pod, resolvers(pod.id(), onHost(pod)));
                };
        return base.withFirst(dns.nameservers(), dns.searches(), dns.options()).toText();
    }

    /// Where our DNS is asked, a short name is first that of a Service of the pod's namespace.
    private ResolvConf withServices(PodRow pod, ResolvConf resolvers) {
        var namespace = pod.spec().metadata().namespace();
        return onHost(pod) || networks.resolvers(pod.id()).isEmpty()
                ? resolvers
                : resolvers.withFirst(List.of(), List.of(ServiceSpec.search(namespace)), List.of());
    }

    private static boolean onHost(PodRow pod) {
        return pod.spec().network().mode() instanceof PodNetwork.Host;
    }

    /// What resolv.conf says for an owner of addresses, or on the host's network.
    public String resolvConf(
            String owner,
            boolean onHost,
            List<String> nameservers,
            List<String> searches,
            List<String> options)
            throws IOException {
        return resolvers(owner, onHost).withFirst(nameservers, searches, options).toText();
    }

    private ResolvConf resolvers(String owner, boolean onHost) throws IOException {
        var resolvers = networks.resolvers(owner);
        return onHost || resolvers.isEmpty()
                ? hostsResolvers(onHost)
                : ResolvConf.parse(read(hostResolvConf())).through(resolvers);
    }

    private static ResolvConf hostsResolvers(boolean onHost) throws IOException {
        var hosts = ResolvConf.parse(read(hostResolvConf()));
        return onHost ? hosts : hosts.withoutLoopback();
    }

    /// systemd-resolved's stub is on the host's loopback; the file with the real servers is beside.
    private static Path hostResolvConf() throws IOException {
        var usual = Path.of("/etc/resolv.conf");
        var real = Path.of("/run/systemd/resolve/resolv.conf");
        return read(usual).contains("nameserver 127.0.0.53") && Files.exists(real) ? real : usual;
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /// Written in place: containers that run have the very file mounted.
    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
