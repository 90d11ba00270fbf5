package io.tanggap.board;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A share with its limits, drawn in the page itself: it needs no script, and prints. */
final class IntervalBar {
    private static final int WIDTH = 120;

    private IntervalBar() {}

    /** SVG; empty where there is no share. The numbers stand beside it, so it is hidden from screen readers. */
    static String of(@Nullable Number low, @Nullable Number share, @Nullable Number high) {
        if (share == null) {
            return "";
        }
        StringBuilder svg = new StringBuilder("<svg class=\"bar\" width=\"" + WIDTH + "\" height=\"14\" viewBox=\"0 0 "
                + WIDTH + " 14\" aria-hidden=\"true\"><line class=\"track\" x1=\"0\" x2=\"" + WIDTH
                + "\" y1=\"7\" y2=\"7\"/>");
        if (low != null && high != null) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"between\" x1=\"%.1f\" x2=\"%.1f\" y1=\"7\" y2=\"7\"/>",
                    WIDTH * low.doubleValue(),
                    WIDTH * high.doubleValue()));
        }
        return svg.append(String.format(
                        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"7\" r=\"4\"/></svg>", WIDTH * share.doubleValue()))
                .toString();
    }
}
