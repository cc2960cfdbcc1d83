package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Surroundings.HostFact;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.format.TextTable;
import dev.kelpie.image.store.Damage;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `system check`, or `doctor`: what the host has, what it lacks, and what mends it. Exit code 1
/// when something is missing that nothing works without.
@Command(
        name = "check",
        description = "Check what the host has and lacks, and how to mend it",
        customSynopsis = "[options]")
final class Check implements Verb {
    private final Call call;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show only what is missing")
    boolean quiet;

    @Option(
            names = "--images",
            arity = "0..1",
            description = "Read all that is stored of images instead, and name what is damaged")
    boolean images;

    @Option(
            names = {"-r", "--repair"},
            arity = "0..1",
            description = "The same, and mend it: what cannot be mended and no container uses goes")
    boolean repair;

    @Parameters List<String> operands = new ArrayList<>();

    Check(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        if (images || repair) {
            return store();
        }
        var facts = call.surroundings().doctor().look();
        call.print(text(facts, quiet));
        return facts.stream().allMatch(fact -> fact.there() || !fact.needed()) ? 0 : 1;
    }

    private int store() throws InterruptedException {
        var inUse = call.engine().imagesInUse();
        var damages = call.engine().images().storage().check(true, repair, inUse);
        for (var damage : damages) {
            call.line(
                    damage.what() + ": " + damage.reason() + (damage.mended() ? " (mended)" : ""));
        }
        return damages.stream().allMatch(Damage::mended) ? 0 : 1;
    }

    static String text(List<HostFact> facts, boolean onlyMissing) {
        var shown = facts.stream().filter(fact -> !onlyMissing || !fact.there()).toList();
        if (shown.isEmpty()) {
            return "";
        }
        var table = TextTable.narrow().row(List.of("WHAT", "STATE", "FOUND", "MEND"));
        shown.forEach(
                fact -> table.row(List.of(fact.name(), state(fact), fact.found(), fact.mend())));
        return table.text().lines().map(String::stripTrailing).reduce("", Check::joined);
    }

    private static String joined(String above, String line) {
        return above + line + "\n";
    }

    private static String state(HostFact fact) {
        if (fact.there()) {
            return "ok";
        }
        return fact.needed() ? "lacks" : "optional";
    }
}
