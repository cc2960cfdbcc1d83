package dev.kelpie.runtime.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The files aardvark-dns reads, one for each network: the gateway's address, then for each
/// container `ID ADDRESSES4 ADDRESSES6 NAMES`, where an absent family is an empty field.
final class AardvarkFile {

    private AardvarkFile() {}

    /// File name to text, for every network in use that has DNS.
    static Map<String, String> render(NetworkState state) {
        var texts = new TreeMap<String, StringBuilder>();
        for (var network : state.used()) {
            if (network.dnsEnabled()) {
                texts.put(
                        network.name(),
                        new StringBuilder(network.gateway().getHostAddress()).append('\n'));
            }
        }
        for (var attachment : state.attachments()) {
            var text = texts.get(attachment.network());
            if (text != null && !attachment.names().isEmpty()) {
                text.append(line(attachment)).append('\n');
            }
        }
        var files = new TreeMap<String, String>();
        texts.forEach((name, text) -> files.put(name, text.toString()));
        return files;
    }

    private static String line(Attachment attachment) {
        var address = attachment.address().getHostAddress();
        var isIpv4 = attachment.address().getAddress().length == 4;
        // It compares in lower case, RFC 4343.
        var names = new LinkedHashSet<String>();
        attachment.names().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return "%s %s %s %s"
                .formatted(
                        attachment.owner(),
                        isIpv4 ? address : "",
                        isIpv4 ? "" : address,
                        String.join(",", names));
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
