/**
 * What is written for dashboards: documents of every kind, rendered where their content is known. They hold no free text
 * and no contact data by construction: there is no component that could carry any.
 */
@NullMarked
package io.tanggap.flink.document;

import org.jspecify.annotations.NullMarked;
