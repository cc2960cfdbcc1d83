package dev.kelpie.app.command.unit;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.ContainerInspection;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.quadlet.file.LocalHost;
import dev.kelpie.quadlet.translate.Settings;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `generate systemd`: units of systemd for what is there, for those who still use it.
@Command(
        name = "systemd",
        description = "Generate units of systemd for a container or pod",
        customSynopsis = "[options] {CONTAINER|POD}")
final class GenerateSystemd implements Verb {
    private static final int READABLE = 0644;

    private final Call call;

    @Mixin SystemdFlags flags = new SystemdFlags();

    @Option(
            names = {"-f", "--files"},
            arity = "0..1",
            description = "Write them to files here, and print their names")
    boolean toFiles;

    @Option(names = "--format", description = "json: one object, unit by unit")
    String format = "";

    @Parameters List<String> operands = new ArrayList<>();

    GenerateSystemd(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        flags.requireSense();
        if (!format.isEmpty() && !format.equals("json")) {
            throw FlagException.meaning("unknown format \"" + format + "\": use json");
        }
        call.note("DEPRECATED command: unit files (quadlets) are better; see 'generate quadlet'");
        var tool = System.getProperty("kelpie.tool", "/usr/local/bin/kelpie");
        var version = call.surroundings().version().version();
        boolean user = LocalHost.ownUserId() != 0 || !UserNamespace.isInitial();
        var settings = new Settings(tool, user, new LocalHost());
        var text = new SystemdText(settings, flags.wishes(version), globals(user));
        show(flags.anew ? anew(text) : starting(text, user));
        return 0;
    }

    private Map<String, String> starting(SystemdText text, boolean user)
            throws InterruptedException {
        var name = operands.getFirst();
        var engine = call.engine();
        if (engine.pods().exists(name) || user) {
            throw new CommandException(
                    "cannot make units of '"
                            + name
                            + "' that only start and stop it: use --new, whose units make it");
        }
        var container = alone(engine.containers().inspect(name));
        var spec = container.summary().spec();
        long timeout =
                flags.stopTimeout >= 0
                        ? flags.stopTimeout
                        : spec.policy().stopTimeout().toSeconds();
        var called = flags.byName ? spec.name() : container.summary().id();
        var service = flags.container(called) + ".service";
        return Map.of(service, text.starting(service, called, timeout));
    }

    private Map<String, String> anew(SystemdText text) throws InterruptedException {
        var name = operands.getFirst();
        var engine = call.engine();
        var files = new LinkedHashMap<String, String>();
        var services = new LinkedHashMap<String, String>();
        if (engine.pods().exists(name)) {
            var pod = engine.pods().find(name);
            files.put(pod.name() + ".pod", PodText.pod(pod.spec(), GenerateQuadlet.UNSAID));
            services.put(pod.name() + ".pod", flags.pod(flags.byName ? pod.name() : pod.id()));
            for (var member : pod.members()) {
                if (member.kind() == ContainerKind.APP) {
                    put(engine.containers().inspect(member.id()), files, services);
                }
            }
        } else {
            put(alone(engine.containers().inspect(name)), files, services);
        }
        return text.of(files, services);
    }

    private void put(
            ContainerInspection container,
            Map<String, String> files,
            Map<String, String> services) {
        var summary = container.summary();
        var file = summary.name() + ".container";
        files.put(
                file,
                new ContainerText(
                                summary.spec(),
                                container.podSpec(),
                                summary.pod().map(each -> each.name()),
                                GenerateQuadlet.UNSAID)
                        .text());
        services.put(file, flags.container(flags.byName ? summary.name() : summary.id()));
    }

    private static ContainerInspection alone(ContainerInspection container) {
        var summary = container.summary();
        if (summary.kind() != ContainerKind.APP || summary.pod().isPresent()) {
            throw new CommandException(
                    "container '" + summary.name() + "' is in a pod: generate the units of that");
        }
        return container;
    }

    private List<String> globals(boolean user) throws InterruptedException {
        var facts = call.engine().facts();
        var environment = call.session().environment();
        return EngineFlags.of(facts.root(), facts.runRoot(), user, environment);
    }

    private void show(Map<String, String> texts) {
        var units = new LinkedHashMap<>(texts);
        if (toFiles) {
            texts.forEach((name, text) -> {
                var path = call.path(name).toString();
                call.write(path, text, READABLE);
                units.put(name, path);
            });
        }
        if (format.equals("json")) {
            var json = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
            units.forEach(json::put);
            call.line(json.toPrettyString());
        } else {
            call.lines(List.copyOf(units.values()));
        }
    }
}
