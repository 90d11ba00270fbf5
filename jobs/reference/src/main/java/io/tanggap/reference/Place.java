package io.tanggap.reference;

/** Where something stands; the numbers are those of {@link Problem}. */
record Place(String file, int line, int column) {
    static Place of(String file) {
        return new Place(file, 0, 0);
    }
}
