package dev.kelpie.runtime.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What runs in the container: `process` of `config.json`, and the file given to `exec --process`.
public record OciProcess(
        boolean terminal,
        User user,
        List<String> args,
        List<String> env,
        String cwd,
        Capabilities capabilities,
        @JsonUnwrapped Confinement confinement) {

    public OciProcess {
        args = List.copyOf(args);
        env = List.copyOf(env);
    }

    /// Ids inside the container; `umask` in octal is 18 (022).
    public record User(long uid, long gid, List<Long> additionalGids, int umask) {

        /// The umask of the field, 0022.
        public static final int USUAL_UMASK = 18;

        public User {
            additionalGids = List.copyOf(additionalGids);
        }
    }

    /// The five capability sets, names with the prefix `CAP_`.
    public record Capabilities(
            List<String> bounding,
            List<String> effective,
            List<String> inheritable,
            List<String> permitted,
            List<String> ambient) {

        public Capabilities {
            bounding = List.copyOf(bounding);
            effective = List.copyOf(effective);
            inheritable = List.copyOf(inheritable);
            permitted = List.copyOf(permitted);
            ambient = List.copyOf(ambient);
        }
    }

    /// One limit of setrlimit(2); `type` is `RLIMIT_NOFILE` and the like; unlimited is 2^64-1.
    public record Rlimit(String type, BigInteger soft, BigInteger hard) {

        /// Takes the numbers as the kernel does: unsigned, so -1 is unlimited.
        public static Rlimit of(String type, long soft, long hard) {
            return new Rlimit(type, unsigned(soft), unsigned(hard));
        }

        /// One by its name in ulimit(1), `nofile`.
        public static Rlimit named(String name, long soft, long hard) {
            return of("RLIMIT_" + name.toUpperCase(Locale.ROOT), soft, hard);
        }

        private static BigInteger unsigned(long value) {
            return new BigInteger(Long.toUnsignedString(value));
        }
    }

    /// What holds the process back; unwrapped, so its fields stand beside `args` in the JSON.
    public record Confinement(
            boolean noNewPrivileges,
            Optional<Integer> oomScoreAdj,
            List<Rlimit> rlimits,
            Optional<String> apparmorProfile,
            Optional<String> selinuxLabel) {

        public Confinement {
            rlimits = List.copyOf(rlimits);
        }
    }
}
