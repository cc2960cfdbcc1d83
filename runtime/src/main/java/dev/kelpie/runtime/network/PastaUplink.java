package dev.kelpie.runtime.network;

import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.network.Pasta.Families;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// One pasta that leads out, and one for the published ports of each owner. Connections come in by
/// its interface with the client's own address, so the answers must leave by the same one: they are
/// told by a mark on the connection, and each interface has a routing table of its own.
final class PastaUplink implements Uplink {

    private static final String OUT = "uplink";
    private static final String OUT_SIX = "uplink6";

    /// Marks and routing tables: this and the interface's number.
    private static final int FIRST_TABLE = 10_000;

    private static final String PREFIX = "kp";

    private final Pasta pasta;
    private final HostCommands host;

    PastaUplink(Pasta pasta, HostCommands host) {
        this.pasta = pasta;
        this.host = host;
    }

    @Override
    public String resolver() {
        return Pasta.RESOLVER;
    }

    @Override
    public void start() throws InterruptedException {
        pasta.start(
                OUT,
                Families.FOUR,
                List.of("-t", "none", "-u", "none", "--dns-forward", Pasta.RESOLVER));
    }

    /// A process of its own, so that the first network with IPv6 breaks no connection.
    @Override
    public void startSix() throws InterruptedException {
        pasta.start(OUT_SIX, Families.SIX, List.of("-t", "none", "-u", "none"));
    }

    @Override
    public void stop() {
        pasta.devices().forEach(pasta::stop);
    }

    /// What came to an address of the host arrives at pasta's own, which is the same for each; by
    /// loopback it stays what it was.
    @Override
    public NetworkState inside(NetworkState state) {
        return state.withPorts(port -> port.withHostIp(port.hostIp().map(PastaUplink::inside)));
    }

    private static InetAddress inside(InetAddress asked) {
        var anyOfItsFamily = asked instanceof Inet4Address ? "0.0.0.0" : "::";
        return asked.isLoopbackAddress() ? asked : InetAddress.ofLiteral(anyOfItsFamily);
    }

    @Override
    public void begin(String owner, Collection<PublishedPort> ports, boolean six)
            throws InterruptedException {
        var device = device(owner);
        try {
            if (pasta.start(device, six ? Families.BOTH : Families.FOUR, options(ports))) {
                routeBack(device, six);
            }
        } catch (NetworkException e) {
            throw new NetworkException("cannot publish ports: " + e.getMessage(), e);
        }
    }

    @Override
    public void end(String owner) throws InterruptedException {
        stop(device(owner));
    }

    @Override
    public void keepOnly(Collection<String> owners) throws InterruptedException {
        var kept = owners.stream().map(PastaUplink::device).toList();
        for (var device : pasta.devices()) {
            if (device.startsWith(PREFIX) && !kept.contains(device)) {
                stop(device);
            }
        }
    }

    private void stop(String device) throws InterruptedException {
        pasta.stop(device);
        try {
            host.nft("table inet " + device + "\ndelete table inet " + device + "\n");
        } catch (HostException _) {
            // the namespace is gone, and its rules with it
        }
    }

    private static String device(String owner) {
        return PREFIX + NetworkRoot.sha256(owner).substring(0, 10);
    }

    private static List<String> options(Collection<PublishedPort> ports) {
        var options = new ArrayList<String>();
        for (var port : ports) {
            options.add(port.protocol() == Protocol.UDP ? "-u" : "-t");
            options.add(
                    port.hostIp().map(InetAddress::getHostAddress).map(ip -> ip + "/").orElse("")
                            + range(port));
        }
        if (!options.contains("-t")) {
            options.addAll(List.of("-t", "none"));
        }
        if (!options.contains("-u")) {
            options.addAll(List.of("-u", "none"));
        }
        return options;
    }

    private static String range(PublishedPort port) {
        int last = port.hostPort() + port.range() - 1;
        return last == port.hostPort() ? "" + last : port.hostPort() + "-" + last;
    }

    private void routeBack(String device, boolean six) throws InterruptedException {
        int table = FIRST_TABLE + host.number(device);
        var rules = Alongside.start(() -> host.nft(marking(device, table)));
        try {
            host.ip(back(Pasta.GATEWAY, device, table));
            if (six) {
                // every pasta has the same addresses: the interface must not be guessed from them
                host.ipSix(back(Pasta.GATEWAY_SIX, device, table));
            }
        } finally {
            rules.end();
        }
        rules.await();
    }

    private static IpBatch back(String gateway, String device, int table) {
        var batch = new IpBatch();
        batch.ensure("rule add fwmark %d table %d".formatted(table, table));
        batch.add(
                "route replace default via %s dev %s table %d onlink"
                        .formatted(gateway, device, table));
        return batch;
    }

    private static String marking(String device, int table) {
        return """
        table inet %1$s
        delete table inet %1$s
        table inet %1$s {
            chain come {
                type filter hook prerouting priority mangle; policy accept;
                iifname "%1$s" ct mark set %2$d
                iifname != "%1$s" ct mark %2$d meta mark set ct mark
            }
            chain answer {
                type route hook output priority mangle; policy accept;
                ct mark %2$d meta mark set ct mark
            }
        }
        """
                .formatted(device, table);
    }
}
