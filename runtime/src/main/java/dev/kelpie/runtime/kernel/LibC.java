package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/// The C library, mapped directly; a call that gives -1 throws `LastErrorException` with the errno
/// JNA caught.
///
/// The variadic ones (`open`, `fcntl`, `syscall`) take their arguments in the same registers as
/// plain functions on the architectures we run on (x86-64, arm64).
final class LibC {

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int open(byte[] path, int flags, int mode) throws LastErrorException;

    static native int close(int fd);

    static native NativeLong read(int fd, byte[] buffer, NativeLong count)
            throws LastErrorException;

    static native NativeLong write(int fd, byte[] buffer, NativeLong count)
            throws LastErrorException;

    static native int flock(int fd, int operation) throws LastErrorException;

    static native int fsync(int fd) throws LastErrorException;

    static native int syncfs(int fd) throws LastErrorException;

    static native int poll(byte[] fds, NativeLong count, int timeout) throws LastErrorException;

    static native int eventfd(int initial, int flags) throws LastErrorException;

    static native int memfd_create(byte[] name, int flags) throws LastErrorException;

    static native int pipe2(int[] ends, int flags) throws LastErrorException;

    static native int fcntl(int fd, int command, NativeLong argument) throws LastErrorException;

    static native int kill(int pid, int signal) throws LastErrorException;

    static native int waitpid(int pid, int[] status, int options) throws LastErrorException;

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int connect(int fd, byte[] address, int length) throws LastErrorException;

    static native int shutdown(int fd, int how) throws LastErrorException;

    static native NativeLong send(int fd, byte[] buffer, NativeLong length, int flags)
            throws LastErrorException;

    static native NativeLong sendmsg(int fd, Pointer message, int flags) throws LastErrorException;

    static native int getrlimit(int resource, byte[] limits) throws LastErrorException;

    static native int prctl(
            int option, NativeLong arg2, NativeLong arg3, NativeLong arg4, NativeLong arg5)
            throws LastErrorException;

    /// Moves the calling thread into the namespace behind a descriptor; `kind` 0 takes any.
    static native int setns(int fd, int kind) throws LastErrorException;

    static native int mount(
            byte[] source, byte[] target, byte[] type, NativeLong flags, byte[] data)
            throws LastErrorException;

    static native int umount2(byte[] target, int flags) throws LastErrorException;

    static native int mkdirat(int dir, byte[] name, int mode) throws LastErrorException;

    static native int mknodat(int dir, byte[] name, int mode, NativeLong device)
            throws LastErrorException;

    static native int symlinkat(byte[] target, int dir, byte[] name) throws LastErrorException;

    static native int linkat(int fromDir, byte[] from, int toDir, byte[] to, int flags)
            throws LastErrorException;

    static native int renameat(int fromDir, byte[] from, int toDir, byte[] to)
            throws LastErrorException;

    static native int unlinkat(int dir, byte[] name, int flags) throws LastErrorException;

    static native int fchownat(int dir, byte[] name, int uid, int gid, int flags)
            throws LastErrorException;

    static native int fchmod(int fd, int mode) throws LastErrorException;

    static native int fchmodat(int dir, byte[] name, int mode, int flags) throws LastErrorException;

    static native int utimensat(int dir, byte[] name, long[] times, int flags)
            throws LastErrorException;

    static native NativeLong readlinkat(int dir, byte[] name, byte[] buffer, NativeLong size)
            throws LastErrorException;

    static native int setxattr(byte[] path, byte[] name, byte[] value, NativeLong size, int flags)
            throws LastErrorException;

    static native int lsetxattr(byte[] path, byte[] name, byte[] value, NativeLong size, int flags)
            throws LastErrorException;

    static native NativeLong lgetxattr(byte[] path, byte[] name, byte[] value, NativeLong size)
            throws LastErrorException;

    static native NativeLong llistxattr(byte[] path, byte[] list, NativeLong size)
            throws LastErrorException;

    static native int ftruncate(int fd, NativeLong length) throws LastErrorException;

    static native NativeLong lseek(int fd, NativeLong offset, int whence) throws LastErrorException;

    static native NativeLong getdents64(int fd, byte[] entries, NativeLong size)
            throws LastErrorException;

    static native int statx(int dir, byte[] path, int flags, int mask, byte[] result)
            throws LastErrorException;

    /// openat2(2), with the same number on every architecture.
    static native NativeLong syscall(
            NativeLong number, int dir, byte[] path, byte[] how, NativeLong size)
            throws LastErrorException;

    /// pidfd_open(2), pidfd_send_signal(2), fsmount(2): numbers only.
    static native NativeLong syscall(NativeLong number, int a, int b, NativeLong c, int d)
            throws LastErrorException;

    /// fsopen(2).
    static native NativeLong syscall(NativeLong number, byte[] name, int flags)
            throws LastErrorException;

    /// fsconfig(2).
    static native NativeLong syscall(
            NativeLong number,
            int fd,
            int command,
            byte @Nullable [] key,
            byte @Nullable [] value,
            int aux)
            throws LastErrorException;

    /// open_tree(2).
    static native NativeLong syscall(NativeLong number, int dir, byte[] path, int flags)
            throws LastErrorException;

    /// mount_setattr(2).
    static native NativeLong syscall(
            NativeLong number, int dir, byte[] path, int flags, byte[] attributes, NativeLong size)
            throws LastErrorException;

    /// move_mount(2).
    static native NativeLong syscall(
            NativeLong number, int fromDir, byte[] from, int toDir, byte[] to, int flags)
            throws LastErrorException;
}
