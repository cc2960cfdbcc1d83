package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An overlay mounted through fsopen(2), fsconfig(2), fsmount(2) and move_mount(2): any number of
/// lowers (up to the kernel's 500). Needs Linux 6.7 for `lowerdir+`.
final class OverlayBySteps {

    private static final int MOVE_MOUNT = 429;
    private static final int FSOPEN = 430;
    private static final int FSCONFIG = 431;
    private static final int FSMOUNT = 432;

    private static final int FSOPEN_CLOEXEC = 1;
    private static final int FSMOUNT_CLOEXEC = 1;
    private static final int FSCONFIG_SET_FLAG = 0;
    private static final int FSCONFIG_SET_STRING = 1;
    private static final int FSCONFIG_CMD_CREATE = 6;
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;

    private OverlayBySteps() {}

    static void mount(Mounts.Overlay overlay, Path target) {
        mount(overlay.lowers(), Optional.of(overlay), target);
    }

    /// Without an upper directory.
    static void merge(List<Path> lowers, Path target) {
        mount(lowers, Optional.empty(), target);
    }

    private static void mount(List<Path> lowers, Optional<Mounts.Overlay> writable, Path target) {
        try (var names = new ShortNames();
                var context = open()) {
            set(context, "source", "overlay");
            for (var lower : lowers) {
                set(context, "lowerdir+", names.of(lower));
            }
            writable.ifPresent(overlay -> {
                set(context, "upperdir", names.of(overlay.upper()));
                set(context, "workdir", names.of(overlay.work()));
            });
            set(context, "index", "off");
            set(context, "metacopy", "off");
            if (UserNamespace.isInitial()) {
                set(context, "redirect_dir", "off");
            } else {
                config(context, FSCONFIG_SET_FLAG, FileName.terminated("userxattr"), null);
            }
            config(context, FSCONFIG_CMD_CREATE, null, null);
            move(context, target);
        } catch (LastErrorException e) {
            throw Errno.failed("mount overlay", target.toString(), e);
        }
    }

    private static Fd open() {
        return new Fd(
                LibC.syscall(new NativeLong(FSOPEN), FileName.terminated("overlay"), FSOPEN_CLOEXEC)
                        .intValue());
    }

    private static void set(Fd context, String key, String value) {
        config(context, FSCONFIG_SET_STRING, FileName.terminated(key), FileName.terminated(value));
    }

    private static void config(
            Fd context, int command, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            LibC.syscall(new NativeLong(FSCONFIG), context.number(), command, key, value, 0);
        } catch (LastErrorException e) {
            throw Errno.failed("mount overlay", said(context), e);
        }
    }

    /// What the kernel says about the failure, one message per read: `e overlay: text`.
    private static String said(Fd context) {
        try {
            var buffer = new byte[1024];
            int length =
                    LibC.read(context.number(), buffer, new NativeLong(buffer.length)).intValue();
            return new String(buffer, 0, length, StandardCharsets.UTF_8).strip();
        } catch (LastErrorException _) {
            return "no message";
        }
    }

    private static void move(Fd context, Path target) {
        var number =
                LibC.syscall(
                        new NativeLong(FSMOUNT),
                        context.number(),
                        FSMOUNT_CLOEXEC,
                        new NativeLong(0),
                        0);
        try (var mounted = new Fd(number.intValue())) {
            LibC.syscall(
                    new NativeLong(MOVE_MOUNT),
                    mounted.number(),
                    FileName.terminated(""),
                    Fd.CWD,
                    FileName.terminated(target.toString()),
                    MOVE_MOUNT_F_EMPTY_PATH);
        }
    }
}
