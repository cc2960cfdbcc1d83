package dev.kelpie.image.registry;

/// Who we are to a registry.
public sealed interface Credentials {

    /// A name and a password, or a name and an access token.
    record Password(String user, String password) implements Credentials {
        /// From `user:password` as `--creds` takes it.
        public static Password parse(String text) {
            var colon = text.indexOf(':');
            if (colon <= 0) {
                throw new IllegalArgumentException("credentials are not of the form user:password");
            }
            return new Password(text.substring(0, colon), text.substring(colon + 1));
        }

        @Override
        public String toString() {
            return "Password[" + user + "]";
        }
    }

    /// An OAuth2 refresh token, `identitytoken` in the auth file.
    record IdentityToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "IdentityToken";
        }
    }
}
