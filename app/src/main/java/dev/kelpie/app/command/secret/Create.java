package dev.kelpie.app.command.secret;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KeyValues;
import dev.kelpie.app.session.StandardStream;
import dev.kelpie.engine.NewSecret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `secret create`: prints the id.
@Command(
        name = "create",
        description = "Create a secret from a file, standard input (-) or a variable",
        customSynopsis = "[options] NAME FILE|-|VARIABLE")
final class Create implements Verb {
    private final Call call;

    @Option(
            names = {"-d", "--driver"},
            description = "Where it is kept: file (encrypted, in the engine's root)")
    String driver = "file";

    @Option(names = "--driver-opts", hidden = true)
    List<String> driverOptions = new ArrayList<>();

    @Option(
            names = "--env",
            arity = "0..1",
            description = "Take the content of your own environment variable of that name")
    boolean env;

    @Option(names = "--ignore", arity = "0..1", description = "Keep a secret that is there already")
    boolean ignore;

    @Option(
            names = {"-l", "--label"},
            description = "Label: key=value")
    List<String> labels = new ArrayList<>();

    @Option(names = "--replace", arity = "0..1", description = "Replace a secret that is there")
    boolean replace;

    @Parameters List<String> operands = new ArrayList<>();

    Create(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(2, operands);
        requireSense();
        var content = content(operands.get(1));
        try {
            var wanted =
                    new NewSecret(
                            operands.getFirst(), content, KeyValues.labels(labels), collision());
            call.line(call.engine().secrets().create(wanted));
            return 0;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private void requireSense() {
        if (!driver.equals("file")) {
            throw FlagException.meaning(
                    "secret driver \"" + driver + "\" is not supported: the only one is \"file\"");
        }
        if (!driverOptions.isEmpty()) {
            throw FlagException.meaning(
                    "'--driver-opts' is not supported: driver \"file\" has no options here");
        }
        if (replace && ignore) {
            throw FlagException.meaning("--ignore and --replace cannot be used together");
        }
    }

    private NewSecret.Collision collision() {
        if (replace) {
            return NewSecret.Collision.REPLACE;
        }
        return ignore ? NewSecret.Collision.KEEP : NewSecret.Collision.REFUSE;
    }

    private byte[] content(String from) {
        if (env) {
            var value = call.session().environment().get(from);
            if (value == null) {
                throw new CommandException(
                        "cannot create store secret data: environment variable "
                                + from
                                + " is not set");
            }
            return value.getBytes(StandardCharsets.UTF_8);
        }
        if (from.equals("-") && call.session().isTerminal(StandardStream.STDIN)) {
            throw FlagException.meaning("if `-` is used, data must be passed into stdin");
        }
        return call.read(from);
    }
}
