package dev.kelpie.quadlet.installed;

/// What `quadlet list` tells of one unit file.
public record Row(
        String name, String unitName, String path, String status, String app, String pod) {

    /// A column by its name in templates, empty for one that there is not.
    public String field(String field) {
        return switch (field) {
            case "Name" -> name;
            case "UnitName" -> unitName;
            case "Path" -> path;
            case "Status" -> status;
            case "App" -> app;
            case "Pod" -> pod;
            default ->
                    throw new InstallException(
                            "there is no field '"
                                    + field
                                    + "': it has Name, UnitName, Path, Status, App, Pod");
        };
    }

    String json() {
        var text = new StringBuilder("  {\n");
        var comma = "";
        for (var field : new String[] {"Name", "UnitName", "Path", "Status", "App", "Pod"}) {
            text.append(comma).append("    \"").append(field).append("\": ");
            quote(text, field(field));
            comma = ",\n";
        }
        return text.append("\n  }").toString();
    }

    private static void quote(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
