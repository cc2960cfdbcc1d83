package dev.kelpie.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Gives a test class an engine of its own with the image [Box], empties it after each test, and at
/// the end proves that nothing is left of it on the host.
final class Engine implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Leftovers leftovers;
    private final Kelpie kelpie;

    Engine() {
        var directory = makeDirectory();
        leftovers = Leftovers.watch(directory);
        kelpie = new Kelpie(directory);
    }

    Kelpie kelpie() {
        return kelpie;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Box.build(kelpie);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            report();
        }
        kelpie.removeAll();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (Kelpie.isKelpie()) {
            kelpie.stopService();
        }
        try {
            leftovers.check(kelpie);
        } finally {
            Trees.delete(kelpie.directory());
        }
    }

    /// A new directory for one engine; `-Dkelpie.e2e.dir` says where.
    static Path makeDirectory() {
        try {
            var above = Path.of(System.getProperty("kelpie.e2e.dir", "/tmp"));
            return Files.createTempDirectory(above, "kelpie-test-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void report() {
        var log = kelpie.runroot().resolve("service.log");
        if (Files.exists(log)) {
            var lines = Host.run("tail", "-n", "40", log.toString()).stdout();
            System.err.println("--- the end of " + log + "\n" + lines);
        }
    }
}
