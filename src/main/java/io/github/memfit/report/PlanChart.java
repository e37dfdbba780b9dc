package io.github.memfit.report;

import io.github.memfit.tuning.MemoryPlan;
import io.github.memfit.tuning.PlanRow;
import io.github.memfit.tuning.Provenance;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Ratio;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A {@link MemoryPlan} as a picture: one line for each region, whose bar starts where the bar of the region before ended, so
 * that the staircase ends at the limit. The colour says where a number comes from; what no region claims is hollow.
 *
 * {@snippet :
 * String svg = PlanChart.of(fits.plan()).toSvg();
 * Files.writeString(Path.of("plan.svg"), svg);
 * }
 *
 * <p>Bars are rounded down to a tenth of a unit, and a region that has bytes at all is at least half a unit wide. A limit of
 * zero draws no bar. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PlanChart {

    private static final int WIDTH = 760;
    private static final int LINE = 22;
    private static final int BAR = 14;
    private static final int LEFT = 168;
    private static final int LENGTH = 430;
    private static final int RIGHT = LEFT + LENGTH + 10;
    private static final int HEAD = 30;

    /** A longer name would run into the bars; the full one is the bar's tooltip. */
    private static final int LONGEST_NAME = 22;

    private static final String HOLLOW =
            "fill=\"none\" stroke=\"currentColor\" stroke-dasharray=\"3 2\" opacity=\".6\"";

    private final MemoryPlan plan;

    private PlanChart(MemoryPlan plan) {
        this.plan = Objects.requireNonNull(plan, "plan");
    }

    /**
     * A picture of a plan.
     *
     * @param plan the plan
     * @return the picture
     */
    public static PlanChart of(MemoryPlan plan) {
        return new PlanChart(plan);
    }

    /**
     * The picture as one {@code <svg>} element: printable ASCII, no script, no reference to anything outside; text in the
     * colour of its surroundings, so that it is readable on light and dark ground.
     *
     * @return the SVG, with its name space, ending in a newline
     */
    public String toSvg() {
        int lines = plan.rows().size() + 1;
        int height = HEAD + lines * LINE + LINE + 8;
        StringBuilder out = new StringBuilder();
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(WIDTH)
                .append("\" style=\"max-width:100%;height:auto\" font-family=\"system-ui,sans-serif\" font-size=\"13\"")
                .append(" fill=\"currentColor\" role=\"img\">\n");
        out.append("<title>").append(Markup.text(plan.toString())).append("</title>\n");
        scale(out, lines);
        Bytes start = Bytes.ZERO;
        int y = HEAD;
        for (PlanRow row : plan.rows()) {
            line(out, y, row.region(), start, row.bytes(), filled(row.provenance()), row.toString());
            start = start.plus(row.bytes());
            y += LINE;
        }
        line(out, y, "spare", start, plan.spare(), HOLLOW, "spare " + plan.spare() + " (no region claims it)");
        legend(out, y + LINE + 14);
        return out.append("</svg>\n").toString();
    }

    private static String filled(Provenance provenance) {
        return "fill=\"" + colour(provenance) + '"';
    }

    /** Told apart by people who see red and green alike, too, and against white and black. */
    private static String colour(Provenance provenance) {
        return switch (provenance) {
            case MEASURED -> "#1f9e89";
            case RULE -> "#4a78c2";
            case USER -> "#d08a1e";
            case KERNEL -> "#9a62b0";
        };
    }

    private void scale(StringBuilder out, int lines) {
        int bottom = HEAD + lines * LINE;
        for (int quarter = 0; quarter <= 4; quarter++) {
            int x = LEFT + LENGTH * quarter / 4;
            out.append("<path d=\"M")
                    .append(x)
                    .append(' ')
                    .append(HEAD - 6)
                    .append('V')
                    .append(bottom);
            out.append("\" stroke=\"currentColor\" opacity=\"")
                    .append(quarter == 4 ? ".7" : ".2")
                    .append("\"/>\n");
        }
        text(out, LEFT, HEAD - 12, "middle", "0");
        text(out, LEFT + LENGTH, HEAD - 12, "middle", "limit " + plan.limit().toHuman());
    }

    private void line(
            StringBuilder out, int y, String name, Bytes start, Bytes bytes, String style, String explanation) {
        text(out, LEFT - 10, y + BAR - 2, "end", Markup.text(name, LONGEST_NAME));
        long from = tenths(start);
        long wide = bytes.isZero() ? 0 : Math.max(5, tenths(start.plus(bytes)) - from);
        if (wide > 0 && !plan.limit().isZero()) {
            out.append("<rect x=\"");
            decimal(out, LEFT * 10L + from);
            out.append("\" y=\"").append(y).append("\" width=\"");
            decimal(out, wide);
            out.append("\" height=\"").append(BAR).append("\" ").append(style);
            out.append("><title>").append(Markup.text(explanation)).append("</title></rect>\n");
        }
        text(out, RIGHT, y + BAR - 2, "start", Markup.text(bytes.toHuman() + ", " + plan.share(bytes)));
    }

    /** Where a number of bytes lies on the scale, in tenths of a unit, rounded down. */
    private long tenths(Bytes bytes) {
        if (plan.limit().isZero()) {
            return 0;
        }
        return Bytes.of(LENGTH * 10L)
                .timesRoundedDown(Ratio.of(bytes.value(), plan.limit().value()))
                .value();
    }

    private void legend(StringBuilder out, int y) {
        Set<Provenance> used = EnumSet.noneOf(Provenance.class);
        plan.rows().forEach(row -> used.add(row.provenance()));
        int x = LEFT;
        for (Provenance provenance : used) {
            out.append("<rect x=\"")
                    .append(x)
                    .append("\" y=\"")
                    .append(y - 10)
                    .append("\" width=\"10\" height=\"10\" ");
            out.append(filled(provenance)).append("/>\n");
            text(out, x + 15, y, "start", provenance.toString());
            x += 100;
        }
    }

    private static void text(StringBuilder out, int x, int y, String anchor, String markup) {
        out.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" text-anchor=\"")
                .append(anchor);
        out.append("\">").append(markup).append("</text>\n");
    }

    private static void decimal(StringBuilder out, long tenths) {
        out.append(tenths / 10).append('.').append(tenths % 10);
    }

    /** Two pictures are equal when their plans are. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PlanChart && ((PlanChart) other).plan.equals(plan);
    }

    @Override
    public int hashCode() {
        return plan.hashCode();
    }

    /** One line; {@link #toSvg()} is the picture. */
    @Override
    public String toString() {
        return "Chart of " + plan;
    }
}
