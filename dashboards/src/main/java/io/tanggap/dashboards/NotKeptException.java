package io.tanggap.dashboards;

import java.io.IOException;

/**
 * What this Kibana keeps for nobody, or not for you. Its message says why and what to do; everything else can be installed
 * without it.
 */
public final class NotKeptException extends IOException {
    private static final long serialVersionUID = 1;

    NotKeptException(String message) {
        super(message);
    }
}
