package io.tanggap.app.architecture.bad.flink.document;

final class UsesTheMachinesLocale {
    final String share = String.format("%.1f", .5);
}
