package dev.kelpie.image.build;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// COPY and ADD: decides what goes where. Writing it is [LayerTar]'s.
final class CopyStep {

    private static final List<String> FLAGS = List.of("chown", "chmod", "link");

    /// Archives that ADD unpacks, with the directory they go to.
    record Unpacked(java.nio.file.Path archive, String directory) {}

    private final Instruction instruction;
    private final Context context;
    private final LowerView image;
    private final Optional<Instant> newest;
    private final Map<String, CopyItem> items = new TreeMap<>();
    private final List<Unpacked> archives = new ArrayList<>();
    private Ownership owner = Ownership.ROOT;
    private Optional<Ownership> givenOwner = Optional.empty();

    CopyStep(Instruction instruction, Context context, LowerView image, Optional<Instant> newest) {
        this.instruction = instruction;
        this.context = context;
        this.image = image;
        this.newest = newest;
    }

    /// Everything to write, by path, parents included.
    Map<String, CopyItem> items() {
        return items;
    }

    List<Unpacked> archives() {
        return archives;
    }

    Optional<Ownership> givenOwner() {
        return givenOwner;
    }

    void collect(String workingDirectory, UnaryOperator<String> expand) throws IOException {
        var flags = CopyFlags.of(instruction, FLAGS, expand);
        var words = flags.words(instruction, expand);
        if (words.size() < 2) {
            throw instruction.error(instruction.keyword() + " needs a source and a destination");
        }
        givenOwner = flags.get("chown").map(text -> Ownership.parse(text, image, instruction));
        owner = givenOwner.orElse(Ownership.ROOT);
        var mode = flags.get("chmod").map(this::mode);
        var sources = new ArrayList<Context.Source>();
        for (var word : words.subList(0, words.size() - 1)) {
            refuseRemote(word);
            sources.addAll(context.sources(word, instruction));
        }
        var written = words.getLast();
        var target = target(written, workingDirectory);
        var intoDirectory = written.endsWith("/") || written.equals(".") || written.endsWith("/.");
        if (sources.size() > 1 && !intoDirectory && !isDirectory(target)) {
            throw instruction.error(
                    "several sources need a destination that ends in /: '" + written + "'");
        }
        for (var source : sources) {
            add(source, target, intoDirectory || sources.size() > 1 || isDirectory(target));
        }
        mode.ifPresent(bits -> items.replaceAll((path, item) -> item.withMode(bits)));
        newest.ifPresent(time -> items.replaceAll((path, item) -> clamped(item, time)));
        addParents(target, intoDirectory || !archives.isEmpty());
    }

    private void add(Context.Source source, String target, boolean intoDirectory)
            throws IOException {
        if (source.directory()) {
            addContents(source, target);
            addMissingDirectory(target);
            return;
        }
        if (instruction.keyword().equals("ADD") && AddedTar.isArchive(source.file())) {
            archives.add(new Unpacked(source.file(), target));
            addMissingDirectory(target);
            return;
        }
        var name = source.name().substring(source.name().lastIndexOf('/') + 1);
        var path = intoDirectory ? join(target, name) : target;
        if (path.isEmpty()) {
            throw instruction.error("a file cannot become the image's root directory");
        }
        items.put(path, context.item(source.file(), path, owner));
    }

    /// What goes below a link of the image (`/lib` to `/usr/lib`) goes where the link leads,
    /// instead of replacing it.
    private void addContents(Context.Source source, String target) throws IOException {
        var below = new TreeMap<String, CopyItem>();
        context.contents(source, target, owner, below);
        for (var item : below.values()) {
            var slash = item.path().lastIndexOf('/');
            var real =
                    item.kind() == CopyItem.Kind.DIRECTORY
                            ? image.resolve(item.path())
                            : join(
                                    slash < 0 ? "" : image.resolve(item.path().substring(0, slash)),
                                    item.path().substring(slash + 1));
            items.put(real, item.at(real));
        }
    }

    private void addMissingDirectory(String path) throws IOException {
        if (!path.isEmpty() && image.find(path).isEmpty()) {
            items.putIfAbsent(path, directory(path, 0755, owner, Instant.EPOCH));
        }
    }

    /// Parents that the image has keep what they carry; new ones get the newest time below them,
    /// which is the same at every build.
    private void addParents(String target, boolean targetIsDirectory) throws IOException {
        var time =
                items.values().stream()
                        .map(CopyItem::modified)
                        .max(Instant::compareTo)
                        .orElse(Instant.EPOCH);
        items.replaceAll((path, item) ->
                item.modified().equals(Instant.EPOCH) && item.kind() == CopyItem.Kind.DIRECTORY
                        ? directory(path, item.mode(), item.owner(), time)
                        : item);
        var wanted = new ArrayList<>(items.keySet());
        if (targetIsDirectory && !target.isEmpty()) {
            wanted.add(target + "/.");
        }
        for (var path : wanted) {
            for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                var parent = path.substring(0, slash);
                if (!items.containsKey(parent)) {
                    items.put(parent, parent(parent, time));
                }
            }
        }
    }

    private CopyItem parent(String path, Instant time) throws IOException {
        var found = image.find(path);
        if (found.isPresent() && found.get().directory()) {
            var it = found.get();
            return directory(path, it.mode(), new Ownership(it.uid(), it.gid()), it.modified());
        }
        if (found.isPresent()) {
            throw instruction.error("'/" + path + "' is a file in the image, not a directory");
        }
        return directory(path, 0755, owner, time);
    }

    private static CopyItem directory(String path, int mode, Ownership owner, Instant time) {
        return new CopyItem(path, CopyItem.Kind.DIRECTORY, Optional.empty(), "", mode, owner, time);
    }

    private static CopyItem clamped(CopyItem item, Instant newest) {
        return item.modified().isAfter(newest)
                ? new CopyItem(
                        item.path(),
                        item.kind(),
                        item.source(),
                        item.linkTarget(),
                        item.mode(),
                        item.owner(),
                        newest)
                : item;
    }

    private String target(String written, String workingDirectory) throws IOException {
        return image.resolve(written.startsWith("/") ? written : workingDirectory + "/" + written);
    }

    private boolean isDirectory(String target) throws IOException {
        return target.isEmpty()
                || image.find(target).filter(LowerView.Found::directory).isPresent();
    }

    private int mode(String text) {
        if (!text.matches("[0-7]{1,5}") || Integer.parseInt(text, 8) > 07777) {
            throw instruction.error("--chmod takes an octal number up to 7777: '" + text + "'");
        }
        return Integer.parseInt(text, 8);
    }

    private void refuseRemote(String word) {
        if (word.matches("(?:https?|ftp|git|ssh)://.*|git@.*")) {
            throw instruction.error(
                    instruction.keyword()
                            + " of a remote file is not supported yet: '"
                            + word
                            + "'");
        }
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
