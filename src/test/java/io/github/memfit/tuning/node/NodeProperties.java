package io.github.memfit.tuning.node;

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
import net.jqwik.api.constraints.LongRange;

@Tag("bare")
class NodeProperties {

    /** A question without its limit. */
    record Question(
            NodeVersion version, int processes, int workerThreads, NodeYoung young, long besideMebi, boolean measured) {

        Node within(Bytes limit) {
            Node node = Node.within(limit).version(version).young(young).workerThreads(workerThreads);
            if (processes % 2 == 0) {
                node.clusterWorkers(processes);
            } else {
                node.processes(processes);
            }
            if (besideMebi < 0) {
                return node;
            }
            Bytes beside = Bytes.mebi(besideMebi);
            return measured ? node.measured(beside) : node.external(beside);
        }
    }

    @Provide
    Arbitrary<Question> questions() {
        return Combinators.combine(
                        versions(),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(NodeYoung.class),
                        Arbitraries.longs().between(-1, 200),
                        Arbitraries.of(true, false))
                .as(Question::new);
    }

    @Provide
    Arbitrary<NodeVersion> versions() {
        return Arbitraries.of(
                        "12.22.12",
                        "14.21.3",
                        "16.20.2",
                        "18.12.0",
                        "18.20.8",
                        "20.2.0",
                        "20.20.2",
                        "22.23.3",
                        "24.0.0",
                        "24.21.0",
                        "25.9.0",
                        "26.10.0")
                .map(NodeVersion::parse);
    }

    @Provide
    Arbitrary<Bytes> limits() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 16L << 30).map(Bytes::of),
                Arbitraries.longs().between(32, 4096).map(Bytes::mebi),
                Arbitraries.longs().between(1, 1L << 48).map(Bytes::of));
    }

    @Property
    void thePlanStaysWithinTheLimit(@ForAll("questions") Question question, @ForAll("limits") Bytes limit) {
        Fit<NodeFlags> answer = question.within(limit).fit();
        if (answer instanceof Fit.Fits<NodeFlags> fits) {
            assertFalse(fits.plan().total().isMoreThan(limit));
            assertEquals(limit, answer.limit());
            // A measured process may have less than the forecast's 24 MiB beside its heap.
            assertTrue(question.besideMebi() >= 0 && question.measured()
                    || NodeForecast.of(limit, fits.flags().heap()) == NodeForecast.V8_FIRST);
        }
    }

    @Property
    void moreMeasuredNeverMeansMoreHeap(
            @ForAll("questions") Question question,
            @ForAll("limits") Bytes limit,
            @ForAll @LongRange(min = 0, max = 1L << 32) long seen,
            @ForAll @LongRange(min = 0, max = 1L << 30) long more) {
        Question plain = new Question(
                question.version(), question.processes(), question.workerThreads(), question.young(), -1, false);
        Fit<NodeFlags> less = plain.within(limit).measured(Bytes.of(seen)).fit();
        Fit<NodeFlags> greater =
                plain.within(limit).measured(Bytes.of(seen + more)).fit();
        if (greater.isFit()) {
            assertFalse(greater.ifFits()
                    .orElseThrow()
                    .heap()
                    .heapSizeLimit()
                    .isMoreThan(less.ifFits().orElseThrow().heap().heapSizeLimit()));
        }
    }

    @Property
    void nodeReallyGetsTheHeapOfThePlan(@ForAll("questions") Question question, @ForAll("limits") Bytes limit) {
        NodeMemory memory = NodeMemory.onV2(Bytes.gibi(64)).max(limit);
        Node node = question.within(limit).memory(memory);
        if (node.fit() instanceof Fit.Fits<NodeFlags> fits) {
            NodeLaunch launch = NodeLaunch.of(
                    question.version(),
                    memory.seenBy(question.version()),
                    fits.flags().environmentOptions(),
                    NodeOptions.none());
            assertTrue(launch instanceof NodeLaunch.Started, launch.toString());
            assertEquals(fits.flags().heap(), ((NodeLaunch.Started) launch).heap());
            assertEquals(List.of(), fits.flags().environmentOptions().refusedInEnvironment(question.version()));
        }
    }

    @Property
    void moreLimitNeverMeansLessHeap(
            @ForAll("questions") Question question, @ForAll("limits") Bytes one, @ForAll("limits") Bytes other) {
        Fit<NodeFlags> less = question.within(one.min(other)).fit();
        Fit<NodeFlags> more = question.within(one.max(other)).fit();
        boolean settable = NodeOptionRule.of(question.version(), "--max-semi-space-size") == NodeOptionRule.ALLOWED
                && question.young() != NodeYoung.AS_NODE_DECIDES;
        if (less.isFit() && settable) {
            assertTrue(more.isFit());
            assertFalse(more.ifFits()
                    .orElseThrow()
                    .heap()
                    .heapSizeLimit()
                    .isLessThan(less.ifFits().orElseThrow().heap().heapSizeLimit()));
        }
    }

    @Property
    void itsOwnFlagsChangeNothing(@ForAll("questions") Question question, @ForAll("limits") Bytes limit) {
        if (question.within(limit).fit() instanceof Fit.Fits<NodeFlags> first) {
            Fit<NodeFlags> again = question.within(limit)
                    .existing(first.flags().environmentOptions())
                    .fit();
            assertEquals(first.flags(), again.ifFits().orElseThrow());
            assertEquals(
                    first.plan().total(), ((Fit.Fits<NodeFlags>) again).plan().total());
        }
    }

    @Property
    void whatIsNeededFits(@ForAll("questions") Question question, @ForAll("limits") Bytes limit) {
        if (question.within(limit).fit() instanceof Fit.TooSmall<NodeFlags> small) {
            assertTrue(question.within(small.needed()).fit().isFit());
        }
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .withChars("-_=\"\\ ab1\t\n$'")
                .ofMinLength(1)
                .ofMaxLength(12)
                .list()
                .ofMaxSize(6);
    }

    @Property
    void optionsComeBackFromTheirText(@ForAll("words") List<String> words) {
        NodeOptions options = NodeOptions.of(words);
        assertEquals(options, NodeOptions.parse(options.toNodeOptions()));
    }

    @Property
    void everyHeapOfADefaultIsAtMostHalfPlusYoung(
            @ForAll("versions") NodeVersion version, @ForAll("limits") Bytes memory) {
        NodeHeap heap = NodeHeap.byDefault(version, memory);
        Bytes half = memory.dividedByRoundedUp(2).max(Bytes.mebi(256)).roundUpTo(Bytes.kibi(256));
        assertFalse(heap.oldSpace().isMoreThan(half));
        assertEquals(1, Long.bitCount(heap.semiSpace().value()));
    }
}
