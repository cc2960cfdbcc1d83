package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Resources.Amounts;
import dev.kelpie.kubeplay.schema.Amount;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What a container may use and is promised; what is limited and not asked for is promised as far
/// as the limit.
final class ResourceMapper {

    private static final String HUGE = "hugepages-";

    private ResourceMapper() {}

    static Resources resources(Mapping container) {
        var resources = container.mapping("resources");
        var limits = limits(resources.mapping("limits"));
        var requests = resources.mapping("requests");
        var cpu = requests.has("cpu") ? thousandths(requests, "cpu") : limits.milliCpu();
        var memory = requests.has("memory") ? units(requests, "memory") : limits.memory();
        return new Resources(
                new Amounts(cpu, memory),
                limits,
                OptionalLong.empty(),
                hugepages(resources.mapping("limits")),
                container.mappings("resizePolicy").stream()
                        .filter(policy ->
                                policy.text("restartPolicy").orElse("").equals("RestartContainer"))
                        .flatMap(policy -> policy.word("resourceName").stream())
                        .toList());
    }

    private static Map<String, Long> hugepages(Mapping limits) {
        var sizes = new TreeMap<String, Long>();
        for (var name : limits.entries().keySet()) {
            if (name.startsWith(HUGE)) {
                units(limits, name)
                        .ifPresent(bytes -> sizes.put(name.substring(HUGE.length()), bytes));
            }
        }
        return sizes;
    }

    /// What a pod as a whole may use and is promised: `resources` and `overhead` of its spec.
    static Resources ofPod(Mapping podSpec) {
        var own = resources(podSpec);
        var overhead = podSpec.mapping("overhead");
        return new Resources(
                plus(own.requests(), overhead), plus(own.limits(), overhead), OptionalLong.empty());
    }

    private static Amounts plus(Amounts amounts, Mapping overhead) {
        return new Amounts(
                plus(amounts.milliCpu(), thousandths(overhead, "cpu")),
                plus(amounts.memory(), units(overhead, "memory")));
    }

    /// Of what nothing was said, there is no more.
    private static OptionalLong plus(OptionalLong amount, OptionalLong more) {
        return amount.isPresent() ? OptionalLong.of(amount.getAsLong() + more.orElse(0)) : amount;
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
