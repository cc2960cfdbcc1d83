package dev.kelpie.engine.sandbox;

import dev.kelpie.runtime.conmon.ConmonFiles;
import java.nio.file.Path;

/// Where everything of one engine lies. Below `root` what survives a reboot, below `runRoot` what
/// does not.
public record EngineFiles(Path root, Path runRoot) {

    public Path state() {
        return root.resolve("state.db");
    }

    /// What happened, in lines.
    public Path events() {
        return root.resolve("events.log");
    }

    public Path bootId() {
        return runRoot.resolve("boot_id");
    }

    /// All that is kept of containers between boots: `ID/{upper,work,ctr.log}`.
    public Path containers() {
        return root.resolve("containers");
    }

    public Path container(String id) {
        return containers().resolve(id);
    }

    public Path upper(String id) {
        return container(id).resolve("upper");
    }

    public Path work(String id) {
        return container(id).resolve("work");
    }

    /// All that is kept of pods between boots: `ID/volumes/NAME`.
    public Path pods() {
        return root.resolve("pods");
    }

    public Path pod(String id) {
        return pods().resolve(id);
    }

    public Path emptyDir(String pod, String volume) {
        return pod(pod).resolve("volumes").resolve(volume);
    }

    public Path volumes() {
        return root.resolve("volumes");
    }

    public Path volume(String name) {
        return volumes().resolve(name);
    }

    public Path volumeContent(String name) {
        return volume(name).resolve("_data");
    }

    /// Who uses which mounted volume, a folder for each: `NAME/USER`.
    public Path volumeUsers() {
        return runRoot.resolve("volume-users");
    }

    public Path runContainers() {
        return runRoot.resolve("containers");
    }

    public Path runContainer(String id) {
        return runContainers().resolve(id);
    }

    /// Mount point of a container's root.
    public Path rootfs(String id) {
        return runContainer(id).resolve("rootfs");
    }

    /// Mount points of layers of a container's root, until that is mounted.
    public Path lowers(String id) {
        return runContainer(id).resolve("lowers");
    }

    /// What the engine mounts on in every container.
    public Path mountPoints() {
        return root.resolve("mountpoints");
    }

    /// Copies of images for other users.
    public Path shifted() {
        return root.resolve("shifted");
    }

    /// Mount points of sub paths of volumes, `N` for the N-th mount.
    public Path subPaths(String id) {
        return runContainer(id).resolve("subpaths");
    }

    public Path facts(String id) {
        return runContainer(id).resolve("facts");
    }

    /// What the probes of the present run have found.
    public Path probes(String id) {
        return runContainer(id).resolve("probes");
    }

    /// Where a container leaves its last word.
    public Path terminationLog(String id) {
        return container(id).resolve("termination-log");
    }

    /// How far a pod's init containers have come since its sandbox was made.
    public Path initialized(String pod) {
        return runPod(pod).resolve("init");
    }

    public Path runPods() {
        return runRoot.resolve("pods");
    }

    public Path runPod(String id) {
        return runPods().resolve(id);
    }

    /// Holds the files `net`, `ipc` and `uts`, a namespace mounted on each.
    public Path namespaces(String pod) {
        return runPod(pod).resolve("ns");
    }

    /// The user namespace of a pod that has one.
    public Path userNamespace(String pod) {
        return namespaces(pod).resolve("user");
    }

    public Path shm(String pod) {
        return runPod(pod).resolve("shm");
    }

    public Path hosts(String pod) {
        return runPod(pod).resolve("hosts");
    }

    public Path resolvConf(String pod) {
        return runPod(pod).resolve("resolv.conf");
    }

    public Path hostname(String pod) {
        return runPod(pod).resolve("hostname");
    }

    public Path containerEnv(String pod) {
        return runPod(pod).resolve("containerenv");
    }

    public Path memoryDir(String pod, String volume) {
        return runPod(pod).resolve("memory").resolve(volume);
    }

    /// In memory: what the pod's containers see of secrets, and below it what each of them does.
    public Path secretMemory(String pod) {
        return runPod(pod).resolve("secrets");
    }

    public Path secretVolume(String pod, String volume) {
        return secretMemory(pod).resolve("volumes").resolve(volume);
    }

    public Path secretFiles(String pod, String container) {
        return secretMemory(pod).resolve("containers").resolve(container);
    }

    public Path configMap(String pod, String volume) {
        return runPod(pod).resolve("configmaps").resolve(volume);
    }

    /// The mounted files of an image, as a volume of a pod.
    public Path imageVolume(String pod, String volume) {
        return runPod(pod).resolve("images").resolve(volume);
    }

    /// What another machine shows, as a volume of a pod.
    public Path nfsVolume(String pod, String volume) {
        return runPod(pod).resolve("nfs").resolve(volume);
    }

    /// Encrypted contents of secrets and the key to them.
    public Path secrets() {
        return root.resolve("secrets");
    }

    /// The OCI runtime's records of a container that has secrets in its environment: they repeat
    /// it, so they lie with its bundle in memory.
    public Path ociRootOf(String container) {
        return runContainer(container).resolve("bundle").resolve("oci");
    }

    /// What stands for played applications in their systemd units.
    public Path mainstays() {
        return runRoot.resolve("units");
    }

    /// The root all infra containers share, read-only: mount points and the pause program.
    public Path infraRoot() {
        return runRoot.resolve("infra");
    }

    public Path exits() {
        return runRoot.resolve("exits");
    }

    public Path persist() {
        return runRoot.resolve("persist");
    }

    /// The OCI runtime's own records.
    public Path ociRoot() {
        return runRoot.resolve("oci");
    }

    /// What image builds that are under way keep on the disk: `ID/...`.
    public Path builds() {
        return root.resolve("builds");
    }

    public Path build(String id) {
        return builds().resolve(id);
    }

    /// Where images are shown on the host: `ID/{merged,count}`.
    public Path imageMounts() {
        return runRoot.resolve("images");
    }

    /// Mount points and bundles of image builds: `ID/STEP/...`.
    public Path runBuilds() {
        return runRoot.resolve("builds");
    }

    public Path runBuild(String id) {
        return runBuilds().resolve(id);
    }

    /// Where conmon keeps what belongs to a container.
    public ConmonFiles conmon(String id) {
        var run = runContainer(id);
        return new ConmonFiles(
                id,
                run.resolve("bundle"),
                run,
                exits(),
                persist().resolve(id),
                container(id).resolve("ctr.log"));
    }
}
