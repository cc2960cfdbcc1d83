package dev.kelpie.app.command.secret;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.SecretSummary;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `secret rm`.
@Command(
        name = "rm",
        description = "Remove secrets",
        customSynopsis = "[options] SECRET [SECRET...]")
final class Rm implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Remove all secrets")
    boolean all;

    @Option(
            names = {"-i", "--ignore"},
            arity = "0..1",
            description = "A secret that is not there is no error")
    boolean ignore;

    @Parameters List<String> names = new ArrayList<>();

    Rm(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (all && !names.isEmpty()) {
            throw FlagException.meaning("`kelpie secret rm --all` accepts no arguments");
        }
        if (!all && names.isEmpty()) {
            throw FlagException.meaning("`kelpie secret rm` requires at least one argument");
        }
        var secrets = call.engine().secrets();
        var asked = all ? secrets.list().stream().map(SecretSummary::id).toList() : names;
        var outcomes =
                secrets.remove(asked, ignore || all).stream()
                        .filter(each -> each.failure().isPresent() || !each.id().isEmpty())
                        .toList();
        return Outcomes.report(call, outcomes, Outcome::id);
    }
}
