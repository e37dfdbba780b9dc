package io.github.memfit.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bare")
class MemoryPlanTest {

    private static final PlanRow HEAP = new PlanRow("heap", Bytes.mebi(300), Provenance.RULE, "what is left");
    private static final PlanRow DIRECT = new PlanRow("direct memory", Bytes.mebi(64), Provenance.USER, "");

    @Test
    void whatNoRegionClaimsIsSpare() {
        MemoryPlan plan = MemoryPlan.of(Bytes.mebi(512), List.of(HEAP, DIRECT));
        assertEquals(Bytes.mebi(364), plan.total());
        assertEquals(Bytes.mebi(148), plan.spare());
        assertEquals(Optional.of(DIRECT), plan.row("direct memory"));
        assertEquals(Optional.empty(), plan.row("code"));
        assertEquals("364Mi of 512Mi in 2 regions, 148Mi spare", plan.toString());
    }

    @Test
    void rowsMayFillTheLimitButNotExceedIt() {
        assertEquals(Bytes.ZERO, MemoryPlan.of(Bytes.mebi(300), List.of(HEAP)).spare());
        assertThrows(
                IllegalArgumentException.class,
                () -> MemoryPlan.of(Bytes.mebi(300).minus(Bytes.of(1)), List.of(HEAP)));
    }

    @Test
    void aRegionIsPlannedOnce() {
        assertThrows(IllegalArgumentException.class, () -> MemoryPlan.of(Bytes.gibi(1), List.of(HEAP, HEAP)));
    }

    @Test
    void theBuilderSaysWhatIsLeft() {
        MemoryPlan.Builder plan = MemoryPlan.builder(Bytes.mebi(320)).row(HEAP);
        assertEquals(Bytes.mebi(20), plan.left());
        plan.row(DIRECT);
        assertEquals(Bytes.mebi(-44), plan.left());
        assertThrows(IllegalArgumentException.class, plan::build);
    }

    @Test
    void theTableAlignsAndEndsWithSpareAndLimit() {
        MemoryPlan plan = MemoryPlan.of(Bytes.mebi(512), List.of(HEAP, DIRECT));
        assertEquals("""
                region             bytes  share  from  why
                heap           300.0 MiB  58.6%  rule  what is left
                direct memory   64.0 MiB  12.5%  user
                spare          148.0 MiB  28.9%
                limit          512.0 MiB   100%
                """, plan.toTable());
        assertTrue(MemoryPlan.of(Bytes.ZERO, List.of()).toTable().contains("-"));
    }

    @Test
    void plansAreValues() {
        MemoryPlan plan = MemoryPlan.of(Bytes.mebi(512), List.of(HEAP, DIRECT));
        MemoryPlan same =
                MemoryPlan.builder(Bytes.mebi(512)).row(HEAP).row(DIRECT).build();
        assertEquals(plan, same);
        assertEquals(plan.hashCode(), same.hashCode());
        assertNotEquals(plan, MemoryPlan.of(Bytes.mebi(512), List.of(HEAP)));
        assertNotEquals(plan, MemoryPlan.of(Bytes.mebi(513), List.of(HEAP, DIRECT)));
    }

    @Test
    void rowsCannotForgeLinesOrHaveLessThanNothing() {
        assertThrows(IllegalArgumentException.class, () -> new PlanRow("a\nb", Bytes.ZERO, Provenance.RULE, ""));
        assertThrows(IllegalArgumentException.class, () -> new PlanRow("a", Bytes.ZERO, Provenance.RULE, "x\u001b[0m"));
        assertThrows(IllegalArgumentException.class, () -> new PlanRow(" ", Bytes.ZERO, Provenance.RULE, ""));
        assertThrows(IllegalArgumentException.class, () -> new PlanRow("a", Bytes.of(-1), Provenance.RULE, ""));
        assertEquals("heap 300Mi (rule: what is left)", HEAP.toString());
        assertEquals("direct memory 64Mi (user)", DIRECT.toString());
    }

    @Test
    void tooSmallNamesTheLargestRegionAndTheGap() {
        Fit.TooSmall<String> small = new Fit.TooSmall<>(
                Bytes.mebi(128),
                Bytes.mebi(364),
                List.of(DIRECT, HEAP),
                List.of(new Cut("direct memory", Bytes.mebi(32), "32m instead of 64m")));
        assertEquals(HEAP, small.largest());
        assertEquals(Bytes.mebi(236), small.missing());
        assertFalse(small.isFit());
        assertEquals(Optional.empty(), small.ifFits());
        assertEquals("needs 364Mi, has 128Mi; largest: heap 300Mi", small.toString());
        assertEquals(
                "direct memory: 32m instead of 64m (saves 32Mi)",
                small.cuts().get(0).toString());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Fit.TooSmall<>(Bytes.mebi(128), Bytes.mebi(128), List.of(HEAP), List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Fit.TooSmall<>(Bytes.mebi(128), Bytes.mebi(129), List.of(), List.of()));
    }

    @Test
    void fitsKnowsItsLimit() {
        Fit<String> fits = new Fit.Fits<>(
                "-Xmx300m",
                MemoryPlan.of(Bytes.mebi(512), List.of(HEAP)),
                List.of(new Warning("-Xms", "more than -Xmx")));
        assertTrue(fits.isFit());
        assertEquals(Optional.of("-Xmx300m"), fits.ifFits());
        assertEquals(Bytes.mebi(512), fits.limit());
        assertEquals(
                "-Xms: more than -Xmx",
                ((Fit.Fits<String>) fits).warnings().get(0).toString());
        assertThrows(IllegalArgumentException.class, () -> new Warning("-Xms", " "));
        assertThrows(IllegalArgumentException.class, () -> new Cut("heap", Bytes.ZERO, "less"));
    }
}
