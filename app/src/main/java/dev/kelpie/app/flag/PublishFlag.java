package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.runtime.network.PublishSyntax;
import dev.kelpie.runtime.network.PublishedPort;
import java.net.InetAddress;
import java.util.List;

/// `--publish [[ip:][hostPort]:]containerPort[/proto]`.
public final class PublishFlag {
    private PublishFlag() {}

    public static List<PortMapping> parse(List<String> words) {
        return words.stream().flatMap(word -> parse(word).stream()).toList();
    }

    private static List<PortMapping> parse(String word) {
        try {
            return PublishSyntax.parse(word).stream().map(PublishFlag::toMapping).toList();
        } catch (IllegalArgumentException e) {
            throw FlagException.meaning("cannot publish \"" + word + "\": " + e.getMessage());
        }
    }

    private static PortMapping toMapping(PublishedPort port) {
        return new PortMapping(
                port.hostIp().map(InetAddress::getHostAddress),
                port.hostPort(),
                port.containerPort(),
                port.range(),
                PortMapping.Protocol.valueOf(port.protocol().name()));
    }
}
