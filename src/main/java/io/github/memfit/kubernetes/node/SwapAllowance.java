package io.github.memfit.kubernetes.node;

import io.github.memfit.kubernetes.ContainerResources;
import io.github.memfit.kubernetes.KubernetesFeature;
import io.github.memfit.kubernetes.KubernetesVersion;
import io.github.memfit.kubernetes.PodResources;
import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.kubernetes.Quantity;
import io.github.memfit.unit.Bytes;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much swap a container may use, and what the kubelet sets for it. Immutable and thread-safe.
 *
 * <p>Rule: KEP-2400 and Kubernetes 1.28 to 1.36, pkg/kubelet/kuberuntime (GetContainerSwapBehavior, calcSwapForBurstablePods).
 * With {@code LimitedSwap} a container of a Burstable pod gets the share of the node's swap that its own request is of the node's
 * memory. Up to 1.29 the gate is off by default and an unset behaviour means unlimited; since 1.30 it means none.
 *
 * {@snippet :
 * SwapAllowance.of(pod, "app", new SwapAllowance.Node(Bytes.gibi(40), Bytes.gibi(40), true, true),
 *     SwapAllowance.Behavior.LIMITED_SWAP, KubernetesVersion.V1_36).writes();   // memory.swap.max=21474836480
 * }
 *
 * @param decision what was decided
 * @param writes the cgroup v2 file, if it is set
 * @param memorySwapLimit the limit of memory and swap together that is passed to the runtime on cgroup v1, -1 for none; empty
 *     where it is not set
 * @param reason why
 * @since 0.1
 */
public record SwapAllowance(Decision decision, CgroupWrites writes, OptionalLong memorySwapLimit, String reason) {

    /** The kubelet's {@code memorySwap.swapBehavior}. */
    public enum Behavior {
        /** Not set. */
        UNSET,
        /** {@code NoSwap}. */
        NO_SWAP,
        /** {@code LimitedSwap}. */
        LIMITED_SWAP,
        /** {@code UnlimitedSwap}, up to 1.29. */
        UNLIMITED_SWAP
    }

    /** What is decided for one container. */
    public enum Decision {
        /** A share of the node's swap. */
        LIMITED("LimitedSwap"),
        /** No swap. */
        NONE("NoSwap"),
        /** As much as there is. */
        UNLIMITED("UnlimitedSwap"),
        /** The node cannot control swap: nothing is set. */
        CONTROLLER_ABSENT("controller-absent"),
        /** The kubelet does not deal with swap: nothing is set, and the runtime allows none. */
        GATE_OFF("gate-off");

        private final String text;

        Decision(String text) {
            this.text = text;
        }

        /** The behaviour's name in the kubelet, where it has one. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The node, as far as swap is concerned. Immutable and thread-safe.
     *
     * @param memory the machine's memory
     * @param swap the machine's swap
     * @param cgroupV2 does it run cgroup v2
     * @param swapController can cgroups limit swap
     */
    public record Node(Bytes memory, Bytes swap, boolean cgroupV2, boolean swapController) {

        /**
         * Checks the memory.
         *
         * @param memory the machine's memory
         * @param swap the machine's swap
         * @param cgroupV2 does it run cgroup v2
         * @param swapController can cgroups limit swap
         * @throws IllegalArgumentException if the memory is not positive or the swap below zero
         */
        public Node {
            if (memory.value() <= 0 || swap.isNegative()) {
                throw new IllegalArgumentException(
                        "a machine has memory and no swap below zero, got " + memory + ", " + swap);
            }
        }
    }

    /**
     * Checks for null.
     *
     * @param decision what was decided
     * @param writes the cgroup v2 file
     * @param memorySwapLimit the limit of memory and swap together on cgroup v1
     * @param reason why
     */
    public SwapAllowance {
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(writes, "writes");
        Objects.requireNonNull(memorySwapLimit, "memorySwapLimit");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Decides for one container.
     *
     * @param pod the pod, as stored
     * @param container the container's name
     * @param node the node
     * @param behavior the kubelet's setting
     * @param version the kubelet's version
     * @return the decision
     * @throws NoSuchElementException if there is no such container
     * @throws IllegalArgumentException if the behaviour does not exist in that version
     */
    public static SwapAllowance of(
            PodResources pod, String container, Node node, Behavior behavior, KubernetesVersion version) {
        ContainerResources resources = pod.container(container);
        if (behavior == Behavior.UNLIMITED_SWAP && version.isAtLeast(30)) {
            throw new IllegalArgumentException("UnlimitedSwap is gone since 1.30, got it for " + version);
        }
        if (!version.has(KubernetesFeature.NODE_SWAP)) {
            return nothing(Decision.GATE_OFF, "the NodeSwap gate is off");
        }
        if (!node.swapController) {
            return nothing(Decision.CONTROLLER_ABSENT, "the node cannot limit swap per cgroup");
        }
        boolean unlimited = behavior == Behavior.UNLIMITED_SWAP || behavior == Behavior.UNSET && !version.isAtLeast(30);
        if (unlimited) {
            return node.cgroupV2
                    ? new SwapAllowance(
                            Decision.UNLIMITED,
                            CgroupWrites.NONE.with(CgroupWrites.SWAP_MAX, "max"),
                            OptionalLong.empty(),
                            "the kubelet allows unlimited swap")
                    : new SwapAllowance(
                            Decision.UNLIMITED,
                            CgroupWrites.NONE,
                            OptionalLong.of(-1),
                            "the kubelet allows unlimited swap");
        }
        Quantity request = resources.requests().memory();
        Quantity limit = resources.limits().memory();
        Optional<String> refused = refusal(pod, node, behavior, version, request, limit);
        if (refused.isPresent()) {
            return none(node, limit, refused.get());
        }
        long bytes = request.bytesRoundedUp().value();
        // Double precision and the cut on purpose: the kubelet's bytes are to be met exactly.
        long share = bytes > node.memory.value()
                ? 0
                : (long) ((double) bytes / (double) node.memory.value() * (double) node.swap.value());
        return new SwapAllowance(
                Decision.LIMITED,
                CgroupWrites.NONE.with(CgroupWrites.SWAP_MAX, share),
                OptionalLong.empty(),
                "the share of the node's swap that " + request + " is of " + node.memory);
    }

    private static Optional<String> refusal(
            PodResources pod,
            Node node,
            Behavior behavior,
            KubernetesVersion version,
            Quantity request,
            Quantity limit) {
        if (behavior != Behavior.LIMITED_SWAP) {
            return Optional.of("the kubelet allows no swap");
        }
        if (!node.cgroupV2) {
            return Optional.of("limited swap needs cgroup v2");
        }
        if (pod.isCritical()) {
            return Optional.of("the pod is critical");
        }
        QosClass qos = QosClass.of(pod, version);
        if (qos != QosClass.BURSTABLE) {
            return Optional.of("the pod is " + qos);
        }
        if (request.isZero() && limit.isZero()) {
            return Optional.of("the container has neither a memory request nor a limit");
        }
        return request.equals(limit)
                ? Optional.of("the container's memory request equals its limit")
                : Optional.empty();
    }

    private static SwapAllowance none(Node node, Quantity limit, String reason) {
        if (node.cgroupV2) {
            CgroupWrites zero = CgroupWrites.NONE.with(CgroupWrites.SWAP_MAX, 0);
            return new SwapAllowance(Decision.NONE, zero, OptionalLong.empty(), reason);
        }
        OptionalLong together =
                limit.isPositive() ? OptionalLong.of(limit.bytesRoundedUp().value()) : OptionalLong.empty();
        return new SwapAllowance(Decision.NONE, CgroupWrites.NONE, together, reason);
    }

    private static SwapAllowance nothing(Decision decision, String reason) {
        return new SwapAllowance(decision, CgroupWrites.NONE, OptionalLong.empty(), reason);
    }

    /** {@code LimitedSwap memory.swap.max=21474836480: the share of ...}. */
    @Override
    public String toString() {
        return decision + " " + writes + ": " + reason;
    }
}
