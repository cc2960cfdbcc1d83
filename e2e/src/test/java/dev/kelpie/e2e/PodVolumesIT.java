package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a pod mounts and is told of itself, seen from inside: claims, projected volumes, images,
/// the downward API, variables out of files.
@OnlyKelpie
class PodVolumesIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String MOUNT_NFS =
            """
            #!/bin/sh
            # mount.nfs DEVICE TARGET -o OPTIONS
            [ -d "${1#*:}" ] || { echo "mount.nfs: no such export" >&2; exit 32; }
            mount --bind "${1#*:}" "$2" || exit
            case $4 in ro,*) mount -o remount,bind,ro "$2";; esac
            """;

    private static final String OBJECTS =
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: disk}
            spec:
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteOnce]
              storageClassName: manual
              hostPath: {path: %s}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: kept}
            spec:
              accessModes: [ReadWriteOnce]
              storageClassName: manual
              resources: {requests: {storage: 500Mi}}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: own, labels: {of: shop}}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: look}
            data: {color: blue}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: login}
            stringData: {user: admin}
            ---
            """;

    private static final String POD =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: shop}}
            spec:
              terminationGracePeriodSeconds: 0
              initContainers:
              - name: writer
                image: localhost/box:1
                command: [sh, -c, 'echo "COLOR=red" > /out/vars.env']
                volumeMounts: [{name: scratch, mountPath: /out}]
              containers:
              - name: c
                image: localhost/box:1
                command: [sh, -c, 'echo $(IP) $(COLOR); while true; do sleep 1; done']
                resources: {limits: {memory: 64Mi}, requests: {cpu: 250m}}
                env:
                - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                - {name: POD_ID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}
                - {name: APP, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
                - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
                - {name: MEM, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
                - {name: CPU, valueFrom: {resourceFieldRef: {resource: requests.cpu, divisor: 1m}}}
                - {name: CORES, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
                - name: COLOR
                  valueFrom: {fileKeyRef: {volumeName: scratch, path: vars.env, key: COLOR}}
                volumeMounts:
                - {name: kept, mountPath: /kept}
                - {name: own, mountPath: /own, subPathExpr: $(POD)/$(APP)}
                - {name: info, mountPath: /info}
                - {name: all, mountPath: /all}
                - {name: mine, mountPath: /mine}
                - {name: tools, mountPath: /tools}
              volumes:
              - {name: scratch, emptyDir: {}}
              - {name: kept, persistentVolumeClaim: {claimName: kept}}
              - {name: own, persistentVolumeClaim: {claimName: own}}
              - name: info
                downwardAPI:
                  items:
                  - {path: labels, fieldRef: {fieldPath: metadata.labels}}
                  - path: cpu
                    mode: 0400
                    resourceFieldRef: {containerName: c, resource: requests.cpu, divisor: 1m}
              - name: all
                projected:
                  defaultMode: 0440
                  sources:
                  - configMap: {name: look}
                  - secret: {name: login, items: [{key: user, path: creds/user}]}
                  - downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}
              - name: mine
                ephemeral:
                  volumeClaimTemplate:
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
              - {name: tools, image: {reference: localhost/box:1}}
            """;

    private final Kelpie kelpie = ENGINE.kelpie();

    private String inside(String shell) {
        return kelpie.ok("exec", "web-c", "sh", "-c", shell);
    }

    private static final String DISK =
            """
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: disk}
            spec:
              capacity: {storage: 1Mi}
              accessModes: [ReadWriteOnce]
              volumeMode: Block
              local: {path: DEVICE}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: raw}
            spec:
              accessModes: [ReadWriteOnce]
              volumeMode: Block
              resources: {requests: {storage: 1Mi}}
            ---
            """;

    private static Optional<Path> blockDevice() {
        try (var devices = Files.list(Path.of("/sys/block"))) {
            return devices.map(each -> Path.of("/dev", String.valueOf(each.getFileName())))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String numbers(Result stat) {
        return stat.expect(0).stdout().strip();
    }

    @Test
    void givesABlockDeviceAsItIs() {
        assumeTrue(Host.isRoot(), "devices are root's");
        var device = blockDevice();
        assumeTrue(device.isPresent(), "this host has no block device");
        var objects = DISK.replace("DEVICE", device.get().toString());
        var volumes = "volumes: [{name: raw, persistentVolumeClaim: {claimName: raw}}]\n";
        var used = "volumeDevices: [{name: raw, devicePath: /dev/raw0}]\n";
        kelpie.play(
                objects
                        + Box.podWith(
                                "block", volumes, Box.containerWith("c", Box.staying(), used)));
        var inside =
                kelpie.run("exec", "block-c", "busybox", "stat", "-c", "%F %t:%T", "/dev/raw0");
        assertThat(numbers(inside))
                .startsWith("block special file ")
                .isEqualTo(numbers(Host.run("stat", "-c", "%F %t:%T", device.get().toString())));
        assertThat(kelpie.ok("volume", "ls", "-q")).doesNotContain("raw");
    }

    @Test
    void seesItsVolumesAndItself() {
        var disk = kelpie.directory().resolve("disk");
        var manifest = OBJECTS.formatted(disk) + POD;
        assertThat(kelpie.play(manifest)).startsWith("Volumes:\nkept\nown\nSecrets:\n");
        var id = kelpie.ok("pod", "inspect", "--format", "{{.ID}}", "web");
        assertThat(inside("echo $POD $APP $MEM $CPU $COLOR $POD_ID"))
                .isEqualTo("web shop 64 250 red " + id);
        assertThat(inside("test $CORES -ge 1 && echo $NODE")).isNotEmpty();
        assertThat(inside("hostname -i; echo $IP").lines().distinct()).hasSize(1);
        assertThat(inside("cat /info/labels; echo; cat /info/cpu")).isEqualTo("app=\"shop\"\n250");
        assertThat(inside("cat /all/color /all/creds/user /all/name")).isEqualTo("blueadminweb");
        assertThat(inside("ls -l /all/..data/color")).startsWith("-r--r-----");
        assertThat(inside("ls /tools/bin/busybox")).isEqualTo("/tools/bin/busybox");
        inside("echo kept > /kept/file; echo own > /own/file; touch /mine/file");
        kelpie.fails(1, "exec", "web-c", "touch", "/tools/x");
        kelpie.fails(1, "exec", "web-c", "touch", "/all/x");
        assertThat(disk.resolve("file")).hasContent("kept\n");
        assertThat(kelpie.ok("volume", "ls", "-q")).isEqualTo("kept\nown");
    }

    @Test
    void keepsClaimsAndForgetsThemWhenForced() {
        var disk = kelpie.directory().resolve("disk");
        var manifest = OBJECTS.formatted(disk) + POD;
        kelpie.play(manifest);
        inside("echo own > /own/file");
        var file = Host.write(kelpie.directory().resolve("pod.yaml"), manifest).toString();
        kelpie.ok("kube", "down", file);
        kelpie.play(manifest);
        assertThat(inside("cat /own/file")).isEqualTo("own");
        assertThat(kelpie.ok("kube", "down", "--force", file))
                .endsWith("Volumes removed:\nkept\nown");
        assertThat(kelpie.ok("volume", "ls", "-q")).isEmpty();
        assertThat(Files.isDirectory(disk)).isTrue();
    }

    private static String claimOf(Path export) {
        return """
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: nas}
        spec: {accessModes: [ReadWriteMany], nfs: {server: nas, path: %s}}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: shared}
        spec: {accessModes: [ReadWriteMany], volumeName: nas}
        ---
        """
                .formatted(export);
    }

    /// No host of ours has an NFS server: a stand-in for mount.nfs shows a folder instead.
    @Test
    void showsWhatAnotherMachineExports() throws IOException {
        assumeTrue(Host.isRoot(), "only root may mount nfs");
        var export = Files.createDirectories(kelpie.directory().resolve("export"));
        Host.write(export.resolve("hello"), "from afar");
        var program = Host.write(kelpie.directory().resolve("bin/mount.nfs"), MOUNT_NFS);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        kelpie.stopService();
        kelpie.with("PATH", program.getParent() + ":" + System.getenv("PATH"));
        var pod =
                Box.podWith(
                        "far",
                        """
                        volumes:
                        - {name: data, persistentVolumeClaim: {claimName: shared}}
                        - {name: look, nfs: {server: nas, path: %s, readOnly: true}}
                        """
                                .formatted(export),
                        Box.containerWith(
                                "c",
                                "cat /data/hello >/data/copy; touch /look/x || echo refused; "
                                        + Box.staying(),
                                "volumeMounts: [{name: data, mountPath: /data},"
                                        + " {name: look, mountPath: /look}]\n"));
        kelpie.play(claimOf(export) + pod);
        Await.until("the copy", () -> Files.exists(export.resolve("copy")));
        kelpie.awaitLog("far-c", "refused");
        assertThat(export.resolve("copy")).hasContent("from afar");
        kelpie.killService();
        kelpie.ok("pod", "rm", "-f", "-t", "0", "far");
        assertThat(Host.read(Path.of("/proc/self/mountinfo"))).doesNotContain(export.toString());
        assertThat(export.resolve("hello")).exists();
        assertThat(kelpie.playFails(pod.replace("path: " + export, "path: /absent")))
                .contains("no such export");
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
    }
}
