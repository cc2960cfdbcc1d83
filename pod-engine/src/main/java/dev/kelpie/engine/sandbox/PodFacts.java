package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Downward;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.engine.state.StateStore;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// What a pod may be told of itself and of the machine it runs on.
public final class PodFacts {

    private static final int ANY_PORT = 9;

    private final StateStore store;

    public PodFacts(StateStore store) {
        this.store = store;
    }

    /// The text of one of them; a field without a value is empty.
    public String of(PodRow pod, Downward value) {
        return switch (value) {
            case Downward.Field field ->
                    field.of(pod.spec().metadata()).orElseGet(() -> running(pod, field.path()));
            case Downward.Resource resource ->
                    resource.of(resources(pod, resource.container()), node());
        };
    }

    private String running(PodRow pod, String path) {
        return switch (path) {
            case "metadata.uid" -> pod.id();
            case "spec.nodeName" -> nodeName();
            case "status.hostIP", "status.hostIPs" -> hostAddress();
            case "status.podIP" -> addresses(pod).stream().findFirst().orElse("");
            case "status.podIPs" -> String.join(",", addresses(pod));
            default -> "";
        };
    }

    private List<String> addresses(PodRow pod) {
        return pod.spec().network().mode() instanceof PodNetwork.Host
                ? List.of(hostAddress())
                : addresses(store.now(), pod.id());
    }

    private static List<String> addresses(State state, String pod) {
        return state.addressesOf(pod).stream()
                .flatMap(row -> RowAddresses.all(state, row).stream())
                .toList();
    }

    private static Resources resources(PodRow pod, String container) {
        return pod.spec().allContainers().stream()
                .filter(each -> each.shortName().equals(container))
                .map(ContainerSpec::resources)
                .findFirst()
                .orElse(Resources.UNLIMITED);
    }

    static String nodeName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            return "localhost";
        }
    }

    private static Resources.Amounts node() {
        return new Resources.Amounts(
                OptionalLong.of(Runtime.getRuntime().availableProcessors() * 1000L), memory());
    }

    static OptionalLong memory() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    /// The address from which the machine would speak to the world; nothing is sent to find out.
    private static String hostAddress() {
        try (var socket = new DatagramSocket()) {
            // of the block for documentation, RFC 5737
            socket.connect(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), ANY_PORT);
            var address = socket.getLocalAddress();
            return address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        } catch (IOException | java.io.UncheckedIOException _) {
            return "127.0.0.1";
        }
    }
}
