package io.github.memfit.tuning.prefork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.tuning.Fit;
import io.github.memfit.unit.Bytes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("bare")
class PreforkProperties {

    /** A question without its limit. */
    record Question(PreforkMemory memory, int cpus, int threads, boolean preload, long leakKibi) {

        Gunicorn within(Bytes limit) {
            Gunicorn gunicorn =
                    Gunicorn.within(limit).measured(memory).cpus(cpus).threads(threads);
            gunicorn = preload ? gunicorn.preload() : gunicorn;
            return leakKibi == 0 ? gunicorn : gunicorn.leakPerRequest(Bytes.kibi(leakKibi));
        }
    }

    @Provide
    Arbitrary<Question> questions() {
        Arbitrary<PreforkMemory> memories = Combinators.combine(
                        Arbitraries.longs().between(0, 500L << 20).map(Bytes::of),
                        Arbitraries.longs().between(1, 500L << 20).map(Bytes::of))
                .as(PreforkMemory::of);
        return Combinators.combine(
                        memories,
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.integers().between(1, 32),
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(0, 100))
                .as(Question::new);
    }

    @Provide
    Arbitrary<Bytes> limits() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 16L << 30).map(Bytes::of),
                Arbitraries.longs().between(16, 4096).map(Bytes::mebi));
    }

    @Property
    void neverMoreWorkersThanFit(@ForAll("questions") Question question, @ForAll("limits") Bytes limit) {
        if (question.within(limit).fit() instanceof Fit.Fits<GunicornFlags> fits) {
            int workers = fits.flags().workers();
            assertTrue(workers >= 1);
            assertFalse(question.memory().total(workers, question.threads()).isMoreThan(limit));
            assertFalse(fits.plan().total().isMoreThan(limit));
        }
    }

    @Property
    void moreLimitNeverMeansLessWorkers(
            @ForAll("questions") Question question, @ForAll("limits") Bytes one, @ForAll("limits") Bytes other) {
        int less = question.within(one.min(other))
                .fit()
                .ifFits()
                .map(GunicornFlags::workers)
                .orElse(0);
        int more = question.within(one.max(other))
                .fit()
                .ifFits()
                .map(GunicornFlags::workers)
                .orElse(0);
        assertTrue(less <= more, less + " and then " + more);
    }

    @Property
    void itsOwnFlagsChangeNothing(@ForAll("questions") Question question, @ForAll("limits") Bytes limit) {
        if (question.within(limit).fit() instanceof Fit.Fits<GunicornFlags> first) {
            GunicornOptions read = GunicornOptions.parse(first.flags().toCmdArgs());
            Fit<GunicornFlags> again = question.within(limit).existing(read).fit();
            assertEquals(first.flags(), again.ifFits().orElseThrow());
        }
    }

    @Property
    void whatIsNeededFitsAndOneMebibyteLessDoesNot(
            @ForAll("questions") Question question,
            @ForAll("limits") Bytes limit,
            @ForAll @IntRange(min = 1, max = 40) int workers) {
        if (question.within(limit).workers(workers).fit() instanceof Fit.TooSmall<GunicornFlags> small) {
            assertTrue(question.within(small.needed()).workers(workers).fit().isFit());
            Bytes less = small.needed().minus(Bytes.mebi(1));
            assertTrue(less.isZero()
                    || !question.within(less).workers(workers).fit().isFit());
        }
    }

    @Property
    void theLineThroughExactSamplesIsTheModel(
            @ForAll("questions") Question question, @ForAll @IntRange(min = 1, max = 50) int most) {
        PreforkMemory memory = question.memory();
        List<PreforkSample> samples = java.util.stream.IntStream.rangeClosed(0, most)
                .mapToObj(n -> new PreforkSample(
                        n, memory.master().plus(memory.perWorker().times(n))))
                .toList();
        PreforkMemory line = PreforkMemory.fit(samples);
        assertEquals(memory.master(), line.master());
        assertEquals(memory.perWorker(), line.perWorker());
        assertEquals(Bytes.ZERO, line.largestError(samples));
    }

    @Property
    void otherServersKeepTheirLimitsToo(@ForAll("questions") Question question, @ForAll("limits") Bytes limit) {
        staysWithin(
                limit,
                Uwsgi.within(limit)
                        .measured(question.memory())
                        .threads(question.threads())
                        .fit());
        staysWithin(
                limit,
                Puma.within(limit)
                        .measured(question.memory())
                        .cpus(question.cpus())
                        .fit());
        staysWithin(
                limit,
                PhpFpm.within(limit).perChild(question.memory().perWorker()).fit());
    }

    private static void staysWithin(Bytes limit, Fit<?> answer) {
        if (answer instanceof Fit.Fits<?> fits) {
            assertFalse(fits.plan().total().isMoreThan(limit));
        } else if (answer instanceof Fit.TooSmall<?> small) {
            assertTrue(small.needed().isMoreThan(limit));
        }
    }

    @Property
    void anyPoolOfChildrenIsAccepted(
            @ForAll @IntRange(min = 1, max = 5000) int children, @ForAll PhpFpmManager manager) {
        assertTrue(PhpFpmPool.of(manager, children).complaint().isEmpty());
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.oneOf(
                        Arbitraries.of(
                                "-w",
                                "--workers=3",
                                "-w3",
                                "-k",
                                "gthread",
                                "--preload",
                                "--threads",
                                "4",
                                "--bind",
                                ":80"),
                        Arbitraries.strings().withChars("-w='\" \\$k3").ofMaxLength(6))
                .list()
                .ofMaxSize(8);
    }

    @Property
    void optionsComeBackFromTheirText(@ForAll("words") List<String> words) {
        GunicornOptions options = GunicornOptions.of(words);
        assertEquals(words, options.words());
        assertEquals(options, GunicornOptions.parse(options.toCmdArgs()));
    }
}
