package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.NetworkFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network connect`: a container on a further network, at once if it runs.
@Command(
        name = "connect",
        description = "Connect a container to a further network",
        customSynopsis = "[options] NETWORK CONTAINER")
final class Connect implements Verb {
    private final Call call;

    @Option(names = "--alias", description = "Further name on the network")
    List<String> aliases = new ArrayList<>();

    @Option(names = "--ip", description = "Its address on the network")
    String ip = "";

    @Option(names = "--ip6", description = "Its IPv6 address on the network")
    String ip6 = "";

    @Option(names = "--mac-address", description = "Its hardware address on the network")
    String mac = "";

    @Parameters List<String> operands = new ArrayList<>();

    Connect(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(2, operands);
        call.engine().networks().connect(operands.getFirst(), operands.getLast(), options());
        return 0;
    }

    private Map<String, List<String>> options() {
        var options = new HashMap<String, List<String>>();
        put(options, "ip", ip);
        put(options, "ip6", ip6);
        put(options, "mac", mac);
        if (!aliases.isEmpty()) {
            options.put(
                    "alias",
                    aliases.stream().map(alias -> NetworkFlag.checked("alias", alias)).toList());
        }
        return options;
    }

    private static void put(Map<String, List<String>> options, String key, String value) {
        if (!value.isEmpty()) {
            options.put(key, List.of(NetworkFlag.checked(key, value)));
        }
    }
}
