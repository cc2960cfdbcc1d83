package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.ResolvedProcess;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.image.spec.ContainerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fills what a spec leaves to the image: command and arguments (Kubernetes' rules), environment,
/// user, working directory, stop signal.
final class Processes {

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// What systemd as process 1 takes for the order to power off.
    private static final String SYSTEMD_STOP = "SIGRTMIN+3";

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}|\\$([A-Za-z_][A-Za-z0-9_]*)");

    private Processes() {}

    static ResolvedProcess resolve(ContainerSpec spec, ContainerConfig image) {
        var process = spec.process();
        var entrypoint = process.command().orElse(image.command().entrypoint());
        // A command of one's own drops the image's arguments too.
        var usual = process.command().isPresent() ? List.<String>of() : image.command().cmd();
        var arguments = process.args().orElse(usual);
        if (entrypoint.isEmpty() && arguments.isEmpty()) {
            throw new InvalidRequestException(
                    "container '"
                            + spec.name()
                            + "': no command or entrypoint provided, and no CMD or ENTRYPOINT from image '"
                            + spec.image().reference()
                            + "'");
        }
        var argv = new ArrayList<>(entrypoint);
        argv.addAll(arguments);
        var systemd = spec.policy().lifecycle().manner().runsSystemd(argv);
        return new ResolvedProcess(
                entrypoint,
                arguments,
                environment(spec, image),
                process.workingDir().or(() -> nonEmpty(image.workingDir())).orElse("/"),
                user(process.user(), image.user()),
                spec.policy()
                        .stopSignal()
                        .or(image::stopSignal)
                        .orElse(systemd ? SYSTEMD_STOP : "SIGTERM"));
    }

    /// A group by itself goes with the image's user.
    static String user(Optional<String> asked, String image) {
        if (asked.isPresent() && asked.get().startsWith(":")) {
            return image.replaceFirst(":.*", "") + asked.get();
        }
        return asked.orElse(image);
    }

    /// `NAME=value` in order: defaults, the image's, the user's; a later one of the same name wins.
    /// A bare name is one that shall not be set.
    private static List<String> environment(ContainerSpec spec, ContainerConfig image) {
        var env = new LinkedHashMap<String, String>();
        env.put("PATH", PATH);
        env.put("container", "kelpie"); // systemd and others look whether it is set
        if (spec.process().terminal()) {
            env.put("TERM", "xterm");
        }
        for (var entry : image.env()) {
            var equals = entry.indexOf('=');
            if (equals > 0) {
                env.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        given(spec.process().env(), env);
        var list = new ArrayList<>(takenAway(spec.process().env(), env));
        env.forEach((name, value) -> list.add(name + "=" + value));
        return list;
    }

    /// What was there goes, stays with more to it, or gives way to what is given.
    private static void given(List<EnvVar> given, Map<String, String> env) {
        var images = Map.copyOf(env);
        for (var variable : given) {
            if (variable.how() == EnvVar.How.TAKEN_AWAY) {
                if (variable.name().equals(EnvVar.ALL)) {
                    env.clear();
                } else {
                    env.remove(variable.name());
                }
            }
        }
        for (var variable : given) {
            switch (variable.how()) {
                case SET -> env.put(variable.name(), variable.value());
                case MERGED -> env.put(variable.name(), filled(variable.value(), images));
                case TAKEN_AWAY -> {}
            }
        }
    }

    /// Those that the runtime would set.
    private static List<String> takenAway(List<EnvVar> given, Map<String, String> env) {
        var names =
                given.stream()
                        .filter(variable -> variable.how() == EnvVar.How.TAKEN_AWAY)
                        .map(EnvVar::name)
                        .toList();
        return List.of("PATH", "TERM", "container").stream()
                .filter(name -> names.contains(name) || names.contains(EnvVar.ALL))
                .filter(name -> !env.containsKey(name))
                .toList();
    }

    private static String filled(String value, Map<String, String> images) {
        return REFERENCE
                .matcher(value)
                .replaceAll(found -> {
                    var name = found.group(1) == null ? found.group(2) : found.group(1);
                    return Matcher.quoteReplacement(images.getOrDefault(name, ""));
                });
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
