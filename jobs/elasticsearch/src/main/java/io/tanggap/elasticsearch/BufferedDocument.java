package io.tanggap.elasticsearch;

import java.io.Serializable;

/**
 * A document on its way.
 *
 * @param deadLetter whether it stands for a document that was refused; it must not be refused itself
 */
record BufferedDocument(DocumentWrite write, boolean deadLetter) implements Serializable {
    Key key() {
        return new Key(write.index(), write.id());
    }

    record Key(String index, String id) {}
}
