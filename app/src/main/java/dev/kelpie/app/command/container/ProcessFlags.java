package dev.kelpie.app.command.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.EnvFlags;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.LateEnv;
import dev.kelpie.engine.spec.ProcessSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on what a new container runs.
final class ProcessFlags {
    @Option(names = "--entrypoint", description = "Command instead of the image's entrypoint")
    Optional<String> entrypoint = Optional.empty();

    @Option(
            names = {"-e", "--env"},
            description = "Environment variable: NAME=value, or NAME for your own value")
    List<String> env = new ArrayList<>();

    @Option(names = "--env-file", description = "File of environment variables")
    List<String> envFiles = new ArrayList<>();

    @Option(names = "--env-host", arity = "0..1", description = "Pass your own environment on")
    boolean envHost;

    @Option(names = "--unsetenv", description = "Variable that is not set, be it the image's")
    List<String> unset = new ArrayList<>();

    @Option(
            names = "--unsetenv-all",
            arity = "0..1",
            description = "No variable is set but by other flags")
    boolean unsetAll;

    @Option(
            names = "--env-merge",
            description = "Variable made of the image's: PATH='$${PATH}:/more'")
    List<String> merged = new ArrayList<>();

    @Option(
            names = "--http-proxy",
            arity = "0..1",
            description = "Pass http_proxy and its like on (default true)")
    boolean httpProxy = true;

    @Option(
            names = {"-w", "--workdir"},
            description = "Working directory")
    String workdir = "";

    @Option(
            names = {"-u", "--user"},
            description = "User: name|uid[:group|gid]")
    String user = "";

    @Option(
            names = {"-i", "--interactive"},
            arity = "0..1",
            description = "Keep standard input open")
    boolean interactive;

    @Option(
            names = {"-t", "--tty"},
            arity = "0..1",
            description = "Give it a terminal")
    boolean tty;

    @Option(
            names = {"-h", "--hostname"},
            description = "Host name")
    String hostname = "";

    private static final List<String> PROXIES =
            List.of(
                    "http_proxy",
                    "https_proxy",
                    "ftp_proxy",
                    "no_proxy",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "FTP_PROXY",
                    "NO_PROXY");

    ProcessSpec process(Call call, List<String> arguments) {
        if (!workdir.isEmpty() && !workdir.startsWith("/")) {
            throw FlagException.meaning(
                    "the working directory \"" + workdir + "\" must be an absolute path");
        }
        var variables = new EnvFlags(call.session().environment());
        if (envHost) {
            variables.flags(List.of("*"));
        }
        if (httpProxy) {
            variables.flags(PROXIES);
        }
        envFiles.forEach(file -> variables.file(file, call.readLines(file)));
        return new ProcessSpec(
                entrypoint.map(ProcessFlags::words),
                arguments.isEmpty() ? Optional.empty() : Optional.of(arguments),
                environment(variables.flags(env).all()),
                workdir.isEmpty() ? Optional.empty() : Optional.of(workdir),
                user.isEmpty()
                        ? Optional.empty()
                        : Optional.of(user.startsWith(":") ? "0" + user : user),
                tty,
                interactive,
                LateEnv.NONE);
    }

    /// Those that go, that come and that are put together with the image's.
    private List<EnvVar> environment(List<EnvVar> set) {
        var all = new ArrayList<EnvVar>();
        if (unsetAll) {
            all.add(new EnvVar(EnvVar.ALL, "", EnvVar.How.TAKEN_AWAY));
        }
        unset.forEach(name -> all.add(new EnvVar(name, "", EnvVar.How.TAKEN_AWAY)));
        for (var variable : set) {
            if (!unset.contains(variable.name())) {
                all.add(variable);
            }
        }
        for (var word : merged) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw FlagException.meaning("invalid --env-merge \"" + word + "\": use NAME=VALUE");
            }
            all.add(
                    new EnvVar(
                            word.substring(0, equals),
                            word.substring(equals + 1),
                            EnvVar.How.MERGED));
        }
        return all;
    }

    /// One word, or a JSON array of words; an empty text takes the image's entrypoint away.
    static List<String> words(String entrypoint) {
        if (entrypoint.isEmpty()) {
            return List.of();
        }
        if (entrypoint.startsWith("[")) {
            try {
                return List.of(new ObjectMapper().readValue(entrypoint, String[].class));
            } catch (JsonProcessingException _) {
                // a command may begin with a bracket: [ is one
            }
        }
        return List.of(entrypoint);
    }
}
