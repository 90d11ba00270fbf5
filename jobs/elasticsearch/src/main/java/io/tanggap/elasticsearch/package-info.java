/**
 * Documents into Elasticsearch: the sink, which delivers every document at least once and each version of it harmlessly, and
 * the indices that it writes to. Knows documents as bytes with an id and a version; nothing of cases or measures.
 */
@NullMarked
package io.tanggap.elasticsearch;

import org.jspecify.annotations.NullMarked;
