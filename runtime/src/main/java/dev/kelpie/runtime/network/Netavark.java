package dev.kelpie.runtime.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The netavark program, 1.4 or later.
final class Netavark {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Pattern VERSION = Pattern.compile("netavark (\\d+)\\.(\\d+)");

    private final Path program;
    private final Path config;
    private final HostCommands host;
    private final String firewall;

    private Netavark(Path program, Path config, HostCommands host, String firewall) {
        this.program = program;
        this.config = config;
        this.host = host;
        this.firewall = firewall;
    }

    /// @param config its own per-boot files
    static Netavark find(Path config, HostCommands host) throws InterruptedException {
        var program = Programs.require("netavark", "netavark");
        var version = Command.of(program.toString(), "--version").run().stdout();
        return new Netavark(program, config, host, firewall(version));
    }

    /// The firewall driver to ask for, by what `--version` says: which one is the default is
    /// decided by whoever built it. nftables came with 1.10; iptables went with 2.0.
    static String firewall(String version) {
        var numbers = VERSION.matcher(version);
        if (!numbers.find()) {
            throw new NetworkException("cannot read netavark's version: '" + version.strip() + "'");
        }
        var major = Integer.parseInt(numbers.group(1));
        var minor = Integer.parseInt(numbers.group(2));
        return major > 1 || minor >= 10 ? "nftables" : "iptables";
    }

    void setup(ObjectNode request, Path netns) throws InterruptedException {
        run("setup", request, netns);
    }

    void teardown(ObjectNode request, Path netns) throws InterruptedException {
        run("teardown", request, netns);
    }

    private void run(String operation, ObjectNode request, Path netns) throws InterruptedException {
        var argv =
                List.of(
                        program.toString(),
                        "--config",
                        config.toString(),
                        operation,
                        netns.toString());
        var result =
                Command.of(host.inHost(argv))
                        .withStdin(request.toString())
                        .withTimeout(LONGEST)
                        .withEnvironment("NETAVARK_FW", firewall)
                        .attempt();
        if (result.exit() != 0) {
            throw new NetworkException(
                    "netavark %s of '%s' failed: %s"
                            .formatted(
                                    operation,
                                    request.path("container_id").asText(),
                                    reason(result)));
        }
    }

    /// Errors are JSON on stdout, logs go to stderr.
    private static String reason(Command.Result result) {
        try {
            var error = new ObjectMapper().readTree(result.stdout()).path("error").asText();
            return error.isEmpty() ? "exit code " + result.exit() : error;
        } catch (JsonProcessingException e) {
            return (result.stdout() + result.stderr()).strip();
        }
    }
}
