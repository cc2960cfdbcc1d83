package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Resources.Amounts;
import dev.kelpie.kubeplay.schema.Amount;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.OptionalLong;

/// What a container may use and is promised; what is limited and not asked for is promised as far
/// as the limit.
final class ResourceMapper {

    private ResourceMapper() {}

    static Resources resources(Mapping container) {
        var resources = container.mapping("resources");
        var limits = limits(resources.mapping("limits"));
        var requests = resources.mapping("requests");
        var cpu = requests.has("cpu") ? thousandths(requests, "cpu") : limits.milliCpu();
        var memory = requests.has("memory") ? units(requests, "memory") : limits.memory();
        return new Resources(new Amounts(cpu, memory), limits, OptionalLong.empty());
    }

    /// A limit of nothing means none.
    private static Amounts limits(Mapping limits) {
        return new Amounts(
                unlessZero(thousandths(limits, "cpu")), unlessZero(units(limits, "memory")));
    }

    private static OptionalLong unlessZero(OptionalLong amount) {
        return amount.orElse(0) == 0 ? OptionalLong.empty() : amount;
    }

    private static OptionalLong thousandths(Mapping amounts, String key) {
        return amounts.text(key)
                .flatMap(Amount::parse)
                .map(amount -> OptionalLong.of(amount.thousandths()))
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong units(Mapping amounts, String key) {
        return amounts.text(key)
                .flatMap(Amount::parse)
                .map(amount -> OptionalLong.of(amount.units()))
                .orElse(OptionalLong.empty());
    }
}
