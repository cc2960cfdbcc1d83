package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.SecretSummary;
import dev.kelpie.engine.secret.Vault;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.SecretRow;
import java.util.ArrayList;
import java.util.List;

/// The secrets of an engine. A secret is named by its name, its id or the beginning of its id.
public final class Secrets {

    private static final int LONGEST_NAME = 253;

    private final Core core;

    Secrets(Core core) {
        this.core = core;
    }

    /// Makes a secret; its id, or that of the one that stays.
    public String create(NewSecret wanted) throws InterruptedException {
        requireName(wanted.name());
        var present = core.store.now().secretNamed(wanted.name());
        if (present.isPresent() && wanted.ifThere() == NewSecret.Collision.KEEP) {
            return present.get().id();
        }
        present.ifPresent(row -> requireReplaceable(row, wanted));
        Vault.requireSize(wanted.content());
        core.store.requireRoom();
        var id = Ids.secret();
        core.steps.at("secret.store");
        core.vault.put(id, wanted.content());
        List<SecretRow> gone;
        try {
            core.steps.at("secret.intent");
            gone = core.store.compute(change -> enter(change, wanted, id));
        } catch (PodException e) {
            core.vault.delete(id);
            throw e;
        }
        core.steps.at("secret.delete-replaced");
        gone.forEach(row -> core.vault.delete(row.id()));
        core.liveFiles.secretsChanged(List.of(wanted.name()));
        return id;
    }

    private static void requireReplaceable(SecretRow row, NewSecret wanted) {
        if (wanted.ifThere() == NewSecret.Collision.REFUSE) {
            throw new SecretException(wanted.name() + ": secret name in use");
        }
        if (row.immutable()) {
            throw immutable(row.name());
        }
    }

    static SecretException immutable(String name) {
        return new SecretException(
                "secret \""
                        + name
                        + "\": cannot remove colliding secret as it is set to immutable");
    }

    private List<SecretRow> enter(Change change, NewSecret wanted, String id) {
        var present = change.now().secretNamed(wanted.name());
        present.ifPresent(row -> requireReplaceable(row, wanted));
        present.ifPresent(row -> change.removeSecret(row.id()));
        var now = core.clock.instant();
        var born = present.map(SecretRow::created).orElse(now);
        change.put(new SecretRow(id, wanted.name(), born, now, wanted.labels(), false, false, ""));
        return present.stream().toList();
    }

    /// Throws unless a secret may be called that: the field's rule, and nothing that would garble a
    /// list.
    static void requireName(String name) {
        var fine =
                !name.isEmpty()
                        && name.length() <= LONGEST_NAME
                        && name.chars()
                                .noneMatch(c -> "=/,".indexOf(c) >= 0 || c < ' ' || c == 127);
        if (!fine) {
            throw new InvalidRequestException(
                    "secret name \""
                            + name.replaceAll("\\p{Cntrl}", "?")
                            + "\" must have 1 to "
                            + LONGEST_NAME
                            + " characters and none of '=', '/', ',' and control characters:"
                            + " invalid secret name");
        }
    }

    /// Every secret, oldest first.
    public List<SecretSummary> list() {
        return core.store.now().secrets().values().stream().map(this::summary).toList();
    }

    private SecretSummary summary(SecretRow row) {
        return new SecretSummary(
                row.id(),
                row.name(),
                row.created(),
                row.updated(),
                row.labels(),
                row.kube(),
                core.vault.directory());
    }

    /// Throws `SecretNotFoundException`.
    public SecretSummary find(String nameOrId) {
        return summary(core.secrets.row(nameOrId));
    }

    public boolean exists(String nameOrId) {
        return core.secrets.find(nameOrId).isPresent();
    }

    /// What is in it, in clear: for a user who asked to see it.
    public byte[] content(String nameOrId) throws InterruptedException {
        return core.secrets.content(core.secrets.row(nameOrId));
    }

    /// Removes secrets; containers that have them keep what they have until they end.
    public List<Outcome> remove(List<String> secrets, boolean ignoreMissing) {
        var outcomes = new ArrayList<Outcome>();
        for (var asked : secrets) {
            try {
                var row = core.secrets.row(asked);
                remove(row);
                outcomes.add(Outcome.done(asked, row.id()));
            } catch (SecretNotFoundException e) {
                outcomes.add(
                        ignoreMissing ? Outcome.done(asked, "") : Outcome.failed(asked, "", e));
            } catch (PodException e) {
                outcomes.add(Outcome.failed(asked, "", e));
            }
        }
        return outcomes;
    }

    private void remove(SecretRow row) {
        core.steps.at("secret.remove");
        core.store.change(change -> change.removeSecret(row.id()));
        core.steps.at("secret.delete");
        core.vault.delete(row.id());
    }

    /// Removes those of these names that plays made; their ids.
    List<String> removePlayed(List<String> names) {
        var removed = new ArrayList<String>();
        for (var name : names) {
            core.store
                    .now()
                    .secretNamed(name)
                    .filter(SecretRow::kube)
                    .ifPresent(row -> {
                        remove(row);
                        removed.add(row.id());
                    });
        }
        return removed;
    }
}
