package io.tanggap.dashboards;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** That of a code of ISO 639-1; empty if there is none. */
    public static Optional<Language> of(@Nullable String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
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
