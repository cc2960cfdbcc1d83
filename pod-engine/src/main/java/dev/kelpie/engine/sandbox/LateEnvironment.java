package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.report.ResolvedProcess;
import dev.kelpie.engine.secret.SecretReader;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.Expansion;
import dev.kelpie.engine.spec.LateEnv;
import dev.kelpie.engine.state.PodRow;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fills environments from secrets and from what is known of a running pod, at the last moment.
public final class LateEnvironment {

    private final SecretReader secrets;
    private final PodFacts facts;
    private final EnvFiles files;

    public LateEnvironment(SecretReader secrets, PodFacts facts, EnvFiles files) {
        this.secrets = secrets;
        this.facts = facts;
        this.files = files;
    }

    /// The process with everything in it: for the OCI bundle, never for the state or a message.
    public ResolvedProcess fill(PodRow pod, ContainerSpec spec, ResolvedProcess process)
            throws InterruptedException {
        var late = spec.process().late();
        if (late.absent()) {
            return process;
        }
        var values = values(pod, late);
        var env = new ArrayList<>(process.env());
        env.removeIf(line -> values.containsKey(line.substring(0, Math.max(0, line.indexOf('=')))));
        values.forEach((name, value) -> env.add(name + "=" + value));
        var ofSpec = spec.process();
        return new ResolvedProcess(
                expanded(process.entrypoint(), late, ofSpec.command(), values),
                expanded(process.arguments(), late, ofSpec.args(), values),
                env,
                process.workingDir(),
                process.user(),
                process.stopSignal());
    }

    /// What the image says is left as it is.
    private static List<String> expanded(
            List<String> words,
            LateEnv late,
            Optional<List<String>> written,
            Map<String, String> values) {
        return late.expand() && written.isPresent()
                ? words.stream().map(word -> Expansion.expand(word, values)).toList()
                : words;
    }

    private Map<String, String> values(PodRow pod, LateEnv late) throws InterruptedException {
        var values = new LinkedHashMap<String, String>();
        var named = new LinkedHashMap<String, String>();
        for (var entry : late.entries()) {
            switch (entry) {
                case EnvSource.Literal(var name, var text) -> values.put(name, text);
                case EnvSource.Value(var name, var text) ->
                        named.put(name, late.expand() ? Expansion.expand(text, named) : text);
                case EnvSource.FromSecret one ->
                        fromSecret(one).ifPresent(value -> named.put(one.name(), value));
                case EnvSource.AllOfSecret all -> values.putAll(all(all));
                case EnvSource.FromDownward(var name, var value) ->
                        named.put(name, facts.of(pod, value));
                case EnvSource.FromFile file ->
                        files.value(pod, file).ifPresent(value -> named.put(file.name(), value));
            }
        }
        // what has a name of its own stands after what came in a heap, and wins
        values.putAll(named);
        return values;
    }

    private Optional<String> fromSecret(EnvSource.FromSecret wanted) throws InterruptedException {
        var row = secrets.find(wanted.secret());
        if (row.isEmpty()) {
            if (wanted.optional()) {
                return Optional.empty();
            }
            throw new SecretNotFoundException(wanted.secret());
        }
        if (wanted.key().isEmpty()) {
            return Optional.of(text(secrets.content(row.get()), wanted.secret(), wanted.name()));
        }
        var key = wanted.key().get();
        var value = secrets.keys(row.get()).get(key);
        if (value == null && !wanted.optional()) {
            throw new SecretException(
                    "cannot set env "
                            + wanted.name()
                            + ": secret "
                            + wanted.secret()
                            + " has not "
                            + key
                            + " key");
        }
        return value == null
                ? Optional.empty()
                : Optional.of(text(value, wanted.secret(), wanted.name()));
    }

    private Map<String, String> all(EnvSource.AllOfSecret wanted) throws InterruptedException {
        var row = secrets.find(wanted.secret());
        if (row.isEmpty() && !wanted.optional()) {
            throw new SecretNotFoundException(wanted.secret());
        }
        var values = new LinkedHashMap<String, String>();
        if (row.isPresent()) {
            for (var entry : secrets.keys(row.get()).entrySet()) {
                var name = wanted.prefix() + entry.getKey();
                values.put(name, text(entry.getValue(), wanted.secret(), name));
            }
        }
        return values;
    }

    private static String text(byte[] bytes, String secret, String name) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            if (text.chars().noneMatch(c -> c == 0)) {
                return text.toString();
            }
        } catch (CharacterCodingException _) {
            // said below, without the bytes
        }
        throw new SecretException(
                "cannot set env "
                        + name
                        + ": the content of secret \""
                        + secret
                        + "\" is no text that a variable can hold (UTF-8 without NUL); mount it as"
                        + " a file");
    }
}
