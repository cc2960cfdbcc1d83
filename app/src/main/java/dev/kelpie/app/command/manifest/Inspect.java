package dev.kelpie.app.command.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.image.RegistryFlags;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.image.store.ImageJson;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `manifest inspect`.
@Command(
        name = "inspect",
        description = "Display a list of images",
        customSynopsis = "[options] LIST")
final class Inspect implements Verb {
    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Parameters List<String> operands = new ArrayList<>();

    Inspect(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        var name = operands.getFirst().replaceFirst("^docker://", "");
        var images = call.engine().images();
        var bytes =
                images.lists().exists(name)
                        ? images.lists().inspect(name)
                        : images.registries().manifest(name, registry.access(call));
        JsonNode json = ImageJson.object(bytes, "'" + name + "'");
        call.line(JsonText.pretty(json, 4));
        return 0;
    }
}
