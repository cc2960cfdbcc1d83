package dev.kelpie.image.build;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// COPY and ADD: decides what goes where. Writing it is [LayerTar]'s.
final class CopyStep {

    /// Archives that ADD unpacks, with the directory they go to.
    record Unpacked(Path archive, String directory) {}

    /// Where it takes files from.
    ///
    /// @param context of paths
    /// @param elsewhere of here-documents and what is fetched
    record Places(Context context, FetchedSources elsewhere) {}

    private final Instruction instruction;
    private final Flags flags;
    private final Places places;
    private final LowerView image;
    private final Optional<Instant> newest;
    private final Map<String, CopyItem> items = new TreeMap<>();
    private final List<Unpacked> archives = new ArrayList<>();
    private final IgnoreRules excluded;
    private final List<Context.Source> sources = new ArrayList<>();
    private final List<FetchedSources.Fetched> fetched = new ArrayList<>();
    private Optional<Ownership> givenOwner = Optional.empty();

    CopyStep(
            Instruction instruction,
            Flags flags,
            Places places,
            LowerView image,
            Optional<Instant> newest) {
        this.instruction = instruction;
        this.flags = flags;
        this.places = places;
        this.image = image;
        this.newest = newest;
        this.excluded =
                IgnoreRules.parse(
                        String.join("\n", flags.all("exclude")),
                        instruction.where() + ": --exclude");
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

    void collect(Stage stage) throws IOException, InterruptedException {
        var words =
                flags.words(
                        instruction,
                        text -> Words.expand(text, stage::variable, instruction.escape()));
        if (words.size() < 2) {
            throw instruction.error(instruction.keyword() + " needs a source and a destination");
        }
        givenOwner = flags.get("chown").map(text -> Ownership.parse(text, image, instruction));
        var written = words.getLast();
        var target = target(written, stage.config.workingDir);
        find(words.subList(0, words.size() - 1));
        var several = sources.size() + fetched.size() > 1;
        var named = written.endsWith("/") || written.equals(".") || written.endsWith("/.");
        var intoDirectory = named || isDirectory(target) || flags.isSet("parents");
        if (several && !intoDirectory) {
            throw instruction.error(
                    "several sources need a destination that ends in /: '" + written + "'");
        }
        for (var source : sources) {
            add(source, target, intoDirectory || several);
        }
        for (var source : fetched) {
            add(source, target, intoDirectory || several);
        }
        changeModes();
        newest.ifPresent(time -> items.replaceAll((_, item) -> item.noNewerThan(time)));
        addParents(target, named || !archives.isEmpty());
    }

    private void find(List<String> words) throws IOException, InterruptedException {
        for (var word : words) {
            var elsewhere = places.elsewhere().find(word, instruction, flags);
            if (elsewhere.isPresent()) {
                fetched.add(elsewhere.get());
            } else {
                sources.addAll(places.context().sources(word, instruction));
            }
        }
        sources.removeIf(source -> !source.directory() && isExcluded(source.name()));
    }

    private void changeModes() {
        flags.get("chmod")
                .map(text -> FileMode.parse(text, instruction))
                .ifPresent(mode ->
                        items.replaceAll((_, item) ->
                                item.withMode(
                                        mode.of(
                                                item.mode(),
                                                item.kind() == CopyItem.Kind.DIRECTORY))));
    }

    /// `--exclude` counts from the source on; a file's own name is enough.
    private boolean isExcluded(String name) {
        return excluded.hides(name) || excluded.hides(name.substring(name.lastIndexOf('/') + 1));
    }

    private void add(Context.Source source, String under, boolean intoDirectory)
            throws IOException {
        var target = flags.isSet("parents") ? withParents(source, under) : under;
        if (source.directory()) {
            addContents(source, target);
            addMissingDirectory(target);
            return;
        }
        if (unpacks(source.file())) {
            archives.add(new Unpacked(source.file(), target));
            addMissingDirectory(target);
            return;
        }
        var name = source.name().substring(source.name().lastIndexOf('/') + 1);
        var path = intoDirectory ? join(target, name) : target;
        refuseRoot(path);
        items.put(path, places.context().item(source.file(), path, givenOwner));
    }

    private boolean unpacks(Path file) throws IOException {
        return instruction.keyword().equals("ADD")
                && flags.get("unpack").filter(value -> value.equals("false")).isEmpty()
                && AddedTar.isArchive(file);
    }

    /// `--parents`: the source's own directories come along, after `/./` if it has that.
    private static String withParents(Context.Source source, String target) {
        var kept = source.name();
        if (!source.directory()) {
            var slash = kept.lastIndexOf('/');
            kept = slash < 0 ? "" : kept.substring(0, slash);
        }
        return kept.isEmpty() ? target : join(target, kept);
    }

    private void add(FetchedSources.Fetched source, String target, boolean intoDirectory)
            throws IOException {
        if (source.directory()) {
            var tree = Context.open(source.file(), source.file(), Optional.empty());
            var all = new TreeMap<String, CopyItem>();
            tree.contents(new Context.Source("", source.file(), true), target, givenOwner, all);
            items.putAll(all);
            addMissingDirectory(target);
            return;
        }
        if (source.unpack() && AddedTar.isArchive(source.file())) {
            archives.add(new Unpacked(source.file(), target));
            addMissingDirectory(target);
            return;
        }
        var path = intoDirectory ? join(target, source.name()) : target;
        refuseRoot(path);
        items.put(
                path,
                CopyItem.file(
                        path,
                        source.file(),
                        source.mode(),
                        givenOwner.orElse(Ownership.ROOT),
                        source.modified()));
    }

    private void refuseRoot(String path) {
        if (path.isEmpty()) {
            throw instruction.error("a file cannot become the image's root directory");
        }
    }

    /// What goes below a link of the image (`/lib` to `/usr/lib`) goes where the link leads,
    /// instead of replacing it.
    private void addContents(Context.Source source, String target) throws IOException {
        var below = new TreeMap<String, CopyItem>();
        places.context().contents(source, target, givenOwner, below);
        var prefix = target.isEmpty() ? 0 : target.length() + 1;
        for (var item : below.values()) {
            if (excluded.hides(item.path().substring(prefix))) {
                continue;
            }
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
            var owner = givenOwner.orElse(Ownership.ROOT);
            items.putIfAbsent(path, CopyItem.directory(path, 0755, owner, Instant.EPOCH));
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
        items.replaceAll((_, item) ->
                item.modified().equals(Instant.EPOCH) && item.kind() == CopyItem.Kind.DIRECTORY
                        ? item.modifiedAt(time)
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
            return CopyItem.directory(
                    path, it.mode(), new Ownership(it.uid(), it.gid()), it.modified());
        }
        if (found.isPresent()) {
            throw instruction.error("'/" + path + "' is a file in the image, not a directory");
        }
        return CopyItem.directory(path, 0755, givenOwner.orElse(Ownership.ROOT), time);
    }

    private String target(String written, String workingDirectory) throws IOException {
        return image.resolve(written.startsWith("/") ? written : workingDirectory + "/" + written);
    }

    private boolean isDirectory(String target) throws IOException {
        return target.isEmpty()
                || image.find(target).filter(LowerView.Found::directory).isPresent();
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
