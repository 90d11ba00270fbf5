package io.tanggap.intake;

import java.util.List;

/**
 * A mapping or a file that cannot be used at all: nothing of it was emitted. Every problem is one sentence that names
 * file, line and column where there is one, says what is wrong and what to do.
 */
public final class Refusal extends RuntimeException {
    private final transient List<String> problems;

    Refusal(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    Refusal(String problem) {
        this(List.of(problem));
    }

    /** All problems that were found, in the order of the file; at least one. */
    public List<String> problems() {
        return problems;
    }
}
