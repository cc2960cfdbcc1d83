package dev.kelpie.quadlet.translate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The kinds of unit files. Their order is the order in which they are translated: what others name
/// comes before those that name it.
public enum UnitType {
    IMAGE(
            "Image",
            " AllTags Arch AuthFile CertDir Creds DecryptionKey Image ImageTag OS Policy Retry"
                    + " RetryDelay TLSVerify Variant"),
    ARTIFACT(
            "Artifact",
            " Artifact AuthFile CertDir Creds DecryptionKey Quiet Retry RetryDelay TLSVerify"),
    VOLUME("Volume", " Copy Device Driver GID Group Image Label Options Type UID User VolumeName"),
    NETWORK(
            "Network",
            " DisableDNS DNS Driver Gateway InterfaceName Internal IPAMDriver IPRange IPv6 Label"
                    + " NetworkDeleteOnStop NetworkName Options Subnet"),
    BUILD(
            "Build",
            " Annotation Arch AuthFile BuildArg DNS DNSOption DNSSearch Environment File ForceRM"
                    + " GroupAdd IgnoreFile ImageTag Label Network Pull Retry RetryDelay Secret"
                    + " SetWorkingDirectory Target TLSVerify Variant Volume"),
    CONTAINER(
            "Container",
            " AddCapability AddDevice AddHost Annotation AppArmor AutoUpdate CgroupsMode"
                    + " ContainerName DNS DNSOption DNSSearch DropCapability Entrypoint Environment"
                    + " EnvironmentFile EnvironmentHost Exec ExposeHostPort GIDMap Group GroupAdd"
                    + " HealthCmd HealthInterval HealthLogDestination HealthMaxLogCount"
                    + " HealthMaxLogSize HealthOnFailure HealthRetries HealthStartPeriod"
                    + " HealthStartupCmd HealthStartupInterval HealthStartupRetries"
                    + " HealthStartupSuccess HealthStartupTimeout HealthTimeout HostName HttpProxy"
                    + " Image IP IP6 Label LogDriver LogOpt Mask Memory Mount Network NetworkAlias"
                    + " NoNewPrivileges Notify PidsLimit Pod PublishPort Pull ReadOnly"
                    + " ReadOnlyTmpfs ReloadCmd ReloadSignal RemapGid RemapUid RemapUidSize"
                    + " RemapUsers Retry RetryDelay Rootfs RunInit SeccompProfile Secret"
                    + " SecurityLabelDisable SecurityLabelFileType SecurityLabelLevel"
                    + " SecurityLabelNested SecurityLabelType ShmSize StartWithPod StopSignal"
                    + " StopTimeout SubGIDMap SubUIDMap Sysctl Timezone Tmpfs UIDMap Ulimit Unmask"
                    + " User UserNS VolatileTmp Volume WorkingDir"),
    KUBE(
            "Kube",
            " AutoUpdate ConfigMap ExitCodePropagation KubeDownForce LogDriver LogOpt Network"
                    + " PublishPort RemapGid RemapUid RemapUidSize RemapUsers SetWorkingDirectory"
                    + " UserNS Yaml"),
    POD(
            "Pod",
            " AddHost DNS DNSOption DNSSearch ExitPolicy GIDMap HostName IP IP6 Label Network"
                    + " NetworkAlias PodName PublishPort RemapGid RemapUid RemapUidSize RemapUsers"
                    + " ShmSize StopTimeout SubGIDMap SubUIDMap UIDMap UserNS Volume");

    private static final List<UnitType> ALL = List.of(values());

    private final String group;
    private final String extension;
    private final String suffix;
    private final String keys;

    @SuppressWarnings("ImmutableEnumChecker") // the checker knows no copies
    private final Set<String> known;

    UnitType(String group, String keys) {
        this.group = group;
        this.keys = keys + " ContainersConfModule GlobalArgs PodmanArgs ServiceName ";
        known = Set.copyOf(keys());
        var lower = ascii(group);
        extension = "." + lower;
        suffix = lower.equals("container") || lower.equals("kube") ? "" : "-" + lower;
    }

    /// The type that a file's name says: the last dot decides.
    public static Optional<UnitType> of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        if (dot > 0) {
            for (var type : ALL) {
                if (fileName.regionMatches(dot, type.extension, 0, type.extension.length())
                        && fileName.length() - dot == type.extension.length()) {
                    return Optional.of(type);
                }
            }
        }
        return Optional.empty();
    }

    /// The type of `[GROUP]`.
    public static Optional<UnitType> ofGroup(String group) {
        return ALL.stream().filter(type -> type.group.equals(group)).findFirst();
    }

    /// The group that holds the type's own keys.
    public String group() {
        return group;
    }

    /// With its dot.
    public String extension() {
        return extension;
    }

    /// What a service's name has after the file's base name.
    public String suffix() {
        return suffix;
    }

    public boolean knows(String key) {
        return known.contains(key);
    }

    public List<String> keys() {
        return List.of(keys.strip().split(" ", -1));
    }

    /// Locale data would be read for this otherwise.
    private static String ascii(String word) {
        return (char) (word.charAt(0) + ('a' - 'A')) + word.substring(1);
    }
}
