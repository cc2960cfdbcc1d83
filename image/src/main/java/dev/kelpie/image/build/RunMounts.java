package dev.kelpie.image.build;

import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The `--mount`s of a `RUN`.
final class RunMounts {

    private final Instruction instruction;
    private final List<MountFlag> mounts;
    private final Stage stage;
    private final Building building;
    private final Sources sources;

    RunMounts(
            Instruction instruction,
            List<String> mounts,
            Stage stage,
            Building building,
            Sources sources) {
        this.instruction = instruction;
        this.mounts = mounts.stream().map(text -> MountFlag.parse(text, instruction)).toList();
        this.stage = stage;
        this.building = building;
        this.sources = sources;
    }

    /// What is mounted while a step runs, and what has to be given back after it.
    record Held(List<StepMount> mounts, List<String> env, List<CacheMounts.Use> caches)
            implements AutoCloseable {
        @Override
        public void close() {
            caches.forEach(CacheMounts.Use::close);
        }
    }

    static boolean isDirectory(StepMount mount) {
        return switch (mount) {
            case StepMount.Bind(Path source, _, _) -> Files.isDirectory(source);
            case StepMount.Discarding(Path source, _) -> Files.isDirectory(source);
            case StepMount.Tmpfs _ -> true;
            case StepMount.Secret _ -> false;
        };
    }

    /// Caches, secrets and agents change what a step may do, but by agreement not what it makes.
    void addTo(StepKey key) throws IOException, InterruptedException {
        for (var mount : mounts) {
            key.add(mount.type().name()).addAll(new TreeMap<>(mount.options()).values());
            if (mount.type() == MountFlag.Type.BIND) {
                bindKey(mount, key);
            }
        }
    }

    private void bindKey(MountFlag mount, StepKey key) throws IOException, InterruptedException {
        if (mount.from().isPresent()) {
            var origin = sources.find(mount.from().get(), stage.platform, instruction);
            if (origin.chain().isPresent()) {
                key.add(origin.chain().get());
                return;
            }
        }
        var items = new TreeMap<String, CopyItem>();
        for (var source : found(mount)) {
            if (source.directory()) {
                context(mount).contents(source, "", Optional.of(Ownership.ROOT), items);
            } else {
                items.put("", context(mount).item(source.file(), "", Optional.of(Ownership.ROOT)));
            }
        }
        CopyKey.add(key, items.values(), building.store().cache());
    }

    private Context context(MountFlag mount) throws IOException, InterruptedException {
        return mount.from().isPresent()
                ? sources.find(mount.from().get(), stage.platform, instruction).context()
                : building.context();
    }

    private List<Context.Source> found(MountFlag mount) throws IOException, InterruptedException {
        var written = mount.get("source").orElse("/");
        var name = ConfigSteps.directory("/", written).substring(1);
        var found = context(mount).named(name, instruction);
        if (found.isEmpty()) {
            throw instruction.error("--mount: no such file '" + written + "'");
        }
        return List.of(found.get());
    }

    /// Makes everything ready.
    Held resolve(String workingDir) throws IOException, InterruptedException {
        var all = new ArrayList<StepMount>();
        var env = new ArrayList<String>();
        var held = new Held(all, env, new ArrayList<>());
        var complete = false;
        try {
            var number = 0;
            for (var mount : mounts) {
                switch (mount.type()) {
                    case BIND -> all.add(bind(mount, workingDir));
                    case TMPFS ->
                            all.add(
                                    new StepMount.Tmpfs(
                                            mount.target(workingDir, ""), mount.size()));
                    case CACHE -> all.add(cache(mount, workingDir, held));
                    case SECRET -> secret(mount, workingDir, held);
                    case SSH -> agent(mount, workingDir, number++, held);
                }
            }
            complete = true;
            return held;
        } finally {
            if (!complete) {
                held.close();
            }
        }
    }

    private StepMount bind(MountFlag mount, String workingDir)
            throws IOException, InterruptedException {
        var source = found(mount).getFirst();
        var target = mount.target(workingDir, "");
        var file = source.file();
        if (mount.from().isEmpty() && !building.context().isWhole() && source.directory()) {
            file = visible(source);
        }
        return mount.isSet("rw")
                ? new StepMount.Discarding(file, target)
                : new StepMount.Bind(file, target, true);
    }

    /// A copy of a directory of the context without what the ignore file hides.
    private Path visible(Context.Source source) throws IOException, InterruptedException {
        var items = new TreeMap<String, CopyItem>();
        building.context().contents(source, "", Optional.of(Ownership.ROOT), items);
        var copy = Files.createTempDirectory(building.session().scratch(), "context-");
        Files.setAttribute(copy, "unix:mode", 0755);
        for (var item : items.values()) {
            var target = copy.resolve(item.path());
            Files.createDirectories(target.resolveSibling("."));
            switch (item.kind()) {
                case DIRECTORY -> Files.createDirectories(target);
                case LINK -> Files.createSymbolicLink(target, Path.of(item.linkTarget()));
                case FIFO -> {} // a context has none
                case FILE ->
                        Files.copy(
                                item.source().orElseThrow(),
                                target,
                                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    private StepMount cache(MountFlag mount, String workingDir, Held held)
            throws IOException, InterruptedException {
        if (mount.from().isPresent() || mount.get("source").isPresent()) {
            throw instruction.error("--mount=type=cache with from or source is not supported");
        }
        var target = mount.target(workingDir, "");
        var id = mount.get("id").orElse(target);
        var sharing = mount.get("sharing").orElse("shared");
        if (!List.of("shared", "private", "locked").contains(sharing)) {
            throw instruction.error(
                    "--mount: sharing is shared, private or locked, not '" + sharing + "'");
        }
        var owner = new Ownership(mount.number("uid"), mount.number("gid"));
        var use =
                CacheMounts.take(
                        building.store().cache().mounts(),
                        new CacheMounts.Wanted(id, sharing, mount.mode(0755), owner));
        held.caches().add(use);
        return new StepMount.Bind(use.directory(), target, mount.isSet("ro"));
    }

    private void secret(MountFlag mount, String workingDir, Held held) {
        var id =
                mount.get("id")
                        .or(() ->
                                mount.get("target")
                                        .map(path -> path.substring(path.lastIndexOf('/') + 1)))
                        .or(() -> mount.get("env"))
                        .orElseThrow(() -> instruction.error("--mount=type=secret needs an id"));
        var content = building.request.steps().secrets().get(id);
        if (content == null) {
            if (mount.isSet("required")) {
                throw instruction.error(
                        "secret '" + id + "' is required: give it with build --secret id=" + id);
            }
            return;
        }
        mount.get("env")
                .ifPresent(name ->
                        held.env()
                                .add(
                                        name
                                                + "="
                                                + new String(
                                                        content.bytes(), StandardCharsets.UTF_8)));
        if (mount.get("env").isEmpty() || mount.get("target").isPresent()) {
            held.mounts()
                    .add(
                            new StepMount.Secret(
                                    content,
                                    mount.target(workingDir, "/run/secrets/" + id),
                                    mount.mode(0400),
                                    mount.number("uid"),
                                    mount.number("gid")));
        }
    }

    private void agent(MountFlag mount, String workingDir, int number, Held held) {
        var id = mount.get("id").orElse("default");
        Map<String, Path> agents = building.request.steps().agents();
        var socket = agents.get(id);
        if (socket == null) {
            if (mount.isSet("required")) {
                throw instruction.error(
                        "ssh agent '" + id + "' is required: give it with build --ssh " + id);
            }
            return;
        }
        var target = mount.target(workingDir, "/run/buildkit/ssh_agent." + number);
        held.mounts().add(new StepMount.Bind(socket, target, false));
        held.env().add("SSH_AUTH_SOCK=" + target);
    }

    static Digest idOf(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
