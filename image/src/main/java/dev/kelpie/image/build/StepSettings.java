package dev.kelpie.image.build;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds for every `RUN` of a build, from the command line.
///
/// @param network for steps that name none
/// @param hosts address by name, for /etc/hosts
/// @param volumes mounted in every step
public record StepSettings(
        RunStep.Network network,
        Map<String, String> hosts,
        Dns dns,
        Limits limits,
        List<StepMount> volumes,
        Rights rights) {

    public static final StepSettings USUAL =
            new StepSettings(
                    RunStep.Network.DEFAULT,
                    Map.of(),
                    new Dns(List.of(), List.of(), List.of()),
                    new Limits(
                            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                    List.of(),
                    Rights.USUAL);

    public StepSettings {
        hosts = Map.copyOf(hosts);
        volumes = List.copyOf(volumes);
    }

    /// Servers, search domains and options of resolv.conf(5) before the usual ones.
    public record Dns(List<String> servers, List<String> searches, List<String> options) {
        public Dns {
            servers = List.copyOf(servers);
            searches = List.copyOf(searches);
            options = List.copyOf(options);
        }
    }

    /// What a step may do beyond the usual, or not.
    ///
    /// @param groups further ones of its user
    /// @param addCapabilities by their names in capitals, or `ALL`
    public record Rights(
            List<String> groups,
            List<String> addCapabilities,
            List<String> dropCapabilities,
            List<Ulimit> ulimits) {
        public static final Rights USUAL = new Rights(List.of(), List.of(), List.of(), List.of());

        public Rights {
            groups = List.copyOf(groups);
            addCapabilities = List.copyOf(addCapabilities);
            dropCapabilities = List.copyOf(dropCapabilities);
            ulimits = List.copyOf(ulimits);
        }
    }

    /// A limit of setrlimit(2).
    ///
    /// @param name in small letters, as `nofile`
    public record Ulimit(String name, long soft, long hard) {}

    /// What a step may use.
    public record Limits(
            Optional<Long> memoryBytes,
            Optional<Long> milliCpus,
            Optional<Long> cpuShares,
            Optional<String> cpuset) {}
}
