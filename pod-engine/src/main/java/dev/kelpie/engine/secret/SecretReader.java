package dev.kelpie.engine.secret;

import dev.kelpie.engine.fault.AmbiguousIdException;
import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.state.SecretRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.engine.state.StateStore;
import java.util.Map;
import java.util.Optional;

/// Finds secrets and opens them.
public final class SecretReader {

    private final StateStore store;
    private final Vault vault;

    public SecretReader(StateStore store, Vault vault) {
        this.store = store;
        this.vault = vault;
    }

    /// By name, id, or the beginning of an id.
    public Optional<SecretRow> find(String nameOrId) {
        return find(store.now(), nameOrId);
    }

    static Optional<SecretRow> find(State state, String nameOrId) {
        var named = state.secretNamed(nameOrId);
        if (named.isPresent() || nameOrId.isEmpty()) {
            return named;
        }
        var begin =
                state.secrets().values().stream()
                        .filter(row -> row.id().startsWith(nameOrId))
                        .toList();
        if (begin.size() > 1) {
            throw new AmbiguousIdException(nameOrId);
        }
        return begin.stream().findFirst();
    }

    /// As `find`; throws `SecretNotFoundException`.
    public SecretRow row(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> new SecretNotFoundException(nameOrId));
    }

    public byte[] content(SecretRow row) throws InterruptedException {
        return vault.get(row.id(), row.name());
    }

    /// What stands under each key; throws when the secret has none.
    public Map<String, byte[]> keys(SecretRow row) throws InterruptedException {
        return SecretObject.keys(content(row))
                .orElseThrow(() ->
                        new SecretException(
                                "secret \""
                                        + row.name()
                                        + "\" has no keys: it is neither a Kubernetes Secret nor a"
                                        + " JSON object of base64 strings"));
    }

    /// Whether its content is one whole: no play brought it, and it is not written as such.
    boolean isWhole(SecretRow row) throws InterruptedException {
        return !row.kube() && SecretObject.keys(content(row)).isEmpty();
    }

    /// The keys of one that can be a volume; throws for one whose content is one whole.
    public Map<String, byte[]> keysOfKubeSecret(SecretRow row) throws InterruptedException {
        if (isWhole(row)) {
            throw new SecretException(
                    "secret \""
                            + row.name()
                            + "\" cannot be a volume: only secrets created via the kube yaml file"
                            + " are supported");
        }
        return keys(row);
    }
}
