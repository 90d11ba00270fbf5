package io.tanggap.app.architecture.bad.core;

import com.fasterxml.jackson.databind.ObjectMapper;

final class UsesJackson {
    final ObjectMapper json = new ObjectMapper();
}
