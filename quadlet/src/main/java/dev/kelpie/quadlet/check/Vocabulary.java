package dev.kelpie.quadlet.check;

import java.util.Map;
import java.util.Set;

/// What is known of keys: which belong to systemd, what their values are, and what people write for
/// them.
final class Vocabulary {
    private Vocabulary() {}

    private static Set<String> set(String words) {
        return Set.of(words.split(" ", -1));
    }

    static final Set<String> INSTALL =
            set("Alias Also DefaultInstance RequiredBy UpheldBy WantedBy");

    /// The keys of `[Unit]` (systemd.unit(5)), without conditions and asserts.
    static final Set<String> UNIT =
            set(
                    "After AllowIsolate Before BindsTo CollectMode Conflicts DefaultDependencies"
                            + " Description Documentation FailureAction FailureActionExitStatus"
                            + " IgnoreOnIsolate JobRunningTimeoutSec JobTimeoutAction"
                            + " JobTimeoutRebootArgument JobTimeoutSec JoinsNamespaceOf OnFailure"
                            + " OnFailureJobMode OnSuccess OnSuccessJobMode PartOf"
                            + " PropagatesReloadTo PropagatesStopTo RebootArgument"
                            + " RefuseManualStart RefuseManualStop ReloadPropagatedFrom"
                            + " RequiresMountsFor Requires Requisite SourcePath StartLimitAction"
                            + " StartLimitBurst StartLimitIntervalSec StopPropagatedFrom"
                            + " StopWhenUnneeded SuccessAction SuccessActionExitStatus"
                            + " SurviveFinalKillSignal Upholds Wants WantsMountsFor");

    /// Keys of `[Service]` that are often meant when another group has them.
    static final Set<String> SERVICE =
            set(
                    "BusName CPUQuota CPUWeight Delegate DynamicUser ExecCondition ExecReload"
                            + " ExecStart ExecStartPost ExecStartPre ExecStop ExecStopPost"
                            + " KillMode KillSignal LimitNOFILE LimitNPROC MemoryHigh MemoryMax"
                            + " NotifyAccess OOMScoreAdjust PIDFile RemainAfterExit Restart"
                            + " RestartSec RestartSteps RestartMaxDelaySec Slice"
                            + " StandardError StandardInput StandardOutput SuccessExitStatus"
                            + " SyslogIdentifier TasksMax TimeoutSec TimeoutStartSec"
                            + " TimeoutStopSec Type WatchdogSec WorkingDirectory");

    /// Keys of `[Unit]` that `[Service]` had once, and still may have.
    static final Set<String> FORMERLY_SERVICE =
            set("StartLimitBurst StartLimitAction FailureAction RebootArgument");

    /// Keys that `[Service]` has too, in another sense or the same.
    static final Set<String> OF_BOTH = set("User Group Environment EnvironmentFile Type");

    static final Set<String> TRUTHS =
            set(
                    "RunInit EnvironmentHost HttpProxy ReadOnlyTmpfs NoNewPrivileges"
                            + " SecurityLabelDisable SecurityLabelNested ReadOnly VolatileTmp"
                            + " StartWithPod KubeDownForce Copy DisableDNS Internal IPv6"
                            + " NetworkDeleteOnStop AllTags TLSVerify ForceRM Quiet");

    /// Keys that may be given many times.
    static final Set<String> LISTS =
            set(
                    "AddCapability AddDevice AddHost Annotation BuildArg ConfigMap"
                            + " ContainersConfModule DNS DNSOption DNSSearch DropCapability"
                            + " Environment EnvironmentFile ExposeHostPort Gateway GIDMap"
                            + " GlobalArgs GroupAdd IPRange Label LogOpt Mask Mount Network"
                            + " NetworkAlias PodmanArgs PublishPort RemapGid RemapUid Secret"
                            + " Subnet Sysctl Tmpfs UIDMap Ulimit Unmask Volume Yaml");

    static final Set<String> DURATIONS =
            set(
                    "HealthInterval HealthTimeout HealthStartPeriod HealthStartupInterval"
                            + " HealthStartupTimeout RetryDelay");

    static final Set<String> NUMBERS =
            set(
                    "HealthRetries HealthStartupRetries HealthStartupSuccess Retry StopTimeout"
                            + " PidsLimit UID GID RemapUidSize");

    static final Set<String> SIZES = set("Memory ShmSize");

    static final Set<String> COMMANDS =
            set(
                    "Exec ReloadCmd Environment Label Annotation PodmanArgs GlobalArgs Mask Unmask"
                            + " EnvironmentFile Secret Mount BuildArg");

    static final Map<String, Set<String>> CHOICES =
            Map.of(
                    "Pull", set("always missing never newer"),
                    "Policy", set("always missing never newer"),
                    "AutoUpdate", set("registry local"),
                    "ExitPolicy", set("stop continue"),
                    "ExitCodePropagation", set("all any none"),
                    "HealthOnFailure", set("none kill restart stop"),
                    "CgroupsMode", set("enabled disabled no-conmon split"),
                    "Notify", set("yes no true false on off 1 0 healthy"));

    /// What other tools call it.
    static final Map<String, String> OTHER_NAMES =
            Map.ofEntries(
                    Map.entry("name", "ContainerName"),
                    Map.entry("port", "PublishPort"),
                    Map.entry("ports", "PublishPort"),
                    Map.entry("publish", "PublishPort"),
                    Map.entry("env", "Environment"),
                    Map.entry("envfile", "EnvironmentFile"),
                    Map.entry("command", "Exec"),
                    Map.entry("cmd", "Exec"),
                    Map.entry("args", "Exec"),
                    Map.entry("capadd", "AddCapability"),
                    Map.entry("capdrop", "DropCapability"),
                    Map.entry("device", "AddDevice"),
                    Map.entry("devices", "AddDevice"),
                    Map.entry("healthcheck", "HealthCmd"),
                    Map.entry("workdir", "WorkingDir"),
                    Map.entry("workingdirectory", "WorkingDir"),
                    Map.entry("memorylimit", "Memory"),
                    Map.entry("extrahosts", "AddHost"),
                    Map.entry("init", "RunInit"),
                    Map.entry("tz", "Timezone"),
                    Map.entry("tag", "ImageTag"),
                    Map.entry("context", "SetWorkingDirectory"),
                    Map.entry("containerfile", "File"),
                    Map.entry("dockerfile", "File"),
                    Map.entry("manifest", "Yaml"));
}
