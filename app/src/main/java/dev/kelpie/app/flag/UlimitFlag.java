package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.Tuning.Ulimit;
import dev.kelpie.engine.spec.UlimitSyntax;

/// `--ulimit NAME=SOFT[:HARD]`.
public final class UlimitFlag {

    private UlimitFlag() {}

    public static Ulimit parse(String word) {
        try {
            return UlimitSyntax.parse(word);
        } catch (IllegalArgumentException e) {
            throw FlagException.meaning("invalid --ulimit \"" + word + "\": " + e.getMessage());
        }
    }
}
