package dev.kelpie.image.registry;

import dev.kelpie.image.RegistryException;
import java.time.Duration;
import java.util.List;

/// Opens clients for endpoints, with the credentials that the host has for them.
final class Connections {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final RegistrySettings settings;
    private final Duration firstPause;

    Connections(RegistrySettings settings, Duration firstPause) {
        this.settings = settings;
        this.firstPause = firstPause;
    }

    /// A client; the caller closes it.
    RegistryClient open(Endpoint endpoint, Access access, Backoff.Notice notice)
            throws InterruptedException {
        var files = access.authFile().map(List::of).orElse(settings.authFiles());
        var credentials = access.credentials();
        if (credentials.isEmpty()) {
            credentials = new AuthFiles(files, settings.helpers()).find(endpoint);
        }
        var certificates =
                access.certificates()
                        .map(List::of)
                        .orElseGet(() ->
                                settings.certificateDirectories().stream()
                                        .map(directory -> directory.resolve(endpoint.host()))
                                        .toList());
        return new RegistryClient(
                endpoint, credentials, certificates, new Backoff(access, firstPause, notice));
    }

    /// All that went wrong, as one exception: `cannot WHAT: …`.
    static RegistryException failed(String what, List<RegistryFailure> failures) {
        var words = failures.stream().map(e -> String.valueOf(e.getMessage())).distinct().toList();
        var last = failures.getLast();
        var message = "cannot " + what + ": " + String.join("; ", words);
        var failed =
                last.status == 0
                        ? new RegistryException(message, last)
                        : new RegistryException(message, last.status);
        failures.stream().filter(e -> e != last).forEach(failed::addSuppressed);
        return failed;
    }
}
