package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KeyValues;
import dev.kelpie.app.flag.NetworkFlag;
import dev.kelpie.app.flag.PublishFlag;
import dev.kelpie.app.flag.UsersFlags;
import dev.kelpie.engine.spec.PodUsersSyntax;
import dev.kelpie.kubeplay.PlayOptions;
import dev.kelpie.kubeplay.Source;
import dev.kelpie.kubeplay.Validation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Flags that change how the manifests are read.
final class PlayFlags {
    @Option(names = "--annotation", description = "Add an annotation to every pod (key=value)")
    List<String> annotations = new ArrayList<>();

    @Option(
            names = "--configmap",
            split = ",",
            description = "File of ConfigMaps that the pods use besides those of the manifests")
    List<String> configMaps = new ArrayList<>();

    @Option(
            names = {"--network"},
            description = "Connect the pods to a network")
    List<String> networks = new ArrayList<>();

    @Option(
            names = "--publish",
            split = ",",
            description = "Publish a port: [[ip:][hostPort]:]containerPort[/protocol]")
    List<String> publish = new ArrayList<>();

    @Option(
            names = "--publish-all",
            arity = "0..1",
            description = "Publish every containerPort, not only those with a hostPort")
    boolean publishAll;

    @Option(
            names = "--no-pod-prefix",
            arity = "0..1",
            description = "Do not put the pod's name before the containers' names")
    boolean noPodPrefix;

    @Option(
            names = "--seccomp-profile-root",
            description =
                    "Folder of the profiles that localhostProfile names"
                            + " (default /var/lib/kubelet/seccomp)")
    String seccompProfileRoot = "";

    @Option(
            names = "--validate",
            description =
                    "What to do about fields that are not supported: strict (default), warn, ignore")
    String validate = "strict";

    @Option(
            names = "--userns",
            description =
                    "User namespace of the pods: host, auto[:size=N], keep-id[:uid=N,gid=N,size=N], nomap")
    String userns = "";

    /// The files of ConfigMaps.
    List<Source> configMaps(Call call) {
        return configMaps.stream().map(file -> Source.of(file, call.read(file))).toList();
    }

    PlayOptions options(Call call) {
        return new PlayOptions(
                validation(),
                NetworkFlag.parse(networks),
                PublishFlag.parse(publish),
                publishAll,
                annotations(),
                noPodPrefix,
                seccompProfileRoot.isEmpty()
                        ? PlayOptions.SECCOMP_PROFILES
                        : call.path(seccompProfileRoot));
    }

    /// The flag goes over what a manifest says.
    private Map<String, String> annotations() {
        var all = new HashMap<>(KeyValues.annotations(annotations));
        if (!userns.isEmpty()) {
            var _ = UsersFlags.parse(userns);
            all.put(PodUsersSyntax.ANNOTATION, userns);
        }
        return all;
    }

    private Validation validation() {
        return switch (validate) {
            case "strict", "true" -> Validation.STRICT;
            case "warn" -> Validation.WARN;
            case "ignore", "false" -> Validation.IGNORE;
            default ->
                    throw FlagException.syntax(
                            "invalid argument \""
                                    + validate
                                    + "\" for \"--validate\" flag: must be strict, warn or ignore");
        };
    }
}
