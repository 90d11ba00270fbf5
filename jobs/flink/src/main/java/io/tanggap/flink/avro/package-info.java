/**
 * The bytes of topics: core records to and from the Avro contracts, in single-object encoding. The one package that sees
 * generated classes; knows nothing of Kafka, Flink or state.
 */
@NullMarked
package io.tanggap.flink.avro;

import org.jspecify.annotations.NullMarked;
