package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeOptions;
import dev.kelpie.engine.spec.VolumeSpec;
import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.schema.Amount;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The claims of one play: each is a volume of the engine of that name, in a directory of its own,
/// or where the PersistentVolume lies that it is bound to. Podman's annotations say more.
final class Claims {

    private static final String PODMAN = "volume.podman.io/";

    private final List<Manifest> manifests;
    private final List<Manifest> persistent;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Optional<Manifest>> settled = new HashMap<>();

    Claims(List<Manifest> manifests) {
        this.manifests = manifests;
        this.persistent =
                manifests.stream()
                        .filter(manifest -> manifest.kind().equals(Manifest.VOLUME))
                        .toList();
    }

    /// Complains of claims that ask for a volume by a name that is not there.
    void check(Findings findings) {
        for (var manifest : manifests) {
            var wanted = manifest.spec().word("volumeName");
            if (manifest.kind().equals(Manifest.CLAIM)
                    && wanted.isPresent()
                    && named(wanted.get()).isEmpty()) {
                findings.problem(
                        manifest.spec().placeOf("volumeName"),
                        manifest.spec().path().field("volumeName").toString(),
                        "persistentvolume '"
                                + Shown.of(wanted.get())
                                + "' not found among the manifests");
            }
        }
    }

    /// In file order; claims of one name are one.
    List<VolumeSpec> volumes() {
        var volumes = new ArrayList<VolumeSpec>();
        for (var claim : claims()) {
            if (!isBlock(claim.document().mapping("spec"))
                    && bound(claim).filter(Claims::isShare).isEmpty()) {
                volumes.add(volume(claim));
            }
        }
        var names = new HashSet<String>();
        return volumes.stream()
                .filter(volume -> !volume.name().isEmpty() && names.add(volume.name()))
                .toList();
    }

    private record Claim(String name, Mapping document) {}

    private List<Claim> claims() {
        var claims = new ArrayList<Claim>();
        for (var manifest : manifests) {
            if (manifest.kind().equals(Manifest.CLAIM)) {
                claims.add(new Claim(manifest.name(), manifest.document()));
            } else if (manifest.kind().equals(Manifest.STATEFUL_SET)) {
                for (var pod : manifest.podNames()) {
                    for (var template : templates(manifest)) {
                        claims.add(new Claim(nameOf(template, pod), template));
                    }
                }
            }
        }
        return claims;
    }

    /// The claims that are block devices, with the devices of the host that they are bound to, and
    /// those that lie on other machines; complains of devices that are bound to none.
    BlockClaims blocks(Findings findings) {
        var devices = new HashMap<String, String>();
        var shares = new HashMap<String, Volume.Nfs>();
        for (var claim : claims()) {
            var spec = claim.document().mapping("spec");
            if (isBlock(spec)) {
                var volume = bound(claim);
                if (volume.isPresent()) {
                    devices.putIfAbsent(claim.name(), path(volume.get().spec()));
                } else {
                    findings.problem(
                            spec.placeOf("volumeMode"),
                            spec.path().field("volumeMode").toString(),
                            "Block needs a PersistentVolume of volumeMode Block among the"
                                    + " manifests");
                }
            } else {
                bound(claim)
                        .filter(Claims::isShare)
                        .map(volume -> VolumeMapper.nfs(volume.spec().mapping("nfs")))
                        .ifPresent(share -> shares.putIfAbsent(claim.name(), share));
            }
        }
        return new BlockClaims(devices, shares);
    }

    private static boolean isShare(Manifest volume) {
        return volume.spec().has("nfs");
    }

    private static boolean isBlock(Mapping spec) {
        return spec.text("volumeMode").orElse("").equals("Block");
    }

    private static String path(Mapping volume) {
        return volume.mapping("hostPath")
                .word("path")
                .or(() -> volume.mapping("local").word("path"))
                .orElse("/");
    }

    static List<Mapping> templates(Manifest manifest) {
        return manifest.kind().equals(Manifest.STATEFUL_SET)
                ? manifest.spec().mappings("volumeClaimTemplates")
                : List.of();
    }

    /// The name of the claim that a pod of a StatefulSet has of a template.
    static String nameOf(Mapping template, String pod) {
        return template.mapping("metadata").text("name").orElse("") + "-" + pod;
    }

    private VolumeSpec volume(Claim claim) {
        var metadata = claim.document().mapping("metadata");
        var bound = bound(claim);
        return new VolumeSpec(
                claim.name(),
                metadata.textMap("labels"),
                bound.isPresent()
                        ? options(bound.get().spec())
                        : options(metadata.textMap("annotations")));
    }

    private static VolumeOptions options(Map<String, String> annotations) {
        var driver = new HashMap<String, String>();
        Map.of("type", "type", "device", "device", "mount-options", "o")
                .forEach((key, option) ->
                        Optional.ofNullable(annotations.get(PODMAN + key))
                                .filter(value -> !value.isEmpty())
                                .ifPresent(value -> driver.put(option, value)));
        return new VolumeOptions(
                driver, id(annotations.get(PODMAN + "uid")), id(annotations.get(PODMAN + "gid")));
    }

    private static OptionalInt id(@org.jspecify.annotations.Nullable String text) {
        return text == null || !text.matches("[0-9]{1,9}")
                ? OptionalInt.empty()
                : OptionalInt.of(Integer.parseInt(text));
    }

    /// A path of the host, made when it is not there unless it is said to be.
    private static VolumeOptions options(Mapping volume) {
        var hostPath = volume.mapping("hostPath");
        var made = volume.has("hostPath") && !hostPath.text("type").orElse("").equals("Directory");
        return new VolumeOptions(
                Map.of(
                        "type",
                        "none",
                        "device",
                        path(volume),
                        "o",
                        made ? "bind,X-mount.mkdir" : "bind"),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /// The PersistentVolume of a claim: the one it names, or that names it, or the smallest of its
    /// class that is large enough; else it gets a directory of its own.
    private Optional<Manifest> bound(Claim claim) {
        var known = settled.get(claim.name());
        if (known != null) {
            return known;
        }
        var spec = claim.document().mapping("spec");
        var wanted = spec.word("volumeName");
        var found =
                wanted.isPresent()
                        ? named(wanted.get())
                        : reservedFor(claim.name()).or(() -> fitting(spec));
        found.ifPresent(volume -> taken.add(volume.name()));
        settled.put(claim.name(), found);
        return found;
    }

    private Optional<Manifest> named(String name) {
        return persistent.stream().filter(volume -> volume.name().equals(name)).findFirst();
    }

    private Optional<Manifest> reservedFor(String claim) {
        return persistent.stream()
                .filter(volume ->
                        volume.spec().mapping("claimRef").text("name").orElse("").equals(claim))
                .findFirst();
    }

    private Optional<Manifest> fitting(Mapping claim) {
        var asked = storage(claim.mapping("resources").mapping("requests"));
        return persistent.stream()
                .filter(volume -> !taken.contains(volume.name()))
                .filter(volume -> !volume.spec().has("claimRef"))
                .filter(volume -> fits(claim, volume))
                .filter(volume -> storage(volume.spec().mapping("capacity")).compareTo(asked) >= 0)
                .min(Comparator.comparing(volume -> storage(volume.spec().mapping("capacity"))));
    }

    private static boolean fits(Mapping claim, Manifest volume) {
        var spec = volume.spec();
        var labels = volume.document().mapping("metadata").textMap("labels");
        return isBlock(claim) == isBlock(spec)
                && claim.text("storageClassName")
                        .orElse("")
                        .equals(spec.text("storageClassName").orElse(""))
                && spec.texts("accessModes").containsAll(claim.texts("accessModes"))
                && labels.entrySet()
                        .containsAll(claim.mapping("selector").textMap("matchLabels").entrySet());
    }

    private static BigDecimal storage(Mapping amounts) {
        return amounts.text("storage")
                .flatMap(Amount::parse)
                .map(Amount::value)
                .orElse(BigDecimal.ZERO);
    }
}
