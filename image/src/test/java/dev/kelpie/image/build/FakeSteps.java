package dev.kelpie.image.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Runs nothing: `write NAME TEXT` as a shell command writes a file, `fail` exits with 3, all else
/// only says what it is.
final class FakeSteps implements StepRunner, StepRunner.Session {

    final List<RunStep> steps = Collections.synchronizedList(new ArrayList<>());
    private final Path scratch;
    private final AtomicInteger serial = new AtomicInteger();

    FakeSteps(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public Session open(StepSettings settings) {
        return this;
    }

    @Override
    public Path scratch() {
        return scratch;
    }

    @Override
    public Ran run(RunStep step, Consumer<byte[]> output) {
        steps.add(step);
        var command = step.exec().argv().getLast();
        output.accept(("ran " + command + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            var upper = Files.createDirectories(fresh("upper"));
            if (command.startsWith("write ")) {
                var words = command.split(" ", 3);
                Files.writeString(upper.resolve(words[1]), words[2]);
            }
            return new Ran(command.equals("fail") ? 3 : 0, upper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path merged(List<Path> lowers) throws IOException {
        var tree = Files.createDirectories(fresh("tree"));
        for (var lower : lowers.reversed()) {
            try (var files = Files.walk(lower)) {
                for (var file : files.filter(each -> !each.equals(lower)).sorted().toList()) {
                    var target = tree.resolve(lower.relativize(file).toString());
                    if (!Files.isDirectory(file)) {
                        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                    } else if (!Files.isDirectory(target)) {
                        Files.createDirectory(target);
                    }
                }
            }
        }
        return tree;
    }

    @Override
    public void git(String address, Path target, boolean keepGit) {
        try {
            Files.writeString(target.resolve("from-git"), address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path fresh(String kind) {
        return scratch.resolve(kind + "-" + serial.incrementAndGet());
    }

    @Override
    public void close() {}
}
