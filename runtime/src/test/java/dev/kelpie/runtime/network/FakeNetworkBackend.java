package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A backend without a kernel: remembers what it was asked, and insists that the intent was changed
/// first.
public final class FakeNetworkBackend implements NetworkBackend {

    private final NetworkIntent intent;
    private final List<String> calls = new ArrayList<>();
    private final Set<String> attached = new TreeSet<>();
    private Optional<String> failure = Optional.empty();

    public FakeNetworkBackend(NetworkIntent intent) {
        this.intent = intent;
    }

    /// The next `attach` throws a `NetworkException` with this message.
    public synchronized void failNextAttach(String message) {
        failure = Optional.of(message);
    }

    /// In order: `attach OWNER...`, `detach OWNER...`, `reapply`, `removeAll`; owners sorted.
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /// Owners that are attached now.
    public synchronized Set<String> attached() {
        return Set.copyOf(attached);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public synchronized void attach(Collection<Attachment> joining) {
        calls.add("attach " + owners(joining));
        if (!intent.desired().attachments().containsAll(joining)) {
            throw new IllegalStateException("not in the intent: " + owners(joining));
        }
        if (failure.isPresent()) {
            var message = failure.get();
            failure = Optional.empty();
            throw new NetworkException(message);
        }
        joining.forEach(attachment -> attached.add(attachment.owner()));
    }

    @Override
    public synchronized void detach(Collection<Attachment> leaving) {
        calls.add("detach " + owners(leaving));
        var desired = intent.desired().attachments();
        if (leaving.stream().anyMatch(desired::contains)) {
            throw new IllegalStateException("still in the intent: " + owners(leaving));
        }
        leaving.forEach(attachment -> attached.remove(attachment.owner()));
    }

    @Override
    public synchronized void serve() {
        calls.add("serve " + intent.desired().services());
    }

    @Override
    public synchronized void reapply() {
        calls.add("reapply");
        attached.clear();
        intent.desired().attachments().forEach(attachment -> attached.add(attachment.owner()));
    }

    @Override
    public synchronized boolean hasRemains() {
        return !attached.isEmpty();
    }

    @Override
    public synchronized void removeAll() {
        calls.add("removeAll");
        attached.clear();
    }

    private static String owners(Collection<Attachment> attachments) {
        return attachments.stream()
                .map(Attachment::owner)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
