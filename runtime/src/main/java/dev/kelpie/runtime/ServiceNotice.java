package dev.kelpie.runtime;

import dev.kelpie.runtime.cgroup.UnitGroup;
import dev.kelpie.runtime.kernel.NotifySocket;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.util.ArrayList;
import java.util.List;

/// Tells systemd something of a unit that is not ours, see sd_notify(3). It believes only who is in
/// the unit's control group, which a service that serves many units is not.
public final class ServiceNotice {
    private ServiceNotice() {}

    /// Sends words such as `READY=1` for a unit, and returns when they have been read.
    ///
    /// @param socket what the unit's `NOTIFY_SOCKET` says
    /// @param group the unit's control group
    /// @param process one of the unit's, for which root may speak
    public static void send(String socket, String group, int process, List<String> words)
            throws InterruptedException {
        if (UserNamespace.isInitial()) {
            NotifySocket.sendAndWait(socket, String.join("\n", words), process);
            return;
        }
        // who is root only in a namespace of its own may speak for itself alone: so by a process
        // that goes where the unit is
        var inner = group + "/runtime";
        var argv = new ArrayList<>(List.of("/bin/sh", "-c"));
        argv.add("echo $$ >\"$0\" && exec systemd-notify \"$@\"");
        argv.add("/sys/fs/cgroup" + (UnitGroup.exists(inner) ? inner : group) + "/cgroup.procs");
        argv.addAll(words);
        Command.of(argv).withEnvironment("NOTIFY_SOCKET", socket).run();
    }
}
