package dev.kelpie.runtime.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.spec.LinuxSeccomp;
import dev.kelpie.runtime.spec.LinuxSeccomp.Argument;
import dev.kelpie.runtime.spec.LinuxSeccomp.Syscall;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Turns a profile in Docker's form, whose rules depend on capabilities, architecture and kernel,
/// into the runtime-spec's form. A profile that already is in that form comes out as it is.
record SeccompConversion(
        JsonNode profile, Set<Capability> bounding, HostGrants.Machine machine, Path file) {

    private static final Map<String, Integer> ERRNO =
            Map.of(
                    "EPERM",
                    1,
                    "ENOENT",
                    2,
                    "EACCES",
                    13,
                    "EINVAL",
                    22,
                    "ENOSYS",
                    38,
                    "EAFNOSUPPORT",
                    97);

    private static final Map<String, String> ARCHITECTURE =
            Map.of(
                    "amd64",
                    "SCMP_ARCH_X86_64",
                    "arm64",
                    "SCMP_ARCH_AARCH64",
                    "s390x",
                    "SCMP_ARCH_S390X");

    private static final Set<String> ACTIONS =
            Set.of(
                    "SCMP_ACT_ALLOW",
                    "SCMP_ACT_ERRNO",
                    "SCMP_ACT_KILL",
                    "SCMP_ACT_KILL_PROCESS",
                    "SCMP_ACT_KILL_THREAD",
                    "SCMP_ACT_LOG",
                    "SCMP_ACT_TRACE",
                    "SCMP_ACT_TRAP");

    /// SCMP_ACT_NOTIFY is none of them: it would need somebody who listens.
    private void requireAction(String action) {
        if (!ACTIONS.contains(action)) {
            throw new FileAccessException(
                    "seccomp profile '"
                            + file
                            + "' has the action '"
                            + action
                            + "', which is none of "
                            + String.join(", ", new TreeSet<>(ACTIONS)));
        }
    }

    LinuxSeccomp convert() {
        if (!profile.path("defaultAction").isTextual()) {
            throw new FileAccessException("seccomp profile '" + file + "' has no defaultAction");
        }
        requireAction(profile.path("defaultAction").asText());
        var syscalls = new ArrayList<Syscall>();
        for (var rule : profile.path("syscalls")) {
            requireAction(rule.path("action").asText());
            if (applies(rule)) {
                syscalls.add(syscall(rule));
            }
        }
        return new LinuxSeccomp(
                profile.path("defaultAction").asText(),
                errno(profile.path("defaultErrnoRet"), profile.path("defaultErrno")),
                architectures(),
                syscalls);
    }

    private List<String> architectures() {
        if (profile.has("architectures")) {
            return texts(profile.path("architectures"));
        }
        for (var entry : profile.path("archMap")) {
            if (entry.path("architecture")
                    .asText()
                    .equals(ARCHITECTURE.get(machine.architecture()))) {
                var all = new ArrayList<String>();
                all.add(entry.path("architecture").asText());
                all.addAll(texts(entry.path("subArchitectures")));
                return all;
            }
        }
        return List.of();
    }

    private boolean applies(JsonNode rule) {
        var includes = rule.path("includes");
        var excludes = rule.path("excludes");
        return bounding.containsAll(CapabilitySets.parse(known(includes.path("caps"))))
                && known(includes.path("caps")).size() == includes.path("caps").size()
                && (includes.path("arches").isEmpty()
                        || texts(includes.path("arches")).contains(machine.architecture()))
                && (!includes.has("minKernel")
                        || kernelAtLeast(includes.path("minKernel").asText()))
                && known(excludes.path("caps")).stream()
                        .flatMap(name -> Capability.parse(name).stream())
                        .noneMatch(bounding::contains)
                && !texts(excludes.path("arches")).contains(machine.architecture())
                && !(excludes.has("minKernel")
                        && kernelAtLeast(excludes.path("minKernel").asText()));
    }

    private static List<String> known(JsonNode caps) {
        return texts(caps).stream().filter(name -> Capability.parse(name).isPresent()).toList();
    }

    private boolean kernelAtLeast(String wanted) {
        var have = numbers(machine.kernelRelease());
        var want = numbers(wanted);
        return have[0] > want[0] || (have[0] == want[0] && have[1] >= want[1]);
    }

    private static int[] numbers(String release) {
        var parts = release.split("[^0-9]+", -1);
        return new int[] {number(parts, 0), number(parts, 1)};
    }

    private static int number(String[] parts, int index) {
        return index < parts.length && parts[index].matches("[0-9]{1,6}")
                ? Integer.parseInt(parts[index])
                : 0;
    }

    private static Syscall syscall(JsonNode rule) {
        var names = new ArrayList<>(texts(rule.path("names")));
        if (rule.hasNonNull("name")) {
            names.add(rule.path("name").asText());
        }
        var arguments = new ArrayList<Argument>();
        for (var argument : rule.path("args")) {
            arguments.add(
                    new Argument(
                            argument.path("index").asInt(),
                            argument.path("value").bigIntegerValue(),
                            argument.path("valueTwo").bigIntegerValue(),
                            argument.path("op").asText()));
        }
        return new Syscall(
                names,
                rule.path("action").asText(),
                errno(rule.path("errnoRet"), rule.path("errno")),
                arguments);
    }

    private static Optional<Integer> errno(JsonNode number, JsonNode name) {
        return number.isInt()
                ? Optional.of(number.asInt())
                : Optional.ofNullable(ERRNO.get(name.asText()));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
