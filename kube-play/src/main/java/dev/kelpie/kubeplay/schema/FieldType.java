package dev.kelpie.kubeplay.schema;

/// What a field may hold.
public sealed interface FieldType {

    /// An object with the fields of a model class.
    record Structure(Class<?> model) implements FieldType {}

    /// A list of one type.
    record ListOf(FieldType item) implements FieldType {}

    /// An object with free keys, such as labels.
    record MapOf(FieldType value) implements FieldType {}

    /// A single value, or anything at all.
    enum Simple implements FieldType {
        STRING("a string"),
        INT32("a whole number"),
        INT64("a whole number"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        INT_OR_STRING("a whole number or a string"),
        QUANTITY("an amount such as 500m, 1.5, 64Mi"),
        ANY("anything");

        private final String words;

        Simple(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
