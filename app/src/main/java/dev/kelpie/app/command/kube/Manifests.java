package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.session.ClientFile;
import dev.kelpie.kubeplay.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The manifests that operands name: files, folders of files, or standard input.
///
/// @param sources in the order of the operands, a folder's sorted by name
/// @param folders where the files lie, each once; images may be built from what is there
/// @param wholeFolder whether an operand was a folder
record Manifests(List<Source> sources, List<Path> folders, boolean wholeFolder) {
    Manifests {
        sources = List.copyOf(sources);
        folders = List.copyOf(folders);
    }

    /// Reads all of them into memory, so that what was looked at is what is played.
    static Manifests read(Call call, List<String> operands) {
        Operands.atLeast(1, operands);
        if (operands.equals(List.of("-"))) {
            var stdin = Source.of(Source.STDIN, call.read("-"));
            return new Manifests(List.of(stdin), List.of(), false);
        }
        var sources = new ArrayList<Source>();
        var folders = new LinkedHashSet<Path>();
        boolean wholeFolder = false;
        for (var operand : operands) {
            requireLocal(operand);
            var found = call.session().lookUp(operand);
            if (found.isPresent() && found.get().kind() == ClientFile.Kind.DIRECTORY) {
                wholeFolder = true;
                folder(call, operand, sources, folders);
            } else {
                sources.add(Source.of(operand, call.read(operand)));
                folders.add(call.path(operand).resolveSibling("."));
            }
        }
        return new Manifests(sources, folders.stream().map(Path::normalize).toList(), wholeFolder);
    }

    private static void requireLocal(String operand) {
        if (operand.startsWith("http://") || operand.startsWith("https://")) {
            throw new CommandException(
                    "reading a manifest from '"
                            + operand
                            + "' is not supported yet: fetch it and give '-' or a file");
        }
    }

    private static void folder(Call call, String operand, List<Source> sources, Set<Path> folders) {
        var names =
                call.session().listDirectory(operand).stream()
                        .filter(file -> file.kind() != ClientFile.Kind.DIRECTORY)
                        .map(ClientFile::name)
                        .filter(name -> name.matches("[^.].*\\.(ya?ml|json)"))
                        .sorted()
                        .toList();
        if (names.isEmpty()) {
            throw new CommandException(
                    "no manifest in '" + operand + "': no file ends in .yaml, .yml or .json");
        }
        var prefix = operand.endsWith("/") ? operand : operand + "/";
        for (var name : names) {
            sources.add(Source.of(prefix + name, call.read(prefix + name)));
        }
        folders.add(call.path(operand));
    }
}
