package dev.kelpie.app;

import dev.kelpie.app.service.ServiceException;
import dev.kelpie.app.service.ServiceOptions;
import dev.kelpie.app.service.ServicePlace;
import dev.kelpie.runtime.HostException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/// The service's `main`: takes its place on the host before anything else starts, so that a second
/// service for the same root is gone before it has cost much.
@QuarkusMain
public final class Main {
    private static final int CANNOT_START = 1;

    private Main() {}

    /// Runs the service until it is told to stop or has nothing to do.
    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(ServiceOptions.parse(List.of(arguments)), arguments);
        } catch (ServiceException | HostException e) {
            System.err.println("kelpie-service: " + e.getMessage());
            System.exit(CANNOT_START);
        }
    }

    private static void run(ServiceOptions options, String[] arguments)
            throws InterruptedException {
        var place = ServicePlace.take(options);
        if (place.isEmpty()) {
            return;
        }
        try (var _ = place.get()) {
            System.setProperty("quarkus.http.domain-socket", options.socket().toString());
            Quarkus.run(arguments);
        }
    }
}
