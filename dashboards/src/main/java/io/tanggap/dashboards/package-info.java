/**
 * Dashboards: readable sources, and the saved objects of Kibana that are made of them. Knows Kibana's formats and nothing of jobs.
 */
@NullMarked
package io.tanggap.dashboards;

import org.jspecify.annotations.NullMarked;
