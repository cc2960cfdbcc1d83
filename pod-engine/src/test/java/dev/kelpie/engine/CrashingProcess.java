package dev.kelpie.engine;

import dev.kelpie.image.build.BuildRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A process with an engine that does one thing and may die on the way: `ROOT VERB`.
final class CrashingProcess {

    private CrashingProcess() {}

    public static void main(String[] args) throws Exception {
        try (var engine = open(Path.of(args[0]))) {
            switch (args[1]) {
                case "play" -> engine.play(pods(), PlayOptions.DEFAULT, _ -> {});
                case "stop" -> engine.pods().stop(List.of("one"), quick());
                case "down" ->
                        engine.down(
                                List.of("one", "two"),
                                new DownOptions(
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        Optional.of(Duration.ZERO)));
                case "replace" ->
                        engine.play(
                                List.of(Specs.pod("one", "a", "b", "c")),
                                PlayOptions.DEFAULT.withReplace(true),
                                _ -> {});
                default -> throw new IllegalArgumentException(args[1]);
            }
        }
    }

    static StopOptions quick() {
        return new StopOptions(Optional.of(Duration.ZERO), false);
    }

    static List<dev.kelpie.engine.spec.PodSpec> pods() {
        return List.of(Specs.pod("one", "a", "b"), Specs.pod("two", "a"));
    }

    static Engine open(Path base) throws Exception {
        var where = new EngineRoot(base.resolve("root"), base.resolve("run"));
        return Engine.open(EngineSettings.of(where, List.of()));
    }

    /// The image of all specs in `Specs`: busybox and nothing else.
    static void buildImage(Engine engine, Path base) throws Exception {
        var context = Files.createDirectories(base.resolve("context"));
        var busybox = Path.of("/bin/busybox");
        Files.copy(busybox, context.resolve("busybox"), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                context.resolve("Containerfile"),
                """
                FROM scratch
                COPY busybox /bin/busybox
                COPY busybox /bin/sh
                COPY busybox /bin/sleep
                COPY busybox /bin/cat
                COPY busybox /bin/hostname
                COPY busybox /bin/mkdir
                COPY busybox /bin/id
                CMD ["/bin/sh"]
                """);
        engine.images().build(BuildRequest.of(context, Specs.IMAGE), _ -> {});
    }
}
