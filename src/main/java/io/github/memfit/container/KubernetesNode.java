package io.github.memfit.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pods and containers of a Kubernetes node, found in its group tree: below {@code kubepods} (cgroupfs driver) or
 * {@code kubepods.slice} (systemd driver). Names and memory only; what a pod is called the API server knows. Needs the host's
 * view of the control groups. Immutable and thread-safe.
 *
 * {@snippet :
 * for (KubernetesNode.Pod pod : KubernetesNode.self().pods()) {
 *     System.out.println(pod.uid() + " " + pod.group().memory().workingSet());
 * }
 * }
 *
 * @since 0.1
 */
public final class KubernetesNode {

    /** kubepods, class, pod, container: the systemd driver nests no deeper. */
    private static final int MOST_LEVELS = 6;

    private final Optional<Container> top;

    private KubernetesNode(Optional<Container> top) {
        this.top = top;
    }

    /**
     * A pod of the node.
     *
     * @param uid its UID, with dashes
     * @param podClass {@code guaranteed}, {@code burstable} or {@code besteffort}, as the tree says
     * @param group the group of the pod: its limits and everything that its containers use
     * @param containers the groups of its containers, the sandbox included
     * @since 0.1
     */
    public record Pod(String uid, String podClass, Container group, List<Container> containers) {

        /**
         * Copies the list.
         *
         * @param uid its UID
         * @param podClass its class
         * @param group its group
         * @param containers its containers
         */
        public Pod {
            containers = List.copyOf(containers);
        }

        /** The UID, the class and the number of containers. */
        @Override
        public String toString() {
            return "pod " + uid + " " + podClass + " " + containers.size() + " containers";
        }
    }

    /**
     * The node that this process runs on, if its view is the host's.
     *
     * @return the node
     */
    public static KubernetesNode self() {
        return under(Path.of("/"));
    }

    /**
     * A node whose root directory is mounted somewhere, or a captured tree.
     *
     * @param root the directory that stands for {@code /}
     * @return the node
     */
    public static KubernetesNode under(Path root) {
        Container self = Container.self(root);
        return new KubernetesNode(self.location().topDirectory().map(self::moveTo));
    }

    /**
     * The pods at this moment.
     *
     * @return the pods in the order of their directories; empty if there is no {@code kubepods} group to be seen
     */
    public List<Pod> pods() {
        List<Pod> pods = new ArrayList<>();
        for (Container child : top.map(Container::children).orElse(List.of())) {
            String name = child.directoryName();
            if (name.equals("kubepods") || name.equals("kubepods.slice")) {
                addPods(child, pods, 0);
            }
        }
        return List.copyOf(pods);
    }

    private static void addPods(Container group, List<Pod> pods, int level) {
        for (Container child : group.children()) {
            ContainerName name = child.name();
            if (name.podUid().isPresent()) {
                pods.add(new Pod(
                        name.podUid().orElseThrow(), name.podClass().orElse("guaranteed"), child, containersOf(child)));
            } else if (level < MOST_LEVELS) {
                addPods(child, pods, level + 1);
            }
        }
    }

    private static List<Container> containersOf(Container pod) {
        return pod.children().stream()
                .filter(child -> child.name().containerId().isPresent())
                .toList();
    }

    /** Where the tree is. */
    @Override
    public String toString() {
        return "KubernetesNode " + top.map(Container::toString).orElse("without control groups");
    }
}
