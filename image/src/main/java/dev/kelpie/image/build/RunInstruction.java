package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `RUN`: what to run, with what, and what that depends on.
final class RunInstruction {

    private static final List<String> USUAL_DIRECTORIES = List.of("/proc", "/sys", "/dev");
    private static final List<String> USUAL_FILES = List.of("/etc/hosts", "/etc/resolv.conf");

    private final Instruction instruction;
    private final Flags flags;
    private final Stage stage;
    private final Building building;
    private final RunMounts mounts;
    private final List<String> argv = new ArrayList<>();
    private final List<StepMount> script = new ArrayList<>();

    RunInstruction(Instruction instruction, Stage stage, Building building, Sources sources) {
        this.instruction = instruction;
        this.stage = stage;
        this.building = building;
        this.flags =
                Flags.of(
                        instruction,
                        Flags.known(instruction),
                        text -> Words.expand(text, stage::variable, instruction.escape()));
        this.mounts = new RunMounts(instruction, flags.all("mount"), stage, building, sources);
        command();
    }

    private void command() {
        var rest = flags.rest();
        if (rest.isEmpty()) {
            throw instruction.error("RUN needs a command");
        }
        var exec = JsonForm.parse(rest);
        var documents = instruction.heredocs();
        if (exec.isPresent()) {
            if (exec.get().isEmpty()) {
                throw instruction.error("RUN needs a command");
            }
            argv.addAll(exec.get());
        } else if (documents.size() == 1 && rest.equals(documents.getFirst().opening())) {
            script(documents.getFirst());
        } else {
            var text = new StringBuilder(rest);
            for (var document : documents) {
                text.append('\n').append(document.content()).append(document.name());
            }
            argv.addAll(stage.config.inShell(text.toString()));
        }
    }

    /// A here-document alone is the script itself, for the shell or for whom its first line names.
    private void script(Heredoc document) {
        var content = document.content();
        if (!content.startsWith("#!")) {
            argv.addAll(stage.config.inShell(content));
            return;
        }
        var target = "/dev/pipes/" + document.name();
        var interpreter = content.substring(2, content.indexOf('\n')).strip();
        argv.addAll(List.of(interpreter.split("\\s+")));
        argv.add(target);
        script.add(
                new StepMount.Secret(
                        new SecretContent(content.getBytes(StandardCharsets.UTF_8)),
                        target,
                        0555,
                        0,
                        0));
    }

    /// What the step depends on.
    Digest key() throws IOException, InterruptedException {
        var key = new StepKey(stage.chain()).add("RUN");
        key.add(building.request.platform().toString());
        key.addAll(argv).addAll(environment(false)).add(stage.config.user).add(workingDir());
        for (var mount : script) {
            key.add(mount.target());
        }
        instruction.heredocs().forEach(document -> key.add(document.content()));
        key.add(network().name()).add(flags.get("security").orElse("sandbox"));
        building.timestamp().ifPresent(time -> key.add(time.toString()));
        mounts.addTo(key);
        return key.digest();
    }

    /// Runs it; whether the stage has one more layer.
    boolean run(LayerMaker layers, Digest key, OutputLines output)
            throws IOException, InterruptedException {
        try (var held = mounts.resolve(workingDir())) {
            var all = new ArrayList<>(held.mounts());
            all.addAll(script);
            var ran = building.session().run(step(all, held.env()), output::write);
            output.end();
            if (ran.exit() != 0) {
                throw new BuildException(
                        "%s: RUN exited with %d: '%s'"
                                .formatted(instruction.where(), ran.exit(), shown(flags.rest())),
                        ran.exit());
            }
            return layers.take(stage, key, ran.upper(), building.timestamp(), instruction.where());
        }
    }

    private RunStep step(List<StepMount> all, List<String> moreEnv)
            throws IOException, InterruptedException {
        var env = new ArrayList<>(environment(true));
        env.addAll(moreEnv);
        return new RunStep(
                lowers(all),
                new RunStep.Exec(argv, env, stage.config.user, workingDir()),
                all,
                network(),
                insecure(),
                instruction.where());
    }

    private List<Path> lowers(List<StepMount> all) throws IOException, InterruptedException {
        var lowers = building.store().layerDirectories(stage.diffIds);
        var stubs =
                new Stubs(
                        building.view(stage.diffIds),
                        building.session()
                                .scratch()
                                .resolve(
                                        "stubs-"
                                                + Digest.of(
                                                                argv.toString()
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))
                                                        .brief()
                                                + "-"
                                                + System.nanoTime()));
        for (var directory : USUAL_DIRECTORIES) {
            stubs.directory(directory);
        }
        for (var file : USUAL_FILES) {
            stubs.file(file);
        }
        stubs.mtab();
        var every = new ArrayList<>(building.request.steps().settings().volumes());
        every.addAll(all);
        for (var mount : every) {
            if (!isInside(mount.target(), every)) {
                if (RunMounts.isDirectory(mount)) {
                    stubs.directory(mount.target());
                } else {
                    stubs.file(mount.target());
                }
            }
        }
        return stubs.below(lowers);
    }

    /// Whether its mount point lies on another mount.
    private static boolean isInside(String target, List<StepMount> all) {
        var above = new ArrayList<>(USUAL_DIRECTORIES);
        all.stream()
                .map(StepMount::target)
                .filter(other -> !other.equals(target))
                .forEach(above::add);
        return above.stream().anyMatch(other -> target.startsWith(other + "/"));
    }

    private String workingDir() {
        return stage.config.workingDir.isEmpty() ? "/" : stage.config.workingDir;
    }

    /// The image's variables, then the arguments declared so far; proxies change no result.
    private List<String> environment(boolean withProxies) {
        Map<String, String> env = new LinkedHashMap<>(stage.config.env);
        new java.util.TreeMap<>(stage.arguments).forEach(env::putIfAbsent);
        if (withProxies) {
            building.arguments.proxies().forEach(env::putIfAbsent);
        }
        var list = new ArrayList<String>();
        env.forEach((name, value) -> list.add(name + "=" + value));
        return list;
    }

    private RunStep.Network network() {
        var usual = building.request.steps().settings().network();
        return switch (flags.get("network").orElse("default")) {
            case "default" -> usual;
            case "host" -> RunStep.Network.HOST;
            case "none" -> RunStep.Network.NONE;
            default ->
                    throw instruction.error(
                            "--network is none, host or default, not '"
                                    + flags.get("network").orElse("")
                                    + "'");
        };
    }

    private boolean insecure() {
        return switch (flags.get("security").orElse("sandbox")) {
            case "sandbox" -> false;
            case "insecure" -> {
                if (!building.request.steps().insecure()) {
                    throw instruction.error(
                            "--security=insecure runs with every privilege on this host: allow it"
                                    + " with 'build --allow security.insecure'");
                }
                yield true;
            }
            default ->
                    throw instruction.error(
                            "--security is sandbox or insecure, not '"
                                    + flags.get("security").orElse("")
                                    + "'");
        };
    }

    private static String shown(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
