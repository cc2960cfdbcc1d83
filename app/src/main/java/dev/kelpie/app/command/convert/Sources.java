package dev.kelpie.app.command.convert;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.convert.CommandLines;
import dev.kelpie.app.convert.Import;
import dev.kelpie.app.convert.Line;
import dev.kelpie.app.convert.compose.ComposeReader;
import dev.kelpie.app.convert.compose.Place;
import dev.kelpie.app.convert.inspect.InspectReader;
import dev.kelpie.app.convert.unit.UnitReader;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.ClientFileException;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.kubeplay.KubeReader;
import dev.kelpie.kubeplay.PlayOptions;
import dev.kelpie.kubeplay.Playable;
import dev.kelpie.kubeplay.Source;
import dev.kelpie.kubeplay.report.Verdict;
import dev.kelpie.quadlet.file.LocalHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what is to be converted, whatever notation it is in.
final class Sources {
    private static final long MOST_BYTES = 64L << 20;

    private final Call call;
    private final String from;
    private final List<String> profiles;
    private long size;

    /// @param from the notation; empty to find out
    Sources(Call call, String from, List<String> profiles) {
        this.call = call;
        this.from = from;
        this.profiles = profiles;
    }

    /// What was read: lines of `run`, or pods of manifests.
    record Read(
            List<Line> lines, List<PodSpec> pods, List<SecretSpec> secrets, List<String> losses) {
        static Read of(Import read) {
            return new Read(read.lines(), List.of(), read.secrets(), read.losses());
        }
    }

    Read read(List<String> files) {
        var texts = new LinkedHashMap<String, String>();
        for (var file : files) {
            texts(file, texts);
        }
        var notations = new LinkedHashSet<Notation>();
        texts.forEach((file, text) ->
                notations.add(
                        from.isEmpty() ? Notation.of(file, text) : Notation.named("--from", from)));
        if (notations.size() > 1) {
            throw FlagException.meaning(
                    "the files are of different notations, "
                            + String.join(", ", notations.stream().map(Notation::word).toList())
                            + ": convert them one by one");
        }
        return switch (notations.getFirst()) {
            case KUBE -> kube(texts);
            case COMPOSE -> Read.of(compose(texts));
            case QUADLET -> Read.of(units(texts));
            case RUN -> Read.of(CommandLines.read(together(texts), files.getFirst()));
            case INSPECT -> Read.of(InspectReader.read(together(texts), files.getFirst()));
        };
    }

    private static String together(Map<String, String> texts) {
        return String.join("\n", texts.values());
    }

    /// The text of a file; of a folder those of all files in it that are of a notation by name.
    private void texts(String file, Map<String, String> texts) {
        var found = file.equals("-") ? Optional.<ClientFile>empty() : call.session().lookUp(file);
        if (found.filter(it -> it.kind() == ClientFile.Kind.DIRECTORY).isEmpty()) {
            texts.put(file, text(file));
            return;
        }
        for (var each : call.session().listDirectory(file)) {
            if (each.kind() == ClientFile.Kind.FILE && isInput(each.name())) {
                bound(each.size());
                texts.put(file + "/" + each.name(), text(file + "/" + each.name()));
            }
        }
        if (texts.isEmpty()) {
            throw new CommandException("no files to convert in '" + file + "'");
        }
    }

    /// Lines of run are in files of any name.
    private boolean isInput(String name) {
        return from.equals(Notation.RUN.word()) || Notation.isNamedLikeOne(name);
    }

    private String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String file) {
        var bytes = call.read(file);
        bound(bytes.length);
        size += bytes.length;
        return bytes;
    }

    private void bound(long more) {
        if (size + more > MOST_BYTES) {
            throw new CommandException(
                    "too much to convert at once: more than " + (MOST_BYTES >> 20) + " MiB");
        }
    }

    static Read kube(Map<String, String> texts) {
        var sources = new ArrayList<Source>();
        texts.forEach((file, text) -> sources.add(new Source(file, text)));
        var read = new KubeReader().read(sources, PlayOptions.DEFAULT);
        return new Read(List.of(), read.pods(), read.secrets(), losses(read));
    }

    /// Pods are converted, and what stands in their fields.
    private static List<String> losses(Playable read) {
        var losses = new ArrayList<String>();
        read.services()
                .forEach(service -> losses.add("service '" + service.name() + "': all of it"));
        read.crons().forEach(cron -> losses.add("cronjob '" + cron.name() + "': all of it"));
        read.volumes()
                .forEach(volume -> losses.add("claim '" + volume.name() + "': its size and class"));
        read.notes().stream()
                .filter(note -> note.verdict() != Verdict.HONOURED)
                .forEach(note -> losses.add(note.toString()));
        return losses;
    }

    private Import compose(Map<String, String> texts) {
        var first = texts.keySet().iterator().next();
        var folder =
                first.equals("-")
                        ? call.session().workingDirectory()
                        : Optional.ofNullable(call.path(first).getParent()).orElse(Path.of("/"));
        var place = new Place(folder, call.session().environment(), this::file);
        return ComposeReader.read(texts, place, Set.copyOf(profiles));
    }

    private Optional<byte[]> file(Path path) {
        try {
            return Optional.of(bytes(path.toString()));
        } catch (ClientFileException _) {
            return Optional.empty();
        }
    }

    private Import units(Map<String, String> texts) {
        var byName = new LinkedHashMap<String, String>();
        var paths = new HashMap<String, Path>();
        texts.forEach((file, text) -> {
            var path = call.path(file);
            var name = Optional.ofNullable(path.getFileName()).map(Path::toString).orElse(file);
            byName.put(name, text);
            paths.put(name, path);
        });
        return UnitReader.read(byName, paths, new LocalHost());
    }
}
