package dev.kelpie.app.convert;

import dev.kelpie.engine.spec.SecretSpec;
import java.util.List;

/// What was read: containers, secrets whose content came with them, and what has no place here.
///
/// @param losses each `thing: what is lost`
public record Import(List<Line> lines, List<SecretSpec> secrets, List<String> losses) {
    public Import {
        lines = List.copyOf(lines);
        secrets = List.copyOf(secrets);
        losses = List.copyOf(losses);
    }
}
