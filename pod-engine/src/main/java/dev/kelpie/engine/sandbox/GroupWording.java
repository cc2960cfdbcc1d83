package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.GroupWords.DeviceRule;
import dev.kelpie.engine.spec.GroupWords.IoRule;
import dev.kelpie.engine.spec.Tuning;
import dev.kelpie.runtime.oci.GroupWords;
import dev.kelpie.runtime.oci.GroupWords.Kind;
import dev.kelpie.runtime.spec.LinuxResources;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a spec tells a control group, in the runtime's words.
final class GroupWording {

    private GroupWording() {}

    static GroupWords of(Tuning tuning) {
        var words = tuning.groups();
        return new GroupWords(
                tuning.cpu().mems(),
                boxed(tuning.memory().swappiness()),
                boxed(words.ioWeight()),
                words.ioRules().stream().map(GroupWording::rule).toList(),
                words.deviceRules().stream().map(GroupWording::rule).toList(),
                words.unified());
    }

    private static GroupWords.IoRule rule(IoRule rule) {
        var kind =
                switch (rule.kind()) {
                    case WEIGHT -> Kind.WEIGHT;
                    case READ_BYTES -> Kind.READ_BYTES;
                    case WRITE_BYTES -> Kind.WRITE_BYTES;
                    case READ_OPERATIONS -> Kind.READ_OPERATIONS;
                    case WRITE_OPERATIONS -> Kind.WRITE_OPERATIONS;
                };
        return new GroupWords.IoRule(kind, Path.of(rule.device()), rule.value());
    }

    private static LinuxResources.DeviceRule rule(DeviceRule rule) {
        return new LinuxResources.DeviceRule(
                true,
                Optional.of(rule.type()),
                boxed(rule.major()),
                boxed(rule.minor()),
                rule.access());
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }
}
