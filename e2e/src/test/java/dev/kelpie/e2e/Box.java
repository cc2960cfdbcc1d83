package dev.kelpie.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The image of most tests: busybox under the names of the applets that they use, and nothing else.
final class Box {
    static final String IMAGE = "localhost/box:1";

    private static final List<String> APPLETS =
            List.of(
                    "sh",
                    "cat",
                    "df",
                    "echo",
                    "env",
                    "false",
                    "grep",
                    "head",
                    "hostname",
                    "httpd",
                    "id",
                    "kill",
                    "ls",
                    "mkdir",
                    "mount",
                    "nc",
                    "nslookup",
                    "ping",
                    "ps",
                    "pwd",
                    "seq",
                    "sleep",
                    "stty",
                    "test",
                    "touch",
                    "true",
                    "tty",
                    "wget");

    private Box() {}

    /// Makes a folder to build the image from and returns it.
    static Path context(Path directory) {
        var context = directory.resolve("box");
        Host.write(context.resolve("Containerfile"), "FROM scratch\nCOPY rootfs /\nCMD [\"sh\"]\n");
        try {
            var bin = Files.createDirectories(context.resolve("rootfs/bin"));
            Files.createDirectories(context.resolve("rootfs/tmp"));
            Files.createDirectories(context.resolve("rootfs/home"));
            Files.copy(Path.of("/bin/busybox"), bin.resolve("busybox"));
            for (var applet : APPLETS) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
            Host.write(
                    context.resolve("rootfs/etc/passwd"),
                    "root:x:0:0::/:/bin/sh\nmate:x:1000:100::/home:/bin/sh\n");
            Host.write(context.resolve("rootfs/etc/group"), "root:x:0:\ncrew:x:100:mate\n");
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void build(Kelpie kelpie) {
        kelpie.ok("build", "-t", IMAGE, context(kelpie.directory()).toString());
    }

    /// A pod of containers that each run a line of shell; see [#container].
    static String pod(String name, String... containers) {
        return podWith(name, "", containers);
    }

    /// The same with more lines in its `spec`, each ending the line.
    static String podWith(String name, String spec, String... containers) {
        return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: "
                + name
                + "\nspec:\n  terminationGracePeriodSeconds: 1\n"
                + spec.indent(2)
                + "  containers:\n"
                + String.join("", containers);
    }

    /// One entry of `containers`: the image above with a line of shell.
    static String container(String name, String shell) {
        return containerWith(name, shell, "");
    }

    /// The same with more fields, given without indentation.
    static String containerWith(String name, String shell, String fields) {
        var entry =
                "name: "
                        + name
                        + "\nimage: "
                        + IMAGE
                        + "\ncommand:\n- sh\n- -c\n- |\n"
                        + shell.indent(2)
                        + fields;
        return entry.indent(6).replaceFirst("^ {6}", "    - ");
    }

    /// Shell that stays until it is told to end, and then ends at once.
    static String staying() {
        return "trap 'exit 0' TERM; while :; do sleep 1000 & wait $!; done";
    }
}
