package io.tanggap.app.architecture.bad.app;

import org.elasticsearch.client.RestClient;

final class UsesRestClient {
    RestClient client;
}
