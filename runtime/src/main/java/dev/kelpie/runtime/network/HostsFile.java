package dev.kelpie.runtime.network;

import java.util.ArrayList;
import java.util.List;

/// The contents of a hosts(5) file for a pod.
public record HostsFile(List<Entry> entries) {

    /// The usual names of loopback.
    public static final HostsFile LOOPBACK =
            new HostsFile(
                    List.of(
                            new Entry("127.0.0.1", List.of("localhost")),
                            new Entry(
                                    "::1", List.of("localhost", "ip6-localhost", "ip6-loopback"))));

    public HostsFile {
        entries = List.copyOf(entries);
    }

    /// An address and the names it answers to.
    public record Entry(String address, List<String> names) {

        public Entry {
            names = List.copyOf(names);
            if (Subnet.address(address).isEmpty()) {
                throw new IllegalArgumentException("not an IP address: '" + address + "'");
            }
            for (var name : names) {
                if (!Names.isDnsName(name)) {
                    throw new IllegalArgumentException("not a host name: '" + name + "'");
                }
            }
        }
    }

    /// One more line; the resolver takes the first that matches, so order counts.
    public HostsFile with(String address, List<String> names) {
        var more = new ArrayList<>(entries);
        more.add(new Entry(address, names));
        return new HostsFile(more);
    }

    public String toText() {
        var text = new StringBuilder();
        for (var entry : entries) {
            if (!entry.names().isEmpty()) {
                text.append(entry.address())
                        .append('\t')
                        .append(String.join(" ", entry.names()))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
