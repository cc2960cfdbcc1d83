package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.image.build.StepRunner;
import dev.kelpie.image.build.StepSettings;
import java.io.IOException;
import java.nio.file.Files;

/// Runs the steps of image builds with the engine's own OCI runtime, confined as its containers
/// are.
final class BuildSteps implements StepRunner {

    private final Core core;

    BuildSteps(Core core) {
        this.core = core;
    }

    @Override
    public Session open(StepSettings settings) {
        var id = Ids.fresh().substring(0, 24);
        try {
            Files.createDirectories(core.files.build(id));
            Files.createDirectories(core.files.runBuild(id));
        } catch (IOException e) {
            throw new EngineIoException("cannot prepare a build", e);
        }
        return new BuildSession(core, id, settings);
    }
}
