package dev.kelpie.runtime.network;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The files aardvark-dns reads, one for each network: the gateway's address, with resolvers of its
/// own where it has some, then for each container `ID ADDRESSES4 ADDRESSES6 NAMES`, where an absent
/// family is an empty field.
final class AardvarkFile {

    private AardvarkFile() {}

    /// File name to text, for every network in use that has DNS.
    static Map<String, String> render(NetworkState state) {
        var texts = new TreeMap<String, StringBuilder>();
        for (var network : state.used()) {
            if (network.dnsEnabled()) {
                texts.put(network.name(), new StringBuilder(head(network)).append('\n'));
            }
        }
        for (var attachment : state.attachments()) {
            var text = texts.get(attachment.network());
            if (text != null && !attachment.names().isEmpty()) {
                text.append(line(attachment, state.six(attachment))).append('\n');
            }
        }
        for (var service : state.services()) {
            var lines = lines(service);
            texts.values().forEach(text -> text.append(lines));
        }
        var files = new TreeMap<String, String>();
        texts.forEach((name, text) -> files.put(name, text.toString()));
        return files;
    }

    /// Where it listens, and whom it asks when that is not whom the host asks.
    private static String head(BridgeNetwork network) {
        var at = network.gateway().getHostAddress();
        var resolvers = network.resolvers().stream().map(Subnet::text).toList();
        return resolvers.isEmpty() ? at : at + " " + String.join(",", resolvers);
    }

    private static String line(Attachment attachment, Optional<InetAddress> six) {
        var four = attachment.address().getHostAddress();
        var text = six.map(Subnet::text).orElse("");
        return line(attachment.owner(), four, text, attachment.names());
    }

    /// One line, or where it has no address of its own one for each whom its names mean.
    private static String lines(VirtualService service) {
        if (service.names().isEmpty()) {
            return "";
        }
        if (service.address().isPresent()) {
            return line(service.id(), service.address().get(), service.names()) + '\n';
        }
        var lines = new StringBuilder();
        for (int i = 0; i < service.hosts().size(); i++) {
            lines.append(line(service.id() + "-" + i, service.hosts().get(i), service.names()))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String line(String id, InetAddress at, List<String> wanted) {
        var address = at.getHostAddress();
        var isIpv4 = at.getAddress().length == 4;
        return line(id, isIpv4 ? address : "", isIpv4 ? "" : address, wanted);
    }

    private static String line(String id, String four, String six, List<String> wanted) {
        // It compares in lower case, RFC 4343.
        var names = new LinkedHashSet<String>();
        wanted.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return "%s %s %s %s".formatted(id, four, six, String.join(",", names));
    }

    /// The last thing it wrote to its log, or nothing.
    static String lastLine(Path log) {
        try {
            return Files.readString(log).lines().reduce("", (_, last) -> last).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
