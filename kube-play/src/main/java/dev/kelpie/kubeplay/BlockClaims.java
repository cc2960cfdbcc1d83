package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Tuning;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The claims of one play that are no volumes of the engine: block devices of the host
/// (`volumeMode: Block`), of which containers get the device itself by `volumeDevices` and nothing
/// is mounted, and directories of other machines.
record BlockClaims(Map<String, String> devices, Map<String, Volume.Nfs> shares) {
    BlockClaims {
        devices = Map.copyOf(devices);
        shares = Map.copyOf(shares);
    }

    /// The volume, or that of the other machine which its claim is bound to.
    Volume settled(Volume volume) {
        return volume.source() instanceof Volume.Named(var claim) && shares.containsKey(claim)
                ? new Volume(volume.name(), Objects.requireNonNull(shares.get(claim)))
                : volume;
    }

    boolean has(String claim) {
        return devices.containsKey(claim);
    }

    /// Complains of devices that are none, and of mounts of those that are.
    void check(List<Manifest> pods, Findings findings) {
        for (var manifest : pods) {
            for (var pod : manifest.podNames()) {
                var claims = claims(manifest, pod);
                manifest.podSpec()
                        .mappings("volumes")
                        .forEach(each -> claims.putIfAbsent(each.text("name").orElse(""), ""));
                containers(manifest.podSpec())
                        .forEach(container -> check(container, claims, findings));
            }
        }
    }

    private static Stream<Mapping> containers(Mapping spec) {
        return Stream.of("initContainers", "containers")
                .flatMap(key -> spec.mappings(key).stream());
    }

    /// The claims behind a pod's volumes.
    static Map<String, String> claims(Manifest manifest, String pod) {
        var claims = new HashMap<String, String>();
        for (var volume : manifest.podSpec().mappings("volumes")) {
            volume.mapping("persistentVolumeClaim")
                    .word("claimName")
                    .ifPresent(claim -> claims.put(volume.text("name").orElse(""), claim));
        }
        for (var template : Claims.templates(manifest)) {
            claims.put(
                    template.mapping("metadata").text("name").orElse(""),
                    Claims.nameOf(template, pod));
        }
        return claims;
    }

    private void check(Mapping container, Map<String, String> claims, Findings findings) {
        for (var device : container.mappings("volumeDevices")) {
            var declared = claims.containsKey(device.text("name").orElse(""));
            if (declared && device(device, claims).isEmpty()) {
                problem(
                        findings,
                        device,
                        "is no block device: it takes a claim bound to a PersistentVolume of"
                                + " volumeMode Block");
            }
        }
        for (var mount : container.mappings("volumeMounts")) {
            if (device(mount, claims).isPresent()) {
                problem(findings, mount, "is a block device: give it by volumeDevices");
            }
        }
    }

    private static void problem(Findings findings, Mapping at, String message) {
        findings.problem(
                at.placeOf("name"),
                at.path().field("name").toString(),
                "volume '" + Shown.of(at.text("name").orElse("")) + "' " + message);
    }

    private Optional<String> device(Mapping entry, Map<String, String> claims) {
        return Optional.ofNullable(claims.get(entry.text("name").orElse("")))
                .flatMap(claim -> Optional.ofNullable(devices.get(claim)));
    }

    /// What a container may use, with its block devices.
    ///
    /// @param readOnly names of the volumes that nobody may write to
    Resources with(
            Resources resources,
            Mapping container,
            Map<String, String> claims,
            Set<String> readOnly) {
        var all = new ArrayList<>(resources.tuning().devices());
        for (var entry : container.mappings("volumeDevices")) {
            var path = entry.text("devicePath").orElse("");
            var access = readOnly.contains(entry.text("name").orElse("")) ? "r" : "rwm";
            device(entry, claims).ifPresent(host -> all.add(new Tuning.Device(host, path, access)));
        }
        return all.isEmpty()
                ? resources
                : resources.withTuning(resources.tuning().withDevices(all));
    }
}
