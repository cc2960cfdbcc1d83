package dev.kelpie.engine.spec;

import java.util.Optional;

/// One entry of a process's environment whose value is not known before the process starts, since
/// it, or one it may refer to, is in a secret or tells of the running pod. A spec names the secret
/// and never holds its value.
public sealed interface EnvSource {

    /// A value to be taken as it is and that no other entry refers to (`envFrom` of a ConfigMap).
    record Literal(String name, String text) implements EnvSource {
        public Literal {
            requireName(name);
        }
    }

    /// A value as written; `$(NAME)` in it means an entry before it that has a name of its own, not
    /// one of `Literal` or `AllOfSecret`.
    record Value(String name, String text) implements EnvSource {
        public Value {
            requireName(name);
        }
    }

    /// One variable out of a secret.
    ///
    /// @param key of a Kubernetes Secret (`secretKeyRef`); absent: the secret's whole content
    ///   (`--secret NAME,type=env`)
    /// @param optional without the secret or its key there is no variable; else that is an error
    record FromSecret(String name, String secret, Optional<String> key, boolean optional)
            implements EnvSource {
        public FromSecret {
            requireName(name);
        }
    }

    /// A variable for each key of a Kubernetes Secret (`envFrom`).
    ///
    /// @param prefix before each key
    record AllOfSecret(String prefix, String secret, boolean optional) implements EnvSource {}

    /// What a container is told of its own pod.
    record FromDownward(String name, Downward value) implements EnvSource {
        public FromDownward {
            requireName(name);
        }
    }

    /// A variable out of a file of `NAME=value` lines in a volume (`fileKeyRef`).
    ///
    /// @param path within the volume, which no container need mount
    /// @param optional without the file or the key there is no variable; else that is an error
    record FromFile(String name, String volume, String path, String key, boolean optional)
            implements EnvSource {
        public FromFile {
            requireName(name);
        }
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a variable name: '" + name + "'");
        }
    }
}
