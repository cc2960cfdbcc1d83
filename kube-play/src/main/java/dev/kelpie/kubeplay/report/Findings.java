package dev.kelpie.kubeplay.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Collects what one reading finds; belongs to one thread. A hostile manifest cannot make it grow
/// without end: past [#MOST] problems it only counts.
public final class Findings {

    /// As many problems as anyone will read.
    public static final int MOST = 200;

    private final Map<String, Integer> fileOrder = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> unknownFields = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private int uncounted;

    /// Says that a file is read now; reports come in the order of the files.
    public void enter(String file) {
        fileOrder.putIfAbsent(file, fileOrder.size());
    }

    public void problem(Problem problem) {
        if (full()) {
            uncounted++;
        } else {
            problems.add(problem);
        }
    }

    public void problem(Place place, String path, String message) {
        problem(new Problem(place, path, message, ""));
    }

    public void problem(Place place, String path, String message, String suggestion) {
        problem(new Problem(place, path, message, suggestion));
    }

    /// A field that Kubernetes does not know: a problem for a strict reading, else something that
    /// is left out.
    public void unknownField(Problem problem) {
        if (full()) {
            uncounted++;
        } else {
            unknownFields.add(problem);
        }
    }

    public void note(Note note) {
        notes.add(note);
    }

    /// Whether more problems would only be counted, so that looking for a suggestion is in vain.
    public boolean full() {
        return problems.size() + unknownFields.size() >= MOST;
    }

    /// How many problems were found beyond those kept.
    public int uncounted() {
        return uncounted;
    }

    public List<Problem> problems() {
        return inOrder(problems);
    }

    public List<Problem> unknownFields() {
        return inOrder(unknownFields);
    }

    public List<Note> notes() {
        return notesInOrder(notes);
    }

    /// The notes in the order in which a reader of the files meets them.
    public List<Note> notesInOrder(List<Note> some) {
        var byPlace =
                Comparator.comparingInt((Note n) -> order(n.place())).thenComparing(Note::place);
        return some.stream().sorted(byPlace).toList();
    }

    /// The problems in the order in which a reader of the files meets them.
    public List<Problem> inOrder(List<Problem> some) {
        var byPlace =
                Comparator.comparingInt((Problem p) -> order(p.place()))
                        .thenComparing(Problem::place);
        return some.stream().sorted(byPlace).distinct().toList();
    }

    private int order(Place place) {
        return fileOrder.getOrDefault(place.file(), Integer.MAX_VALUE);
    }
}
