package io.tanggap.reference;

/**
 * Something in a pack's files that a person should look at.
 *
 * @param file name of the file in the directory
 * @param line from 1; 0 if it is about the file as a whole
 * @param column in characters, from 1; 0 if it is about the line as a whole
 * @param sentence what is wrong and what to do
 */
public record Problem(String file, int line, int column, String sentence) {
    /** One line for people: {@code file:line:column: sentence}, without the numbers that are 0. */
    public String told() {
        return file + (line == 0 ? "" : ":" + line) + (column == 0 ? "" : ":" + column) + ": " + sentence;
    }
}
