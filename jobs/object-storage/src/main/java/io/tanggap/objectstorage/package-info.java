/** An S3 server over a directory, for tests that keep state of Flink in object storage. */
@NullMarked
package io.tanggap.objectstorage;

import org.jspecify.annotations.NullMarked;
