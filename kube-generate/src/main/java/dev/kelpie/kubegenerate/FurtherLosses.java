package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.GroupWords;
import dev.kelpie.engine.spec.Manner;
import dev.kelpie.engine.spec.NameFiles;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RunAs;
import dev.kelpie.engine.spec.Scopes;
import dev.kelpie.engine.spec.Tuning;

/// What only `run` can ask for: Kubernetes has no field for it.
final class FurtherLosses {
    private final String owner;
    private final Losses losses;

    FurtherLosses(String owner, Losses losses) {
        this.owner = owner;
        this.losses = losses;
    }

    void of(PodSpec pod) {
        var scopes = pod.sharing().scopes();
        note(!scopes.equals(Scopes.NONE), "namespaces of the host or of other containers");
        note(!pod.network().files().equals(NameFiles.USUAL), "its own /etc/hosts or /etc/hostname");
    }

    void of(ContainerSpec spec) {
        note(
                !spec.image().fromImage(),
                "the folder '" + spec.image().reference() + "' as its root filesystem");
        users(spec.security().runAs());
        for (var variable : spec.process().env()) {
            note(
                    variable.how() != EnvVar.How.SET,
                    "variable '" + variable.name() + "' by what its image has");
        }
        manner(spec.policy().lifecycle().manner());
        tuning(spec.resources().tuning());
    }

    private void users(RunAs runAs) {
        if (runAs.umask().isPresent()) {
            losses.note(owner, "umask %04o".formatted(runAs.umask().getAsInt()));
        }
        var accounts = runAs.accounts();
        note(
                accounts.userLine().or(accounts::groupLine).isPresent()
                        || !accounts.ofHost().isEmpty(),
                "lines in /etc/passwd or /etc/group");
    }

    private void manner(Manner manner) {
        note(manner.systemd() == Manner.Systemd.ALWAYS, "being readied for systemd");
        note(manner.pidFile().isPresent(), "a file with its process id");
        note(manner.imageVolumes() != Manner.ImageVolumes.ANONYMOUS, "volumes of its image");
        note(!manner.requires().isEmpty(), "being started after other containers");
    }

    /// What `Tunings` tells nothing of.
    private void tuning(Tuning tuning) {
        note(tuning.memory().swappiness().isPresent(), "how readily its memory is swapped");
        note(!tuning.groups().equals(GroupWords.NONE), "words to its control group");
    }

    private void note(boolean lost, String what) {
        if (lost) {
            losses.note(owner, what);
        }
    }
}
