package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.CronSpec;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.spec.VolumeSpec;
import dev.kelpie.kubeplay.report.Note;
import dev.kelpie.kubeplay.report.Verdict;
import java.util.List;

/// Manifests that were found right: pods ready for the engine, and an account of every field.
///
/// @param play all that the engine is to make
/// @param notes the fidelity report: one for each field used, in file order
/// @param workloads where the pods come from, in file order
/// @param validation how the manifests were read
public record Playable(
        PlaySpec play, List<Note> notes, List<Workload> workloads, Validation validation) {

    public Playable {
        notes = List.copyOf(notes);
        workloads = List.copyOf(workloads);
    }

    public List<SecretSpec> secrets() {
        return play.secrets();
    }

    public List<VolumeSpec> volumes() {
        return play.volumes();
    }

    public List<PodSpec> pods() {
        return play.pods();
    }

    public List<ServiceSpec> services() {
        return play.services();
    }

    public List<CronSpec> crons() {
        return play.crons();
    }

    /// What belongs on stderr: what is left out of this play, if the user wants to hear of it.
    public List<Note> warnings() {
        if (validation != Validation.WARN) {
            return List.of();
        }
        return notes.stream().filter(note -> note.verdict() == Verdict.NOT_SUPPORTED).toList();
    }
}
