package io.github.memfit.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.memfit.unit.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

@Tag("bare")
class QosProperties {

    private static final ResourceList CHOSEN =
            ResourceList.of("cpu", Quantity.parse("3")).with("memory", Quantity.parse("7Gi"));

    @Provide
    Arbitrary<PodResources> pods() {
        return Pods.any();
    }

    @Provide
    Arbitrary<PodResources> plainPods() {
        return Pods.plain();
    }

    @Provide
    Arbitrary<KubernetesVersion> versions() {
        return Pods.versions();
    }

    @Provide
    Arbitrary<KubernetesVersion> versionsThatCountInitContainers() {
        return Pods.versions().filter(version -> version.isAtLeast(16));
    }

    @Property
    void blockersAreEmptyExactlyForGuaranteed(
            @ForAll("pods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        QosExplanation why = QosExplanation.of(pod, version);
        assertEquals(why.qosClass() == QosClass.GUARANTEED, why.blockers().isEmpty());
    }

    @Property
    void theEditReachesGuaranteedAndNoPartOfItDoes(
            @ForAll("pods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        QosExplanation why = QosExplanation.of(pod, version);
        QosChange change = why.toGuaranteed();
        PodResources changed = change.applyTo(why.stored(), CHOSEN);
        assertEquals(QosClass.GUARANTEED, QosClass.of(changed, version), change::toString);
        for (int skipped = 0; skipped < change.edits().size(); skipped++) {
            List<QosEdit> fewer = new ArrayList<>(change.edits());
            fewer.remove(skipped);
            PodResources partly = new QosChange(fewer, Optional.empty()).applyTo(why.stored(), CHOSEN);
            assertNotEquals(QosClass.GUARANTEED, QosClass.of(partly, version), fewer::toString);
        }
    }

    @Property
    void oneStanzaAtPodLevelReachesGuaranteed(
            @ForAll("plainPods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        QosExplanation.of(pod, version).toGuaranteedByPodLevel().ifPresent(change -> {
            PodResources changed = change.applyTo(pod, CHOSEN).asStored(version);
            assertEquals(QosClass.GUARANTEED, QosClass.of(changed, version), change::toString);
            assertEquals(2, change.edits().size());
        });
    }

    @Property
    void theSmallestEditLeavesBestEffort(
            @ForAll("pods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        QosExplanation why = QosExplanation.of(pod, version);
        assertEquals(
                why.qosClass() == QosClass.BEST_EFFORT, why.outOfBestEffort().isPresent());
        why.outOfBestEffort().ifPresent(change -> {
            assertEquals(1, change.edits().size());
            PodResources changed = change.applyTo(why.stored(), CHOSEN);
            assertNotEquals(QosClass.BEST_EFFORT, QosClass.of(changed, version), change::toString);
        });
    }

    @Property
    void costIsTheDifferenceOfRequests(
            @ForAll("pods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        QosExplanation why = QosExplanation.of(pod, version);
        QosChange change = why.toGuaranteed();
        assertEquals(change.needsNumbers(), change.requestChange().isEmpty());
        change.requestChange().ifPresent(cost -> {
            PodResources changed =
                    change.applyTo(why.stored(), ResourceList.EMPTY).asStored(version);
            Quantity before =
                    EffectiveResources.of(why.stored(), version).requests().memory();
            assertEquals(
                    before.plus(cost),
                    EffectiveResources.of(changed, version).requests().memory());
        });
    }

    @Property
    void addingARequestNeverMakesBestEffort(
            @ForAll("plainPods") PodResources pod,
            @ForAll("versionsThatCountInitContainers") KubernetesVersion version) {
        QosClass before = QosClass.of(pod, version);
        String first = pod.containers().get(0).name();
        PodResources more =
                pod.withContainer(first, old -> old.withRequests(old.requests().with("memory", Quantity.parse("3Gi"))));
        assertFalse(before.isAbove(QosClass.BEST_EFFORT) && QosClass.of(more, version) == QosClass.BEST_EFFORT);
        assertNotEquals(QosClass.BEST_EFFORT, QosClass.of(more, version));
    }

    @Property
    void addingAContainerNeverRaisesAboveTheOthers(
            @ForAll("plainPods") PodResources pod, @ForAll("plainPods") PodResources other) {
        KubernetesVersion version = KubernetesVersion.V1_36;
        ContainerResources added = ContainerResources.of(
                "added", ContainerResources.Kind.APP, other.containers().get(0).resources());
        QosClass both = QosClass.of(pod.toBuilder().container(added).build(), version);
        QosClass alone = QosClass.of(PodResources.of(added), version);
        QosClass before = QosClass.of(pod, version);
        assertEquals(before == alone ? before : QosClass.BURSTABLE, both);
    }

    @Property
    void orderOfContainersDoesNotMatter(
            @ForAll("pods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        PodResourcesBuilder reversed = PodResources.builder();
        pod.podLevel().ifPresent(reversed::podLevel);
        for (int i = pod.containers().size() - 1; i >= 0; i--) {
            reversed.container(pod.containers().get(i));
        }
        for (int i = pod.initContainers().size() - 1; i >= 0; i--) {
            reversed.container(pod.initContainers().get(i));
        }
        assertEquals(QosClass.of(pod, version), QosClass.of(reversed.build(), version));
    }

    @Property
    void storingTwiceIsStoringOnce(@ForAll("pods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        PodResources stored = pod.asStored(version);
        assertEquals(stored, stored.asStored(version));
    }

    @Property
    void storingNeverLowersTheClassOfContainers(
            @ForAll("plainPods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        QosClass written = QosClass.of(pod, version);
        QosClass stored = QosClass.of(pod.asStored(version), version);
        assertFalse(written.isAbove(stored), () -> written + " " + stored);
    }

    @Property
    void effectiveRequestCoversEveryContainer(
            @ForAll("plainPods") PodResources pod, @ForAll("versions") KubernetesVersion version) {
        Quantity whole = EffectiveResources.of(pod, version).requests().memory();
        for (ContainerResources container : pod.allContainers()) {
            assertTrue(container.requests().memory().compareTo(whole) <= 0);
        }
        assertEquals(
                whole,
                EffectiveResources.requestedMemory(pod, version.has(KubernetesFeature.SIDECAR_CONTAINERS)),
                "the way without lists");
    }

    @Property
    void versionsReadBackWhatTheyPrint(@ForAll("versions") KubernetesVersion version) {
        for (KubernetesFeature feature : KubernetesFeature.values()) {
            KubernetesVersion off = version.without(feature);
            assertEquals(off, KubernetesVersion.parse(off.toString()));
            if (version.compareTo(feature.knownSince()) >= 0) {
                KubernetesVersion on = version.with(feature);
                assertTrue(on.has(feature));
                assertEquals(on, KubernetesVersion.parse("v" + on));
            }
        }
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings().withChars("v1.234-+ex,=true").ofMaxLength(20);
    }

    @Property
    void anyTextIsAVersionOrMalformed(@ForAll("noise") String text) {
        try {
            KubernetesVersion version = KubernetesVersion.parse(text);
            assertEquals(version, KubernetesVersion.parse(version.toString()));
        } catch (MalformedException e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }
}
