package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.engine.spec.Volume;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What is to leave as YAML. Containers outside any pod (`PodSharing.SOLO`) become one pod
/// together.
///
/// @param losses what was lost before, on the way into the specs
public record Inventory(
        List<PodSpec> pods, List<Claim> claims, List<SecretSpec> secrets, List<String> losses) {
    public Inventory {
        pods = List.copyOf(pods);
        claims = List.copyOf(claims);
        secrets = List.copyOf(secrets);
        losses = List.copyOf(losses);
    }

    /// Of which nothing was lost before.
    public Inventory(List<PodSpec> pods, List<Claim> claims, List<SecretSpec> secrets) {
        this(pods, claims, secrets, List.of());
    }

    public static Inventory ofPods(List<PodSpec> pods) {
        return new Inventory(pods, List.of(), List.of());
    }

    /// The names of the secrets that the pods take something of.
    public static Set<String> secretsOf(List<PodSpec> pods) {
        var names = new TreeSet<String>();
        for (var pod : pods) {
            for (var volume : pod.volumes()) {
                if (volume.source() instanceof Volume.Secret secret) {
                    names.add(secret.secretName());
                } else if (volume.source() instanceof Volume.SecretFile file) {
                    names.add(file.secret());
                } else if (volume.source() instanceof Volume.Projected(var parts)) {
                    parts.forEach(part -> add(part, names));
                }
            }
            pod.allContainers().forEach(each -> add(each.process().late().entries(), names));
        }
        return names;
    }

    private static void add(Volume.Part part, Set<String> names) {
        if (part instanceof Volume.Part.Keys(var secret)) {
            names.add(secret.secretName());
        }
    }

    private static void add(List<EnvSource> entries, Set<String> names) {
        for (var entry : entries) {
            if (entry instanceof EnvSource.FromSecret from) {
                names.add(from.secret());
            } else if (entry instanceof EnvSource.AllOfSecret all) {
                names.add(all.secret());
            }
        }
    }

    /// The names of the lasting volumes that the pods mount.
    public static Set<String> claimsOf(List<PodSpec> pods) {
        var names = new TreeSet<String>();
        for (var pod : pods) {
            for (var volume : pod.volumes()) {
                if (volume.source() instanceof Volume.Named named) {
                    names.add(named.claimName());
                }
            }
        }
        return names;
    }
}
