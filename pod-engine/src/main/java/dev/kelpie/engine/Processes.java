package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.ResolvedProcess;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.image.spec.ContainerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Fills what a spec leaves to the image: command and arguments (Kubernetes' rules), environment,
/// user, working directory, stop signal.
final class Processes {

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

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
        return new ResolvedProcess(
                entrypoint,
                arguments,
                environment(spec, image),
                process.workingDir().or(() -> nonEmpty(image.workingDir())).orElse("/"),
                user(process.user(), image.user()),
                spec.policy().stopSignal().or(image::stopSignal).orElse("SIGTERM"));
    }

    /// A group by itself goes with the image's user.
    static String user(Optional<String> asked, String image) {
        if (asked.isPresent() && asked.get().startsWith(":")) {
            return image.replaceFirst(":.*", "") + asked.get();
        }
        return asked.orElse(image);
    }

    /// `NAME=value` in order: defaults, the image's, the user's; a later one of the same name wins.
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
        spec.process().env().forEach(variable -> env.put(variable.name(), variable.value()));
        var list = new ArrayList<String>();
        env.forEach((name, value) -> list.add(name + "=" + value));
        return list;
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
