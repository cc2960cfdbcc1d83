package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.format.HumanSize;
import dev.kelpie.image.Image;
import dev.kelpie.image.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image tree`: the layers of an image, lowest first, or the images that stand on it.
@Command(name = "tree", description = "Show an image's layers", customSynopsis = "[options] IMAGE")
final class Tree implements Verb {
    private static final String SPACE = " ";

    private final Call call;

    @Option(
            names = "--whatrequires",
            arity = "0..1",
            description = "Show the images that stand on it")
    boolean above;

    @Parameters List<String> operands = new ArrayList<>();

    Tree(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        var images = call.engine().images();
        var image = images.get(operands.getFirst());
        call.line("Image ID: " + image.id().brief());
        call.line("Tags:     " + tags(image));
        call.line("Size:     " + HumanSize.decimal(image.size(), ""));
        var rows = above ? standing(images.storage(), image) : layers(images.storage(), image);
        call.line(above ? "Image ID:" + SPACE + "[" + image.displayName() + "]" : "Image Layers");
        for (int i = 0; i < rows.size(); i++) {
            call.line((i == rows.size() - 1 ? "└── " : "├── ") + rows.get(i));
        }
        return 0;
    }

    private static List<String> layers(Storage storage, Image image) {
        return storage.layers(image).stream().map(Tree::text).toList();
    }

    private static String text(Storage.Layer layer) {
        var names = layer.tops().stream().map(Tree::tags).toList();
        return "ID: "
                + layer.chainId().brief()
                + " Size: "
                + HumanSize.decimal(layer.size(), "")
                + (names.isEmpty() ? "" : " Top Layer of: " + String.join(", ", names));
    }

    private static List<String> standing(Storage storage, Image image) {
        return storage.above(image).stream()
                .map(each -> "ID: " + each.id().brief() + " " + tags(each))
                .toList();
    }

    private static String tags(Image image) {
        return image.names().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
