package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Entry;
import dev.kelpie.kubeplay.KubeReader;
import java.util.List;

/// The commands of this group.
public final class KubeCommands {
    /// One for all plays: it keeps what it has learnt of the Kubernetes model, and is without state
    /// otherwise.
    static final KubeReader READER = new KubeReader();

    private KubeCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("kube apply", Apply.class, Apply::new),
                Entry.of("kube play", Play.class, Play::new, "play kube"),
                Entry.of("kube logs", Logs.class, Logs::new),
                Entry.of("kube services", ListServices.class, ListServices::new),
                Entry.of("kube cronjobs", ListCronJobs.class, ListCronJobs::new),
                Entry.of("kube down", Down.class, Down::new),
                Entry.of("kube generate", Generate.class, Generate::new, "generate kube"));
    }
}
