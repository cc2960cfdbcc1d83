package dev.kelpie.kubegenerate.apply;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Programs by the JDK's own means, in a directory.
record Processes(Path directory) implements Programs {
    @Override
    public Ended run(List<String> argv, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(argv).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile())).start();
        var stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var stderr = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), stdout, stderr);
    }
}
