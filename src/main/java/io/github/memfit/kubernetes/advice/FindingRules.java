package io.github.memfit.kubernetes.advice;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.EffectiveResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.OomScoreAdj;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.kubernetes.QuantityReading;
import io.github.memfit.kubernetes.ResourceList;
import io.github.memfit.kubernetes.ResourceRequirements;
import io.github.memfit.kubernetes.advice.KubernetesFinding.Code;
import io.github.memfit.kubernetes.node.MemoryQos;
import io.github.memfit.kubernetes.node.PodMemoryLimit;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One method per trap or family of traps. */
final class FindingRules {

    private static final String MEMORY = ResourceList.MEMORY;
    private static final Quantity MEBI = Quantity.of(Bytes.mebi(1));

    private final List<KubernetesFinding> found = new ArrayList<>();
    private final PodScenario scenario;
    private final KubernetesVersion version;
    private final PodResources written;
    private final PodResources stored;

    /** The pod level that this version looks at. */
    private final Optional<ResourceRequirements> podLevel;

    FindingRules(PodScenario scenario) {
        this.scenario = scenario;
        this.version = scenario.version();
        this.written = scenario.written();
        this.stored = scenario.stored();
        this.podLevel = stored.podLevel().filter(level -> version.has(KubernetesFeature.POD_LEVEL_RESOURCES));
    }

    List<KubernetesFinding> findings() {
        version.note().ifPresent(note -> add(Code.VERSION_NOT_KNOWN, written.name(), version + " is " + note));
        podLevels();
        sidecars();
        initContainers();
        critical();
        limits();
        memoryQos();
        for (ContainerResources container : written.allContainers()) {
            amounts(container.name(), container.resources());
            limitRange(container);
        }
        written.podLevel().ifPresent(level -> amounts(written.name(), level));
        scores();
        found.sort(Comparator.comparing(KubernetesFinding::code));
        return Collections.unmodifiableList(found);
    }

    private void add(Code code, String where, String message) {
        found.add(new KubernetesFinding(code, where, message));
    }

    private void podLevels() {
        if (podLevel.isEmpty()) {
            return;
        }
        ResourceRequirements level = podLevel.get();
        boolean names = named(level.requests()) || named(level.limits());
        if (!names && !version.has(KubernetesFeature.POD_LEVEL_QOS_FIX)) {
            QosClass without = QosClass.computed(stored.toBuilder().noPodLevel().build(), version);
            add(
                    Code.EMPTY_POD_LEVEL,
                    stored.name(),
                    "spec.resources is empty, so the pod is BestEffort in " + version + " although its containers are "
                            + without + "; remove the field");
        }
        Quantity containers = EffectiveResources.of(
                        stored.toBuilder()
                                .noPodLevel()
                                .overhead(ResourceList.EMPTY)
                                .build(),
                        version)
                .requests()
                .memory();
        if (names && version.isAtLeast(34) && !level.requests().memory().isPositive() && containers.isPositive()) {
            add(
                    Code.POD_LEVEL_CPU_ONLY_EVICTION_ZERO,
                    stored.name(),
                    "spec.resources has no memory request, so eviction takes the pod's request for zero although its"
                            + " containers ask for " + containers + "; add a memory request to spec.resources");
        }
        tooSmall(level, containers);
    }

    private void tooSmall(ResourceRequirements level, Quantity containers) {
        Optional<Quantity> request = level.requests().find(MEMORY);
        if (request.isPresent() && request.get().compareTo(containers) < 0) {
            add(
                    Code.POD_LEVEL_TOO_SMALL,
                    stored.name(),
                    "the pod-level memory request " + request.get() + " is below the " + containers
                            + " of its containers");
        }
        Optional<Quantity> limit = level.limits().find(MEMORY);
        for (ContainerResources container : stored.allContainers()) {
            if (limit.isPresent() && container.limits().memory().compareTo(limit.get()) > 0) {
                add(
                        Code.POD_LEVEL_TOO_SMALL,
                        container.name(),
                        "its memory limit is above the pod-level limit " + limit.get());
            }
        }
    }

    private static boolean named(ResourceList list) {
        return list.asMap().keySet().stream()
                .anyMatch(
                        name -> name.equals(MEMORY) || name.equals(ResourceList.CPU) || name.startsWith("hugepages-"));
    }

    private void sidecars() {
        for (ContainerResources container : stored.initContainers()) {
            boolean hidden = container.kind() == ContainerResources.Kind.SIDECAR
                    && !version.isAtLeast(34)
                    && container.requests().memory().isPositive();
            if (hidden) {
                add(
                        Code.SIDECAR_NOT_IN_EVICTION_REQUEST,
                        container.name(),
                        "its request of " + container.requests().memory() + " is not added to the request that eviction"
                                + " compares with in " + version + ", its usage is");
            }
        }
    }

    private void initContainers() {
        if (podLevel.isPresent() || QosClass.of(stored, version) == QosClass.GUARANTEED) {
            return;
        }
        PodResources apps = PodResources.of(stored.containers().toArray(ContainerResources[]::new));
        if (QosClass.computed(apps, version) != QosClass.GUARANTEED) {
            return;
        }
        for (ContainerResources container : stored.initContainers()) {
            ContainerResources alone =
                    ContainerResources.of(container.name(), ContainerResources.Kind.APP, container.resources());
            if (QosClass.computed(PodResources.of(alone), version) != QosClass.GUARANTEED) {
                add(
                        Code.INIT_CONTAINER_BREAKS_GUARANTEED,
                        container.name(),
                        "all app containers are Guaranteed, this one is not; set its cpu and memory limits");
            }
        }
    }

    private void critical() {
        if (version.isAtLeast(22) && stored.isCritical() && !stored.isNodeCritical()) {
            add(
                    Code.CRITICAL_NOT_NODE_CRITICAL,
                    stored.name(),
                    "the pod is never evicted, but its OOM score is that of its class; only system-node-critical is"
                            + " protected from both");
        }
    }

    private void limits() {
        boolean anyLimit = stored.allContainers().stream()
                .anyMatch(container -> container.limits().memory().isPositive());
        boolean burstable = QosClass.of(stored, version) == QosClass.BURSTABLE;
        if (burstable
                && anyLimit
                && PodMemoryLimit.of(stored, version).memoryMax().isEmpty()) {
            add(
                    Code.NO_POD_CGROUP_LIMIT,
                    stored.name(),
                    PodMemoryLimit.of(stored, version).reason() + ", so the pod as a whole is not limited");
        }
        for (ContainerResources container : stored.allContainers()) {
            if (PodMemoryLimit.ofContainer(stored, container.name(), version).isEmpty()) {
                add(
                        Code.UNLIMITED_DOWNWARD_API,
                        container.name(),
                        "without a memory limit an environment variable from limits.memory has the node's allocatable"
                                + " memory");
            }
        }
    }

    private void memoryQos() {
        MemoryQos qos = scenario.memoryQos();
        boolean reserves = !version.isAtLeast(36) || qos.reservation() == MemoryQos.Reservation.TIERED;
        if (qos.isOn() && reserves && QosClass.of(stored, version) == QosClass.GUARANTEED) {
            add(
                    Code.TIERED_GUARANTEED_CACHE,
                    stored.name(),
                    "memory.min equals memory.max, so the pod's own page cache cannot be reclaimed and it is killed instead");
        }
    }

    private void amounts(String where, ResourceRequirements resources) {
        for (ResourceList list : List.of(resources.requests(), resources.limits())) {
            list.asMap().forEach((name, amount) -> {
                if (amount.signum() < 0) {
                    add(Code.NEGATIVE_AMOUNT, where, name + " is " + amount);
                }
            });
            list.find(MEMORY).ifPresent(amount -> memory(where, amount));
        }
        resources.limits().asMap().forEach((name, limit) -> {
            Optional<Quantity> request = resources.requests().find(name);
            if (request.isPresent() && request.get().compareTo(limit) > 0) {
                add(
                        Code.REQUEST_ABOVE_LIMIT,
                        where,
                        name + " request " + request.get() + " is above the limit " + limit);
            } else if (request.isPresent() && request.get().isZero() && limit.isPositive()) {
                add(
                        Code.REQUEST_ZERO_EXPLICIT,
                        where,
                        name + " request is explicitly zero, so it is not defaulted to the limit " + limit);
            }
        });
    }

    private void memory(String where, Quantity amount) {
        boolean broken = amount.exact().stripTrailingZeros().scale() > 0;
        if (broken && amount.compareTo(MEBI) < 0) {
            add(
                    Code.MEMORY_LIMIT_IN_MILLI,
                    where,
                    amount + " of memory is " + amount.value().orElse(0)
                            + " bytes; m means thousandths, Mi was probably meant");
        } else if (broken) {
            add(
                    Code.QUANTITY_PRINTS_DIFFERENT,
                    where,
                    "the amount is no whole number of bytes and is shown as " + amount.canonical());
        }
        String text = amount.canonical();
        if (amount.family() == Quantity.Family.DECIMAL_SI && "MGTP".indexOf(text.charAt(text.length() - 1)) >= 0) {
            add(Code.DECIMAL_VS_BINARY, where, text + " counts in powers of 1000, " + text + "i would be more");
        }
    }

    private void limitRange(ContainerResources container) {
        if (scenario.limitRange().isEmpty() || container.limits().names(MEMORY)) {
            return;
        }
        Optional<Quantity> filled = scenario.limitRange().get().defaults().find(MEMORY);
        if (filled.isPresent() && container.requests().memory().compareTo(filled.get()) > 0) {
            add(
                    Code.LIMIT_BELOW_LIMITRANGE_DEFAULT,
                    container.name(),
                    "its memory request " + container.requests().memory() + " is above the limit " + filled.get()
                            + " that the LimitRange fills in; set a limit");
        }
    }

    private void scores() {
        if (QosClass.of(stored, version) != QosClass.BURSTABLE) {
            return;
        }
        for (OomScoreAdj score : OomScoreAdj.of(stored, scenario.nodeMemory(), version)) {
            boolean useless = score.value() == OomScoreAdj.BEST_EFFORT - 1
                    && !score.counted().isZero();
            if (useless) {
                add(
                        Code.REQUEST_BUYS_NO_OOM_PROTECTION,
                        score.container(),
                        "a request of " + score.counted() + " scores like none on this node; "
                                + OomScoreAdj.smallestUsefulRequest(scenario.nodeMemory())
                                        .toHuman()
                                + " is the first that counts");
            }
        }
    }

    static List<KubernetesFinding> texts(String where, Map<String, ? extends CharSequence> amounts) {
        List<KubernetesFinding> found = new ArrayList<>();
        amounts.forEach((name, text) -> {
            if (QuantityReading.of(text) instanceof QuantityReading.Accepted accepted
                    && !accepted.apiStored().contentEquals(text)) {
                String shown = accepted.apiStored();
                found.add(new KubernetesFinding(
                        Code.QUANTITY_PRINTS_DIFFERENT,
                        where,
                        name + " is shown as " + (shown.length() <= 60 ? shown : shown.substring(0, 60) + "...")));
            }
        });
        return Collections.unmodifiableList(found);
    }
}
