package io.tanggap.dashboards;

/** A language in which dashboards are read. */
public enum Language {
    ENGLISH("en", "English", ""),
    INDONESIAN("id", "Bahasa Indonesia", "-id");

    private final String code;
    private final String name;
    private final String suffix;

    Language(String code, String name, String suffix) {
        this.code = code;
        this.name = name;
        this.suffix = suffix;
    }

    /** By ISO 639-1. */
    public String code() {
        return code;
    }

    /** What it calls itself. */
    public String ownName() {
        return name;
    }

    /** Of the ids of its dashboards. */
    String suffix() {
        return suffix;
    }
}
