package io.github.memfit.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.dotnet.DotNet;
import io.github.memfit.tuning.dotnet.DotNetFlags;
import io.github.memfit.tuning.go.Go;
import io.github.memfit.tuning.go.GoFlags;
import io.github.memfit.tuning.go.GoMemoryLimit;
import io.github.memfit.tuning.malloc.GlibcArenas;
import io.github.memfit.tuning.malloc.Malloc;
import io.github.memfit.tuning.malloc.MallocFlags;
import io.github.memfit.unit.Bytes;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

@Tag("bare")
class SmallCalculatorsProperties {

    @Provide
    Arbitrary<Bytes> sizes() {
        return Arbitraries.longs().between(1, 1L << 45).map(Bytes::of);
    }

    @Property
    void goLimitsComeBackFromTheirText(@ForAll @LongRange(min = 0) long value) {
        GoMemoryLimit limit = new GoMemoryLimit(Bytes.of(value));
        assertEquals(limit, GoMemoryLimit.parse(limit.toString()));
    }

    @Property
    void goPlansStayWithinTheLimit(@ForAll("sizes") Bytes limit, @ForAll("sizes") Bytes live) {
        Fit<GoFlags> answer = Go.within(limit).liveHeap(live).fit();
        if (answer instanceof Fit.Fits<GoFlags> fits) {
            assertFalse(fits.plan().total().isMoreThan(limit));
            GoMemoryLimit own = fits.flags().memoryLimit();
            assertEquals(
                    fits.flags(),
                    Go.within(limit).liveHeap(live).existing(own).fit().ifFits().orElseThrow());
        } else if (answer instanceof Fit.TooSmall<GoFlags> small) {
            assertTrue(Go.within(small.needed()).liveHeap(live).fit().isFit());
        }
    }

    @Property
    void mallocPlansStayWithinTheLimit(
            @ForAll("sizes") Bytes limit,
            @ForAll("sizes") Bytes burst,
            @ForAll @IntRange(min = 1, max = 500) int threads,
            @ForAll @IntRange(min = 1, max = 64) int cpus) {
        Fit<MallocFlags> answer =
                Malloc.within(limit).threads(threads).burst(burst).cpus(cpus).fit();
        if (answer instanceof Fit.Fits<MallocFlags> fits) {
            assertFalse(GlibcArenas.afterBursts(threads, burst, fits.flags().arenas())
                    .isMoreThan(limit));
            assertFalse(fits.plan().total().isMoreThan(limit));
        }
        int more = Malloc.within(limit.times(2))
                .threads(threads)
                .burst(burst)
                .cpus(cpus)
                .fit()
                .ifFits()
                .map(MallocFlags::arenas)
                .orElse(0);
        assertTrue(answer.ifFits().map(MallocFlags::arenas).orElse(0) <= more);
    }

    @Property
    void dotNetPlansStayWithinTheLimitAndGrowWithIt(@ForAll("sizes") Bytes one, @ForAll("sizes") Bytes other) {
        Fit<DotNetFlags> less = DotNet.within(one.min(other)).fit();
        Fit<DotNetFlags> more = DotNet.within(one.max(other)).fit();
        if (less instanceof Fit.Fits<DotNetFlags> fits) {
            assertFalse(fits.plan().total().isMoreThan(fits.limit()));
            assertFalse(more.ifFits()
                    .orElseThrow()
                    .heapLimit()
                    .isLessThan(fits.flags().heapLimit()));
        }
    }
}
