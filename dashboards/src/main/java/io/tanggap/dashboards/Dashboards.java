package io.tanggap.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dashboards of this version: their sources lie beside this class, one file each, in English; what their texts are in the
 * other language is in one file too.
 */
public final class Dashboards {
    /** Where {@code tanggap board} serves the board, unless it is told otherwise: on the reader's machine. */
    public static final String BOARD_HERE = "http://localhost:8311";

    private static final List<String> SOURCES = List.of("leadership", "unit", "desk", "handovers", "health", "equity");

    private final BoardReader reader;
    private final List<Board> boards;
    private final String explanations;

    /** Dashboards whose cases and alerts lead to {@link #BOARD_HERE}. */
    public Dashboards() {
        this(BOARD_HERE);
    }

    /** @param explanations the address of the board to which cases and alerts lead, for their explanation */
    public Dashboards(String explanations) {
        this.explanations = explanations.replaceFirst("/+$", "");
        reader = reader(null);
        boards = SOURCES.stream().map(name -> board(reader, name)).toList();
    }

    private static BoardReader reader(@Nullable Desk desk) {
        return new BoardReader("rows.yaml", source("rows.yaml"), desk);
    }

    private static Board board(BoardReader reader, String name) {
        return reader.read(name + ".yaml", source(name + ".yaml"));
    }

    /**
     * The saved objects of Kibana, data views first; what refers to another comes after it, but for dashboards, which refer
     * to each other.
     *
     * @param asOf until when dashboards look when they are opened; null is now
     */
    public List<ObjectNode> savedObjects(@Nullable Instant asOf) {
        List<ObjectNode> objects = new ArrayList<>();
        reader.views().forEach(view -> objects.add(DataViews.object(view, explanations)));
        objects.addAll(compiled(boards, asOf));
        return objects;
    }

    /**
     * The saved objects of one desk, which need no others: the views of its cases and its alerts, and the overdue desk of them
     * alone.
     *
     * @param asOf as of {@link #savedObjects}
     */
    public List<ObjectNode> savedObjects(Desk desk, @Nullable Instant asOf) {
        BoardReader own = reader(desk);
        List<ObjectNode> objects = new ArrayList<>();
        own.viewsOfDesks().forEach(view -> objects.add(DataViews.object(view, explanations)));
        objects.addAll(compiled(List.of(board(own, "desk").of(desk)), asOf));
        return objects;
    }

    private static List<ObjectNode> compiled(List<Board> boards, @Nullable Instant asOf) {
        List<ObjectNode> objects = new ArrayList<>();
        SavedObjects compiler = new SavedObjects(boards);
        for (Language language : Language.values()) {
            Texts texts = texts(language);
            boards.forEach(board -> objects.add(compiler.dashboard(board, texts, asOf)));
        }
        return objects;
    }

    /** Objects as a file that Kibana imports: one on each line. */
    public static String ndjson(List<ObjectNode> objects) {
        StringBuilder lines = new StringBuilder();
        objects.forEach(object -> lines.append(object).append('\n'));
        return lines.toString();
    }

    List<Board> boards() {
        return boards;
    }

    List<Rule> rules() {
        return reader.rules("rules.yaml", source("rules.yaml"));
    }

    static Texts texts(Language language) {
        return Texts.beside(Dashboards.class, language);
    }

    private static String source(String name) {
        return Texts.resource(Dashboards.class, name);
    }
}
