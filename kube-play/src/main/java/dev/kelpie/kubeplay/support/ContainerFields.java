package dev.kelpie.kubeplay.support;

import static dev.kelpie.kubeplay.support.FieldRule.honoured;
import static dev.kelpie.kubeplay.support.FieldRule.later;
import static dev.kelpie.kubeplay.support.FieldRule.noEffect;
import static dev.kelpie.kubeplay.support.FieldRule.part;

import java.util.ArrayList;
import java.util.List;

/// The fields of containers and init containers.
final class ContainerFields {

    /// The security context of a container, and what that of a pod has in common with it.
    static final List<FieldRule> PROFILES =
            List.of(
                    part(
                            "seccompProfile",
                            honoured("type", "without it: the engine's profile")
                                    .judged(Judges::seccompProfile),
                            honoured(
                                    "localhostProfile",
                                    "a file inside the folder of --seccomp-profile-root")),
                    part(
                            "appArmorProfile",
                            honoured("type", "refused where the host has no AppArmor"),
                            honoured("localhostProfile", "a profile that the host has loaded")),
                    part(
                            "seLinuxOptions",
                            honoured("level", "refused where the host has no SELinux"),
                            honoured("role"),
                            honoured("type"),
                            honoured("user")),
                    noEffect("windowsOptions", "for Windows only"));

    private ContainerFields() {}

    static List<FieldRule> ephemeralContainers() {
        var rules = new ArrayList<>(containers());
        rules.add(honoured("targetContainerName", "whose processes it sees"));
        return rules;
    }

    static List<FieldRule> containers() {
        var rules = new ArrayList<>(common());
        rules.add(
                part(
                        "ports",
                        honoured(
                                "containerPort", "published only with `hostPort` or --publish-all"),
                        honoured("hostIP"),
                        honoured("hostPort"),
                        honoured("name", "for probes, hooks and Services"),
                        honoured("protocol")));
        rules.addAll(ProbeFields.probes());
        rules.add(honoured("restartPolicy", "the pod's without it"));
        rules.add(ProbeFields.lifecycle());
        return rules;
    }

    /// Init containers run to completion, one after another; sidecars stay.
    static List<FieldRule> initContainers() {
        var rules = new ArrayList<>(common());
        rules.add(
                part(
                        "ports",
                        noEffect("containerPort", "init containers publish nothing"),
                        later("hostIP"),
                        later("hostPort", "init containers publish nothing").unless("0"),
                        honoured("name", "for the probes of a sidecar"),
                        noEffect("protocol", "init containers publish nothing")));
        rules.addAll(ProbeFields.probes());
        rules.add(honoured("restartPolicy", "`Always` makes a sidecar"));
        rules.add(ProbeFields.lifecycle());
        return rules;
    }

    private static List<FieldRule> common() {
        return List.of(
                honoured("name"),
                honoured("image"),
                honoured(
                        "imagePullPolicy",
                        "without it: an image without tag or of tag latest is pulled when the"
                                + " registry has a newer one, any other when it is absent"),
                honoured("command", "`$(VAR)` is expanded"),
                honoured("args", "`$(VAR)` is expanded"),
                honoured("workingDir"),
                part(
                        "env",
                        honoured("name"),
                        honoured("value", "`$(VAR)` of earlier entries is expanded"),
                        KeyFields.valueFrom()),
                KeyFields.envFrom(),
                resources(),
                part(
                        "resizePolicy",
                        honoured("resourceName", "`cpu` and `memory`"),
                        honoured("restartPolicy", "when a replay changes requests or limits")),
                ProbeFields.restartPolicyRules(),
                volumeMounts(),
                part(
                        "volumeDevices",
                        honoured(
                                "name",
                                "a claim bound to a PersistentVolume of `volumeMode: Block`"),
                        honoured("devicePath")),
                part("securityContext", securityContext()),
                noEffect("stdinOnce", "nothing is attached to standard input by a play"),
                honoured("stdin"),
                honoured("tty"),
                honoured("terminationMessagePath"),
                honoured("terminationMessagePolicy"));
    }

    private static FieldRule resources() {
        return part(
                "resources",
                part(
                        "limits",
                        amounts(noEffect("ephemeral-storage", "nobody counts what is written"))),
                part("requests", amounts(noEffect("ephemeral-storage", "there is one node"))),
                later("claims"));
    }

    private static FieldRule volumeMounts() {
        return part(
                "volumeMounts",
                honoured("name"),
                honoured("mountPath"),
                honoured("readOnly"),
                honoured("subPath"),
                honoured("mountPropagation"),
                honoured("recursiveReadOnly"),
                honoured("subPathExpr", "with variables that are known before the pod starts"));
    }

    private static List<FieldRule> amounts(FieldRule storage) {
        return List.of(
                honoured("cpu"),
                honoured("memory"),
                storage,
                later(
                                FieldRule.ANY,
                                "but a device: `vendor.com/class=name` or `podman.io/device=/dev/x`")
                        .judged(Judges::resource));
    }

    private static List<FieldRule> securityContext() {
        var rules = new ArrayList<FieldRule>();
        rules.add(honoured("privileged"));
        rules.add(honoured("readOnlyRootFilesystem"));
        rules.add(honoured("allowPrivilegeEscalation"));
        rules.add(part("capabilities", honoured("add"), honoured("drop")));
        rules.add(honoured("runAsUser"));
        rules.add(honoured("runAsGroup"));
        rules.add(honoured("runAsNonRoot", "checked against the image's user too"));
        rules.add(honoured("procMount", "`Unmasked` needs `hostUsers: false`"));
        rules.addAll(PROFILES);
        return rules;
    }
}
