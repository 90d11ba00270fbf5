package io.tanggap.app.architecture.bad.flink;

/** Harmless: what the class that breaks the layers reaches for. */
public final class Neighbour {}
