package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A session that can run nothing.
final class NoSteps implements StepRunner.Session {

    private final List<Path> made = new ArrayList<>();

    @Override
    public synchronized Path scratch() {
        try {
            if (made.isEmpty()) {
                made.add(Files.createTempDirectory("kelpie-build-"));
            }
            return made.getFirst();
        } catch (IOException e) {
            throw new BuildException("cannot make a temporary directory: " + e.getMessage(), e);
        }
    }

    @Override
    public StepRunner.Ran run(RunStep step, Consumer<byte[]> output) {
        throw new BuildException(step.what() + ": RUN needs an engine that can run containers");
    }

    @Override
    public Path merged(List<Path> lowers) {
        if (lowers.size() == 1) {
            return lowers.getFirst();
        }
        throw new BuildException("COPY --from of several layers needs an engine");
    }

    @Override
    public void git(String address, Path target, boolean keepGit) {
        throw new BuildException("cannot fetch '" + address + "': git needs an engine");
    }

    @Override
    public synchronized void close() {
        for (var directory : made) {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new BuildException("cannot delete '" + directory + "': " + e.getMessage(), e);
            }
        }
        made.clear();
    }
}
