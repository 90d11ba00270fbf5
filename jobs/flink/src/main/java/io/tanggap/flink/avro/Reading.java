package io.tanggap.flink.avro;

import java.util.function.Function;

/** What came of reading bytes: a value, or the reason why there is none. */
public sealed interface Reading<T> {

    /** The same reading of what is made of the value. */
    <U> Reading<U> map(Function<? super T, ? extends U> make);

    /** The bytes are what they should be. */
    record Read<T>(T value) implements Reading<T> {
        @Override
        public <U> Reading<U> map(Function<? super T, ? extends U> make) {
            return new Read<>(make.apply(value));
        }
    }

    /**
     * The bytes cannot be used.
     *
     * @param reason the code for the dead letter, for example {@code malformed.avro}
     * @param message the sentence for the dead letter
     */
    record Unreadable<T>(String reason, String message) implements Reading<T> {
        @Override
        public <U> Reading<U> map(Function<? super T, ? extends U> make) {
            return new Unreadable<>(reason, message);
        }
    }
}
