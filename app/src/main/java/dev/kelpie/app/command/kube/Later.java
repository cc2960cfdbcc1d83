package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.CommandException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Flags of Podman's that mean something we cannot do yet. Given, they stop the command: nothing is
/// dropped in silence.
final class Later {
    @Option(names = "--ip", split = ",", hidden = true)
    List<String> addresses = new ArrayList<>();

    @Option(names = "--mac-address", split = ",", hidden = true)
    List<String> macAddresses = new ArrayList<>();

    @Option(names = "--no-hostname", arity = "0..1", hidden = true)
    boolean noHostname;

    @Option(names = "--no-hosts", arity = "0..1", hidden = true)
    boolean noHosts;

    @Option(names = "--signature-policy", hidden = true)
    String signaturePolicy = "";

    /// No effect here as in Podman.
    @Option(names = "--no-trunc", arity = "0..1", hidden = true)
    boolean noTrunc;

    void refuse() {
        refuse(!addresses.isEmpty(), "--ip");
        refuse(!macAddresses.isEmpty(), "--mac-address");
        refuse(noHostname, "--no-hostname");
        refuse(noHosts, "--no-hosts");
        refuse(!signaturePolicy.isEmpty(), "--signature-policy");
    }

    private static void refuse(boolean given, String flag) {
        if (given) {
            throw new CommandException("'" + flag + "' is not supported yet");
        }
    }
}
