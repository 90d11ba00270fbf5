/**
 * A single Elasticsearch node with HTTP, run as a process of its own from the server's published jars. Owns its start, its
 * end and its log; knows nothing of Tanggap's indices.
 */
@NullMarked
package io.tanggap.elasticsearchnode;

import org.jspecify.annotations.NullMarked;
