/**
 * Channels as they really speak: each payload of a channel to the events that it tells, with the category, the units and the
 * place of the reference, and what is personal in it apart and redacted. Pure functions of (payload, reference, key); knows no
 * Kafka and no Flink. CHANNELS.md documents every payload.
 */
@NullMarked
package io.tanggap.intake.channel;

import org.jspecify.annotations.NullMarked;
