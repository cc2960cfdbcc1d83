package dev.kelpie.app.command.container;

import picocli.CommandLine.Option;

/// The flags that stand for containers which nobody names.
final class Whole {
    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All containers")
    boolean all;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;
}
