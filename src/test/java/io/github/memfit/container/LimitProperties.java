package io.github.memfit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.cgroup.CgroupLimit;
import io.github.memfit.cgroup.CgroupVersion;
import io.github.memfit.unit.Absence;
import io.github.memfit.unit.Bytes;
import io.github.memfit.unit.Reading;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Which limit binds and what is left, for any chain of groups. */
@Tag("bare")
class LimitProperties {

    private static final LimitSource SOURCE = new LimitSource(LimitSource.Kind.ANCESTOR, "/x", "memory.max");
    private static final Absence WHY = new Absence(Absence.Reason.DENIED, "/x/memory.max", "permission denied");
    private static final long TERA = 1L << 40;

    private static Limit bounded(long bytes) {
        return new Limit.Bounded(Bytes.of(bytes), SOURCE);
    }

    @Provide
    Arbitrary<Limit> limits() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.longs().between(0, TERA).map(LimitProperties::bounded)),
                Tuple.of(2, Arbitraries.just(Limit.UNBOUNDED)));
    }

    @Provide
    Arbitrary<MemoryLevel> levels() {
        return Combinators.combine(
                        limits(),
                        limits(),
                        Arbitraries.longs().between(0, TERA),
                        Arbitraries.longs().between(0, TERA))
                .as((hard, high, usage, inactive) -> new MemoryLevel(
                        "/x",
                        Reading.of(Bytes.of(usage)),
                        Reading.of(Bytes.of(Formulas.difference(usage, inactive))),
                        hard,
                        high,
                        true));
    }

    @Provide
    Arbitrary<List<MemoryLevel>> chains() {
        return levels().list().ofMinSize(1).ofMaxSize(8);
    }

    private static MemoryLevel with(MemoryLevel level, Limit hard, boolean binds) {
        return new MemoryLevel(level.directory(), level.usage(), level.workingSet(), hard, level.high(), binds);
    }

    private static Limit effective(List<MemoryLevel> chain) {
        return Limits.lowest(chain, MemoryLevel::hardLimit);
    }

    private static long amount(Limit limit) {
        return limit.amount().map(Bytes::value).orElse(Long.MAX_VALUE);
    }

    private static Reading<Bytes> headroom(List<MemoryLevel> chain) {
        return Headroom.least(effective(chain), chain.get(0).usage(), chain, MemoryLevel::usage);
    }

    @Property
    void tighteningAnAncestorNeverRaisesTheLimit(
            @ForAll("chains") List<MemoryLevel> chain,
            @ForAll @IntRange(min = 0, max = 7) int which,
            @ForAll @LongRange(min = 0, max = TERA) long less) {
        int at = which % chain.size();
        long before = amount(chain.get(at).hardLimit());
        List<MemoryLevel> tighter = new ArrayList<>(chain);
        tighter.set(at, with(chain.get(at), bounded(Math.min(before, less)), true));
        assertTrue(amount(effective(tighter)) <= amount(effective(chain)));
        if (headroom(chain).isPresent()) {
            assertTrue(headroom(tighter)
                            .value()
                            .orElseThrow()
                            .compareTo(headroom(chain).value().orElseThrow())
                    <= 0);
        }
    }

    @Property
    void limitIsOneOfTheChainAndNoneIsLower(@ForAll("chains") List<MemoryLevel> chain) {
        Limit limit = effective(chain);
        long least = chain.stream()
                .mapToLong(level -> amount(level.hardLimit()))
                .min()
                .orElseThrow();
        assertEquals(least, amount(limit));
        assertTrue(chain.stream().anyMatch(level -> level.hardLimit().equals(limit)));
    }

    @Property
    void aLevelThatDoesNotBindDoesNotMatter(
            @ForAll("chains") List<MemoryLevel> chain, @ForAll("levels") MemoryLevel loose) {
        List<MemoryLevel> longer = new ArrayList<>(chain);
        longer.add(with(loose, loose.hardLimit(), false));
        assertEquals(effective(chain), effective(longer));
        assertEquals(headroom(chain), headroom(longer));
    }

    @Property
    void unlimitedIsNeverANumber(@ForAll("chains") List<MemoryLevel> chain) {
        boolean none = chain.stream().allMatch(level -> level.hardLimit().equals(Limit.UNBOUNDED));
        assertEquals(none, effective(chain) instanceof Limit.Unbounded);
        assertEquals(!none, headroom(chain).isPresent());
    }

    @Property
    void whatCannotBeReadMakesTheLimitUnknownAndNeverHigher(
            @ForAll("chains") List<MemoryLevel> chain, @ForAll @IntRange(min = 0, max = 7) int which) {
        int at = which % chain.size();
        List<MemoryLevel> broken = new ArrayList<>(chain);
        broken.set(at, with(chain.get(at), new Limit.Unknown(WHY, Limit.UNBOUNDED), true));
        Limit limit = effective(broken);
        assertTrue(limit instanceof Limit.Unknown);
        assertTrue(amount(Limits.known(limit)) >= amount(effective(chain)));
        assertFalse(headroom(broken).isPresent());
    }

    @Property
    void headroomIsTheLeastOfTheLevels(@ForAll("chains") List<MemoryLevel> chain) {
        long least = Long.MAX_VALUE;
        for (MemoryLevel level : chain) {
            Reading<Bytes> here = level.headroom();
            least = Math.min(least, here.map(Bytes::value).orElse(Long.MAX_VALUE));
        }
        assertEquals(least, headroom(chain).map(Bytes::value).orElse(Long.MAX_VALUE));
    }

    @Property
    void givingUpCacheNeverLessensTheHeadroom(@ForAll("chains") List<MemoryLevel> chain) {
        Reading<Bytes> all = headroom(chain);
        Reading<Bytes> working =
                Headroom.least(effective(chain), chain.get(0).workingSet(), chain, MemoryLevel::workingSet);
        assertEquals(all.isPresent(), working.isPresent());
        if (all.isPresent()) {
            assertTrue(working.value().orElseThrow().compareTo(all.value().orElseThrow()) >= 0);
        }
    }

    @Property
    void usingMoreNeverRaisesTheHeadroom(
            @ForAll("chains") List<MemoryLevel> chain, @ForAll @LongRange(min = 0, max = TERA) long more) {
        List<MemoryLevel> fuller = chain.stream()
                .map(level -> new MemoryLevel(
                        level.directory(),
                        level.usage().map(bytes -> bytes.plus(Bytes.of(more))),
                        level.workingSet(),
                        level.hardLimit(),
                        level.high(),
                        true))
                .toList();
        if (headroom(chain).isPresent()) {
            assertEquals(
                    headroom(chain).value().orElseThrow().minus(Bytes.of(more)),
                    headroom(fuller).value().orElseThrow());
        }
    }

    @Property
    void aHiddenAncestorCountsWithTheOwnUsage(
            @ForAll("chains") List<MemoryLevel> chain, @ForAll @LongRange(min = 0, max = TERA) long told) {
        Limit hidden = Limits.hidden(Reading.of(CgroupLimit.of(told)), "/x");
        Limit limit = Limits.lower(effective(chain), hidden);
        assertEquals(Math.min(amount(effective(chain)), told), amount(limit));
        Reading<Bytes> headroom = Headroom.least(limit, chain.get(0).usage(), chain, MemoryLevel::usage);
        long own = chain.get(0).usage().value().orElseThrow().value();
        assertTrue(headroom.value().orElseThrow().value() <= amount(limit) - own || limit.equals(effective(chain)));
    }

    @Property
    void theLowerOfTwoIsOneOfThem(@ForAll("limits") Limit a, @ForAll("limits") Limit b) {
        Limit lower = Limits.lower(a, b);
        assertEquals(Math.min(amount(a), amount(b)), amount(lower));
        assertTrue(lower == a || lower == b);
        assertEquals(amount(lower), amount(Limits.lower(b, a)));
    }

    @Property
    void formulasNeverOverflow(@ForAll @Size(value = 80) List<@LongRange(min = 0) Long> numbers) {
        long[] values = new long[MemoryFigure.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i % numbers.size());
        }
        for (MemoryFigure figure : MemoryFigure.values()) {
            for (CgroupVersion version : CgroupVersion.values()) {
                long value = Formulas.compute(figure, version, values);
                assertTrue(figure == MemoryFigure.UNEXPLAINED || value >= 0, figure::toString);
            }
        }
    }
}
