package dev.kelpie.engine;

import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.report.PlannedSecret;
import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.secret.SecretCheck;
import dev.kelpie.engine.secret.SecretObject;
import dev.kelpie.engine.secret.Vault;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.SecretRow;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Kubernetes Secrets of a play: an unchanged one is kept, a new or changed one stands beside
/// the old one until the play is committed, so that it can be taken back.
final class PlayedSecrets {

    private final Core core;

    PlayedSecrets(Core core) {
        this.core = core;
    }

    /// What to do about one of them.
    ///
    /// @param content to be stored
    @SuppressWarnings("ArrayRecordComponent") // bytes to be stored, never compared
    private record Decided(
            SecretSpec spec, byte[] content, Optional<SecretRow> present, boolean same) {}

    /// Throws when one cannot be stored, may not be replaced, or one that pods need is missing.
    void check(List<SecretSpec> secrets, List<PodSpec> pods) throws InterruptedException {
        decide(secrets);
        new SecretCheck(core.secrets, secrets).require(pods);
    }

    /// What would be done; touches nothing.
    List<PlannedSecret> plan(List<SecretSpec> secrets) throws InterruptedException {
        return decide(secrets).stream()
                .map(each -> new PlannedSecret(each.spec().name(), action(each)))
                .toList();
    }

    private static PodAction action(Decided decided) {
        if (decided.present().isEmpty()) {
            return PodAction.CREATE;
        }
        return decided.same() ? PodAction.KEEP : PodAction.REPLACE;
    }

    private List<Decided> decide(List<SecretSpec> secrets) throws InterruptedException {
        var decided = new ArrayList<Decided>();
        for (var spec : secrets) {
            Secrets.requireName(spec.name());
            var content = SecretObject.write(spec);
            try {
                Vault.requireSize(content);
            } catch (SecretException e) {
                throw new SecretException("secret \"" + spec.name() + "\": " + e.getMessage(), e);
            }
            var present = core.store.now().secretNamed(spec.name());
            var same = present.isPresent() && isSame(present.get(), content);
            if (!same && present.filter(SecretRow::immutable).isPresent()) {
                throw Secrets.immutable(spec.name());
            }
            decided.add(new Decided(spec, content, present, same));
        }
        return decided;
    }

    /// One of a play that goes on at the same time is not relied on: that may be taken back.
    private boolean isSame(SecretRow row, byte[] content) throws InterruptedException {
        return row.kube()
                && row.play().isEmpty()
                && MessageDigest.isEqual(core.secrets.content(row), content);
    }

    /// Stores what is new under ids that nobody knows yet; a row for every secret of the play.
    List<SecretRow> store(List<SecretSpec> secrets) throws InterruptedException {
        var rows = new ArrayList<SecretRow>();
        for (var each : decide(secrets)) {
            rows.add(each.same() ? each.present().orElseThrow() : stored(each));
        }
        return rows;
    }

    private SecretRow stored(Decided decided) throws InterruptedException {
        var now = core.clock.instant();
        var id = Ids.secret();
        core.steps.at("play.secret");
        core.vault.put(id, decided.content());
        return new SecretRow(
                id,
                decided.spec().name(),
                decided.present().map(SecretRow::created).orElse(now),
                now,
                decided.spec().metadata().labels(),
                true,
                decided.spec().immutable(),
                "");
    }

    /// Forgets contents that no row came of.
    void discard(List<SecretRow> stored) {
        var known = core.store.now().secrets();
        stored.stream()
                .filter(row -> !known.containsKey(row.id()))
                .forEach(row -> core.vault.delete(row.id()));
    }

    /// Makes the new ones known, as belonging to an unfinished play.
    static void enter(Change change, List<SecretRow> rows, String play) {
        for (var row : rows) {
            if (!change.now().secrets().containsKey(row.id())) {
                change.put(
                        new SecretRow(
                                row.id(),
                                row.name(),
                                row.created(),
                                row.updated(),
                                row.labels(),
                                row.kube(),
                                row.immutable(),
                                play));
            }
        }
    }

    /// The new ones stay, what they replace goes; its contents are deleted by `deleteReplaced`.
    static List<SecretRow> commit(Change change, String play) {
        var replaced = new ArrayList<SecretRow>();
        for (var row : List.copyOf(change.now().secrets().values())) {
            if (row.play().equals(play)) {
                change.now().secrets().values().stream()
                        .filter(other -> other.name().equals(row.name()) && other.play().isEmpty())
                        .forEach(replaced::add);
                change.put(row.committed());
            }
        }
        replaced.forEach(row -> change.removeSecret(row.id()));
        return replaced;
    }

    void deleteReplaced(List<SecretRow> replaced) {
        replaced.forEach(row -> core.vault.delete(row.id()));
    }

    /// Takes back those that only an abandoned play had made.
    void removeOf(String play) {
        for (var row : List.copyOf(core.store.now().secrets().values())) {
            if (row.play().equals(play)) {
                core.store.change(change -> change.removeSecret(row.id()));
                core.vault.delete(row.id());
            }
        }
    }
}
