package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.CronSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.spec.VolumeSpec;
import dev.kelpie.kubeplay.report.Note;
import dev.kelpie.kubeplay.report.Verdict;
import java.util.List;

/// Manifests that were found right: pods ready for the engine, and an account of every field.
///
/// @param secrets that the pods may use, in file order
/// @param volumes that the pods may use, in file order
/// @param pods in file order
/// @param services in file order
/// @param crons CronJobs, in file order
/// @param notes the fidelity report: one for each field used, in file order
/// @param workloads where the pods come from, in file order
/// @param validation how the manifests were read
public record Playable(
        List<SecretSpec> secrets,
        List<VolumeSpec> volumes,
        List<PodSpec> pods,
        List<ServiceSpec> services,
        List<CronSpec> crons,
        List<Note> notes,
        List<Workload> workloads,
        Validation validation) {

    public Playable {
        secrets = List.copyOf(secrets);
        volumes = List.copyOf(volumes);
        pods = List.copyOf(pods);
        services = List.copyOf(services);
        crons = List.copyOf(crons);
        notes = List.copyOf(notes);
        workloads = List.copyOf(workloads);
    }

    /// What belongs on stderr: what is left out of this play, if the user wants to hear of it.
    public List<Note> warnings() {
        if (validation != Validation.WARN) {
            return List.of();
        }
        return notes.stream().filter(note -> note.verdict() == Verdict.NOT_SUPPORTED).toList();
    }
}
