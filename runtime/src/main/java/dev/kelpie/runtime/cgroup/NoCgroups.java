package dev.kelpie.runtime.cgroup;

import dev.kelpie.runtime.CgroupException;
import java.util.List;
import java.util.Optional;

/// No control group that this user may change: v1, or v2 without delegation (cgroups(7)). Nothing
/// is made, limited or counted; processes are found by their namespaces alone.
record NoCgroups() implements Cgroups {

    @Override
    public Mode mode() {
        return Mode.NONE;
    }

    @Override
    public List<String> controllers() {
        return List.of();
    }

    @Override
    public void create(String path, ResourceLimits limits) {
        // every process stays in the group that it was born in
    }

    @Override
    public boolean exists(String path) {
        return true;
    }

    @Override
    public boolean holdsUs(String path) {
        return true;
    }

    @Override
    public void add(String path, int pid) {
        // as create
    }

    @Override
    public void makeRoom(String path, String inner) {
        // nobody is in any
    }

    @Override
    public List<Integer> processes(String path) {
        return List.of();
    }

    @Override
    public boolean killAll(String path) {
        return true;
    }

    @Override
    public void freeze(String path, boolean frozen) {
        throw new CgroupException("cannot pause: there are no control groups for this user");
    }

    @Override
    public boolean isFrozen(String path) {
        return false;
    }

    @Override
    public void remove(String path) {
        // as create
    }

    @Override
    public Optional<Usage> usage(String path) {
        return Optional.empty();
    }
}
