package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.RestartFlag;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.GroupWords;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `update`: other limits and another restart policy for a container that is there.
@Command(
        name = "update",
        description = "Change the limits and the restart policy of a container",
        customSynopsis = "[options] CONTAINER")
final class Update implements Verb {
    private final Call call;

    @Mixin LimitFlags limits = new LimitFlags();
    @Mixin TuningFlags tuning = new TuningFlags();

    @Mixin HealthFlags health = new HealthFlags();

    @Option(names = "--restart", description = "no, always, unless-stopped or on-failure[:N]")
    String restart = "";

    @Parameters List<String> operands = new ArrayList<>();

    Update(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        if (tuning.isForANewOne()) {
            throw FlagException.meaning(
                    "--ulimit, --device, --device-cgroup-rule, --cgroup-conf and --oom-score-adj are for a new container: make it again"
                            + " with 'run --replace'");
        }
        var wanted = limits.resources().withTuning(tuning.tuning());
        var policy = RestartFlag.parse(restart);
        var containers = call.engine().containers();
        var container = containers.find(operands.getFirst());
        boolean removed = container.spec().policy().autoRemove();
        if (removed && policy.policy() != RestartPolicy.NEVER) {
            throw FlagException.meaning(
                    "--restart="
                            + restart
                            + " contradicts --rm, with which the container was made");
        }
        tuning.groups.idle().forEach(word -> call.note("Warning: " + word));
        containers.adjust(container.id(), spec -> adjusted(spec, wanted, policy));
        call.line(container.id());
        return 0;
    }

    /// A check that is asked otherwise is asked so from its next start on.
    private ContainerSpec checked(ContainerSpec spec) {
        var probes = spec.policy().probes();
        return spec.withPolicy(
                spec.policy().withProbes(probes.withHealth(health.over(probes.health()))));
    }

    private ContainerSpec adjusted(ContainerSpec asked, Resources wanted, RestartFlag policy) {
        var spec = checked(asked);
        var limited = spec.withResources(merged(spec.resources(), wanted));
        return restart.isEmpty()
                ? limited
                : limited.withPolicy(
                        spec.policy().withRestart(policy.policy(), policy.maxRetries()));
    }

    /// What was not said stays; `--pids-limit=-1` takes the limit away.
    private Resources merged(Resources old, Resources wanted) {
        var amounts =
                new Resources.Amounts(
                        either(wanted.limits().milliCpu(), old.limits().milliCpu()),
                        either(wanted.limits().memory(), old.limits().memory()));
        var tuning =
                wanted.limits().milliCpu().isPresent() ? withoutQuota(old.tuning()) : old.tuning();
        return new Resources(
                old.requests(),
                amounts,
                limits.pidsLimit.isEmpty() ? old.pidsLimit() : wanted.pidsLimit(),
                old.hugepages(),
                old.restartOnResize(),
                merged(tuning, wanted.tuning()));
    }

    /// A quota of the same time would stand above `--cpus`.
    private static Tuning withoutQuota(Tuning old) {
        var cpu = old.cpu();
        return old.withCpu(
                new Tuning.Cpu(
                        cpu.shares(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        cpu.set(),
                        cpu.mems()));
    }

    private static Tuning merged(Tuning old, Tuning wanted) {
        var cpu = wanted.cpu();
        var set = cpu.set().isPresent() ? cpu.set() : old.cpu().set();
        return new Tuning(
                new Tuning.Cpu(
                        either(cpu.shares(), old.cpu().shares()),
                        either(cpu.period(), old.cpu().period()),
                        either(cpu.quota(), old.cpu().quota()),
                        set,
                        cpu.mems().or(() -> old.cpu().mems())),
                new Tuning.Memory(
                        either(wanted.memory().withSwap(), old.memory().withSwap()),
                        either(wanted.memory().reservation(), old.memory().reservation()),
                        either(wanted.memory().swappiness(), old.memory().swappiness())),
                old.oomScoreAdj(),
                old.ulimits(),
                old.devices(),
                merged(old.groups(), wanted.groups()));
    }

    /// A rule for the same of the same device takes the place of the old one.
    private static GroupWords merged(GroupWords old, GroupWords wanted) {
        var rules = new ArrayList<>(wanted.ioRules());
        old.ioRules().stream()
                .filter(rule ->
                        wanted.ioRules().stream()
                                .noneMatch(other ->
                                        other.kind() == rule.kind()
                                                && other.device().equals(rule.device())))
                .forEach(rules::add);
        return new GroupWords(
                wanted.ioWeight().isPresent() ? wanted.ioWeight() : old.ioWeight(),
                rules,
                old.deviceRules(),
                old.unified());
    }

    private static OptionalLong either(OptionalLong wanted, OptionalLong old) {
        return wanted.isPresent() ? wanted : old;
    }
}
