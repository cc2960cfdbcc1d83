package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.oci.OciRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// conmon's command lines, with only options that 2.1.6 and later have; see conmon(8).
final class ConmonArguments {

    private ConmonArguments() {}

    static List<String> create(Path conmon, CreateRequest request) {
        var files = request.files();
        var runtime = request.runtime();
        var argv = shared(conmon, files.id(), runtime.creator(), runtime, files.ociLog());
        add(argv, "-u", files.id(), "-n", request.name());
        add(argv, "-b", files.bundle().toString(), "-p", files.pidFile().toString());
        add(
                argv,
                "--exit-dir",
                files.exits().toString(),
                "--persist-dir",
                files.persist().toString());
        add(argv, "--conmon-pidfile", files.conmonPidFile().toString());
        habits(argv, request.habits(), files);
        stdio(argv, request.stdio());
        exitCommand(argv, request.exitCommand());
        return argv;
    }

    private static void habits(List<String> argv, ConmonHabits habits, ConmonFiles files) {
        if (!habits.logs().equals(List.of("none"))) {
            add(argv, "-l", "k8s-file:" + files.log());
        }
        habits.logs().forEach(log -> add(argv, "-l", log));
        habits.logMaxBytes().ifPresent(most -> add(argv, "--log-size-max", Long.toString(most)));
        habits.logTag().ifPresent(tag -> add(argv, "--log-tag", tag));
        habits.notifySocket()
                .ifPresent(socket -> add(argv, "--sdnotify-socket", socket.toString()));
        habits.longestRun()
                .ifPresent(time -> add(argv, "--timeout", Long.toString(time.toSeconds())));
    }

    static List<String> exec(Path conmon, ExecRequest request, ExecFiles files) {
        var id = request.container().id();
        var runtime = request.runtime();
        var program = List.of(runtime.executable().toString());
        var argv = shared(conmon, id, program, runtime, files.ociLog());
        add(argv, "-u", request.session(), "-n", request.session());
        add(argv, "-b", files.folder().toString(), "-p", files.pidFile().toString());
        add(
                argv,
                "--exit-dir",
                files.exits().toString(),
                "--persist-dir",
                files.persist().toString());
        add(argv, "--conmon-pidfile", files.conmonPidFile().toString());
        add(argv, "-l", "none", "-e", "--exec-process-spec", files.processSpec().toString());
        if (request.attach()) {
            argv.add("--exec-attach");
        }
        stdio(argv, request.stdio());
        exitCommand(argv, request.exitCommand());
        return argv;
    }

    /// @param caller what conmon executes: the runtime's program, perhaps by way of another
    private static List<String> shared(
            Path conmon, String id, List<String> caller, OciRuntime runtime, Path ociLog) {
        var argv = new ArrayList<String>();
        add(argv, conmon.toString(), "--api-version", "1", "-c", id);
        add(argv, "-r", caller.getFirst(), "--full-attach");
        for (var argument : caller.subList(1, caller.size())) {
            add(argv, "--runtime-arg", argument);
        }
        for (var argument : runtime.globalArguments()) {
            add(argv, "--runtime-arg", argument);
        }
        for (var argument : List.of("--log-format=json", "--log=" + ociLog)) {
            add(argv, "--runtime-arg", argument);
        }
        return argv;
    }

    private static void stdio(List<String> argv, Stdio stdio) {
        if (stdio.terminal()) {
            argv.add("-t");
        }
        if (stdio.stdin()) {
            argv.add("-i");
        }
        if (stdio.stdinOutlivesClients()) {
            argv.add("--leave-stdin-open");
        }
    }

    private static void exitCommand(List<String> argv, List<String> command) {
        if (command.isEmpty()) {
            return;
        }
        add(argv, "--exit-command", command.getFirst());
        for (var argument : command.subList(1, command.size())) {
            add(argv, "--exit-command-arg", argument);
        }
    }

    private static void add(List<String> argv, String... words) {
        argv.addAll(List.of(words));
    }

    /// Where the files of one exec session are.
    record ExecFiles(Path folder, String containerId) {

        Path processSpec() {
            return folder.resolve("process.json");
        }

        Path pidFile() {
            return folder.resolve("exec_pid");
        }

        Path conmonPidFile() {
            return folder.resolve("conmon.pid");
        }

        Path ociLog() {
            return folder.resolve("oci-log");
        }

        Path exits() {
            return folder.resolve("exit");
        }

        /// conmon names it by the container, not by the session.
        Path exitFile() {
            return exits().resolve(containerId);
        }

        Path persist() {
            return folder.resolve("persist").resolve(containerId);
        }

        Path attachSocket() {
            return folder.resolve("attach");
        }

        Path controlPipe() {
            return folder.resolve("ctl");
        }
    }
}
