package dev.kelpie.image.build;

import dev.kelpie.image.Image;
import java.io.IOException;
import java.util.OptionalLong;

/// Users as an image's own /etc/passwd has them, read from its layers.
public final class ImageUsers {

    private ImageUsers() {}

    /// The uid of a user given by name or number; empty when the image does not know the name. A
    /// number is the uid itself.
    public static OptionalLong uid(Image image, String user) {
        try {
            return Ownership.uid(user, new LowerView(image.lowerDirectories()));
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
