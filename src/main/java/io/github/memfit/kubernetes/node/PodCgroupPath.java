package io.github.memfit.kubernetes.node;

import io.github.memfit.kubernetes.QosClass;
import io.github.memfit.unit.MalformedException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the path of a cgroup tells about the pod and container in it, as the host sees it; and the path that a kubelet makes.
 * Inside a private cgroup namespace the path is only {@code /} and tells nothing. Immutable and thread-safe.
 *
 * <p>Rule: Kubernetes 1.36, pkg/kubelet/cm (cgroup names of both drivers), and the scope names of containerd, CRI-O, Docker and
 * Podman.
 *
 * {@snippet :
 * PodCgroupPath.parse("/kubepods/burstable/pod0d4f1e2a-6c3b-4a57-9d10-5b8e7f6a1c2d").qosClass(); // Optional[Burstable]
 * PodCgroupPath.of(PodCgroupPath.Driver.SYSTEMD, QosClass.GUARANTEED, uid).inContainer("cri-containerd", id).path();
 * }
 *
 * @param path the path, beginning with a slash
 * @param qosClass the class of the pod; empty when the path is not below the pods' cgroup or is that cgroup itself
 * @param podUid the uid of the pod, with dashes as in the API; static pods have a hash of 32 digits
 * @param containerId the id of the container, 64 hexadecimal digits
 * @param driver whose names the path has; empty for the root
 * @since 0.1
 */
public record PodCgroupPath(
        String path,
        Optional<QosClass> qosClass,
        Optional<String> podUid,
        Optional<String> containerId,
        Optional<Driver> driver) {

    /** How a kubelet names cgroups. */
    public enum Driver {
        /** {@code /kubepods/burstable/pod<uid>/<id>}. */
        CGROUPFS,
        /** {@code /kubepods.slice/kubepods-burstable.slice/...}. */
        SYSTEMD;

        /** The name in the kubelet's configuration. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LONGEST = 4096;
    private static final int ID_DIGITS = 64;
    private static final int LONGEST_UID = 64;
    private static final String PODS = "kubepods";
    private static final String SLICE = ".slice";
    private static final String SCOPE = ".scope";

    /**
     * Checks for null.
     *
     * @param path the path
     * @param qosClass the class of the pod
     * @param podUid the uid of the pod
     * @param containerId the id of the container
     * @param driver whose names the path has
     */
    public PodCgroupPath {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(qosClass, "qosClass");
        Objects.requireNonNull(podUid, "podUid");
        Objects.requireNonNull(containerId, "containerId");
        Objects.requireNonNull(driver, "driver");
    }

    /**
     * Reads any path of a cgroup.
     *
     * @param path the path as in {@code /proc/PID/cgroup}
     * @return what it tells, which may be nothing
     * @throws MalformedException if it does not begin with a slash or is longer than 4096 characters
     */
    public static PodCgroupPath parse(CharSequence path) {
        if (path.length() == 0 || path.charAt(0) != '/' || path.length() > LONGEST) {
            throw new MalformedException(
                    "cgroup path",
                    1,
                    1,
                    path,
                    "a cgroup path begins with / and has at most " + LONGEST + " characters");
        }
        Reader reader = new Reader();
        String text = path.toString();
        // A runtime that was not told of systemd takes its slice:prefix:id for one name.
        for (String segment : text.replace(':', '/').split("/")) {
            reader.accept(segment);
        }
        return new PodCgroupPath(
                text,
                Optional.ofNullable(reader.qos),
                Optional.ofNullable(reader.uid),
                Optional.ofNullable(reader.id),
                Optional.ofNullable(reader.driver));
    }

    /**
     * The path of a pod's cgroup in a cluster without a cgroup root.
     *
     * @param driver the kubelet's driver
     * @param qos the pod's class
     * @param podUid the pod's uid
     * @return the path
     * @throws IllegalArgumentException if the uid has other characters than letters, digits and dashes
     */
    public static PodCgroupPath of(Driver driver, QosClass qos, String podUid) {
        return of("", driver, qos, podUid);
    }

    /**
     * The path of a pod's cgroup below a cgroup root, as in {@code kind} ({@code kubelet}).
     *
     * @param root the name of the root, "" for none
     * @param driver the kubelet's driver
     * @param qos the pod's class
     * @param podUid the pod's uid
     * @return the path
     * @throws IllegalArgumentException if the uid has other characters than letters, digits and dashes, or the root others than
     *     letters and digits
     */
    public static PodCgroupPath of(String root, Driver driver, QosClass qos, String podUid) {
        if (!isUid(podUid) || podUid.indexOf('_') >= 0) {
            throw new IllegalArgumentException("a pod uid has 1 to 64 letters, digits and dashes, got " + podUid);
        }
        if (!root.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c)) || root.equals(PODS)) {
            throw new IllegalArgumentException("a cgroup root has letters and digits only, got " + root);
        }
        String parent = qos == QosClass.GUARANTEED ? "" : qos.toString().toLowerCase(Locale.ROOT);
        String path = driver == Driver.CGROUPFS
                ? cgroupfs(root, PODS, parent, "pod" + podUid)
                : systemd(root, PODS, parent, "pod" + podUid.replace('-', '_'));
        return new PodCgroupPath(path, Optional.of(qos), Optional.of(podUid), Optional.empty(), Optional.of(driver));
    }

    /**
     * The path of a container in this pod.
     *
     * @param runtime the runtime's prefix of scopes: {@code cri-containerd}, {@code crio}, {@code docker}, {@code libpod};
     *     not used with cgroupfs
     * @param containerId the container's id, 64 hexadecimal digits
     * @return the path
     * @throws IllegalStateException if this is not the path of a pod
     * @throws IllegalArgumentException if the id is not 64 hexadecimal digits
     */
    public PodCgroupPath inContainer(String runtime, String containerId) {
        if (podUid.isEmpty() || this.containerId.isPresent()) {
            throw new IllegalStateException("only a pod's cgroup has containers in it, not " + path);
        }
        if (!isId(containerId)) {
            throw new IllegalArgumentException("a container id is 64 hexadecimal digits, got " + containerId);
        }
        boolean scope = driver.filter(Driver.SYSTEMD::equals).isPresent();
        if (scope && !(isUid(runtime) && runtime.indexOf('_') < 0)) {
            throw new IllegalArgumentException("a runtime's prefix has letters, digits and dashes, got " + runtime);
        }
        String child = scope ? runtime + "-" + containerId + SCOPE : containerId;
        return new PodCgroupPath(path + "/" + child, qosClass, podUid, Optional.of(containerId), driver);
    }

    private static String cgroupfs(String... names) {
        StringBuilder path = new StringBuilder();
        for (String name : names) {
            if (!name.isEmpty()) {
                path.append('/').append(name);
            }
        }
        return path.toString();
    }

    /** Each slice repeats the names of its parents. */
    private static String systemd(String... names) {
        StringBuilder path = new StringBuilder();
        StringBuilder slice = new StringBuilder();
        for (String name : names) {
            if (!name.isEmpty()) {
                slice.append(slice.length() == 0 ? "" : "-").append(name);
                path.append('/').append(slice).append(SLICE);
            }
        }
        return path.toString();
    }

    private static boolean isUid(String text) {
        if (text.isEmpty() || text.length() > LONGEST_UID) {
            return false;
        }
        return text.chars()
                .allMatch(c ->
                        c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_');
    }

    private static boolean isId(String text) {
        return text.length() == ID_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    /** Takes the segments of a path one by one. */
    private static final class Reader {

        private @Nullable QosClass qos;
        private @Nullable String uid;
        private @Nullable String id;
        private @Nullable Driver driver;
        private boolean belowPods;

        void accept(String segment) {
            if (segment.isEmpty() || segment.equals("..")) {
                return;
            }
            boolean unit = segment.endsWith(SLICE) || segment.endsWith(SCOPE);
            if (driver == null || unit) {
                driver = unit ? Driver.SYSTEMD : Driver.CGROUPFS;
            }
            if (segment.endsWith(SLICE)) {
                slice(segment.substring(0, segment.length() - SLICE.length()));
            } else if (segment.endsWith(SCOPE)) {
                scope(segment.substring(0, segment.length() - SCOPE.length()));
            } else if (id == null && isId(segment)) {
                id = segment;
            } else if (belowPods && uid == null) {
                child(segment, '-');
            } else if (segment.equals(PODS)) {
                belowPods = true;
            }
        }

        private void slice(String name) {
            int at = name.startsWith(PODS) ? 0 : name.indexOf("-" + PODS) + 1;
            if (at == 0 && !name.startsWith(PODS) || uid != null) {
                return;
            }
            String rest = name.substring(at + PODS.length());
            if (rest.startsWith("-")) {
                child(rest.substring(1), '_');
            }
        }

        /** {@code burstable}, {@code pod<uid>} or, in systemd's names, {@code burstable-pod<uid>}. */
        private void child(String name, char dash) {
            String pod = name;
            boolean known = false;
            for (QosClass below : new QosClass[] {QosClass.BURSTABLE, QosClass.BEST_EFFORT}) {
                String parent = below.toString().toLowerCase(Locale.ROOT);
                if (name.equals(parent) || name.startsWith(parent + "-pod")) {
                    qos = below;
                    known = true;
                    pod = name.substring(Math.min(name.length(), parent.length() + 1));
                }
            }
            // Each driver has one of the two dashes in uids, never the other.
            char otherDash = dash == '-' ? '_' : '-';
            if (pod.startsWith("pod") && isUid(pod.substring(3)) && pod.indexOf(otherDash) < 0) {
                uid = pod.substring(3).replace(dash, '-');
                qos = qos == null ? QosClass.GUARANTEED : qos;
                known = true;
                // An id before the pod is that of a machine in a container, as kind has them.
                id = null;
            }
            belowPods &= known;
        }

        private void scope(String name) {
            int dash = name.lastIndexOf('-');
            String last = name.substring(dash + 1);
            if (id == null && isId(last) && !name.startsWith("crio-conmon-")) {
                id = last;
            }
        }
    }

    /** The path, cut to 200 characters. */
    @Override
    public String toString() {
        return path.length() <= 200 ? path : path.substring(0, 197) + "...";
    }
}
