package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KeyValues;
import dev.kelpie.engine.NewNetwork;
import dev.kelpie.engine.spec.NetworkOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network create`: prints the name.
@Command(
        name = "create",
        description = "Create a network for containers and pods",
        customSynopsis = "[options] [NAME]")
final class Create implements Verb {
    private static final int LOWEST_MTU = 68;
    private static final int HIGHEST_MTU = 65535;

    private final Call call;

    @Mixin AddressFlags addresses = new AddressFlags();

    @Option(
            names = {"-d", "--driver"},
            description = "What makes it: bridge, the only one")
    String driver = "bridge";

    @Option(names = "--disable-dns", arity = "0..1", description = "Answer for no names")
    boolean disableDns;

    @Option(
            names = "--dns",
            split = ",",
            description = "Whom its DNS asks for other names, instead of whom the host asks")
    List<String> dns = new ArrayList<>();

    /// The kernel's tables and names of the host are the engine's.
    @Option(names = "--route", hidden = true)
    List<String> routes = new ArrayList<>();

    @Option(names = "--interface-name", hidden = true)
    String interfaceName = "";

    @Option(names = "--ignore", arity = "0..1", description = "Keep one that is there already")
    boolean ignore;

    @Option(names = "--internal", arity = "0..1", description = "No way out of it, nor in")
    boolean internal;

    @Option(names = "--ipam-driver", description = "What gives addresses: host-local, the only one")
    String ipamDriver = "host-local";

    @Option(names = "--label", description = "Label: key=value")
    List<String> labels = new ArrayList<>();

    @Option(
            names = {"-o", "--opt"},
            description = "mtu=BYTES; isolate=false")
    List<String> options = new ArrayList<>();

    @Parameters List<String> operands = new ArrayList<>();

    Create(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        var name = operands.isEmpty() ? freeName() : operands.getFirst();
        call.line(call.engine().networks().create(wanted(name)));
        return 0;
    }

    /// What the words ask for.
    NewNetwork wanted(String name) {
        refuse("--route", !routes.isEmpty(), "the default route leads by the bridge");
        refuse("--interface-name", !interfaceName.isEmpty(), "bridges are named by the engine");
        only("network driver", driver, "bridge");
        only("ipam driver", ipamDriver, "host-local");
        var subnet = addresses.subnet();
        var made =
                new NetworkOptions(
                        KeyValues.labels(labels),
                        addresses.range(),
                        mtu(options),
                        internal,
                        addresses.six(),
                        dns.stream().map(Update::address).toList());
        var gateway = addresses.gateway();
        return new NewNetwork(name, subnet, gateway, !disableDns, made, ignore);
    }

    private static void refuse(String flag, boolean given, String why) {
        if (given) {
            throw FlagException.meaning(flag + " is not supported: " + why);
        }
    }

    private static void only(String what, String typed, String known) {
        if (!typed.equals(known)) {
            throw FlagException.meaning(
                    what
                            + " \""
                            + typed
                            + "\" is not supported: the only one is \""
                            + known
                            + "\"");
        }
    }

    /// Of all options only these; 0 when no MTU is given.
    static int mtu(List<String> options) {
        int mtu = 0;
        for (var option : options) {
            int equals = option.indexOf('=');
            var value = equals < 0 ? "" : option.substring(equals + 1);
            switch (equals < 0 ? option : option.substring(0, equals)) {
                case "mtu", "com.docker.network.driver.mtu" -> mtu = bytes(value);
                case "isolate" -> {
                    if (!value.equals("false")) {
                        throw FlagException.meaning(
                                "--opt isolate=" + value + " is not supported yet: use --internal");
                    }
                }
                default ->
                        throw FlagException.meaning(
                                "--opt \""
                                        + option
                                        + "\" is not supported: use mtu, isolate=false");
            }
        }
        return mtu;
    }

    private static int bytes(String text) {
        int bytes = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (bytes < LOWEST_MTU || bytes > HIGHEST_MTU) {
            throw FlagException.meaning(
                    "--opt mtu=" + text + ": must be " + LOWEST_MTU + "-" + HIGHEST_MTU);
        }
        return bytes;
    }

    private String freeName() throws InterruptedException {
        int number = 1;
        while (call.engine().networks().exists("kelpie" + number)) {
            number++;
        }
        return "kelpie" + number;
    }
}
