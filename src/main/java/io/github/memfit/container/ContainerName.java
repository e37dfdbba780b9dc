package io.github.memfit.container;

import io.github.memfit.cgroup.CgroupLocation;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of a group's directories tell about it: the pod, its QoS class, the container and its runtime, as the kubelet
 * (pkg/kubelet/cm, cgroupfs and systemd drivers) and container engines build them. Names only: whoever may make groups may
 * choose them. Immutable and thread-safe.
 *
 * @param runtime {@code docker}, {@code cri-containerd}, {@code crio}, {@code libpod}; empty if the name does not tell
 * @param containerId the hexadecimal number of the container; empty if there is none
 * @param podUid the UID of the pod with dashes; empty outside of Kubernetes
 * @param podClass {@code guaranteed}, {@code burstable} or {@code besteffort}; empty outside of Kubernetes
 * @since 0.1
 */
public record ContainerName(
        Optional<String> runtime, Optional<String> containerId, Optional<String> podUid, Optional<String> podClass) {

    private static final Pattern ID =
            Pattern.compile("(?:.*?:)?(?:(docker|cri-containerd|crio|libpod)[-:])?([0-9a-f]{64})(?:\\.scope)?");
    private static final Pattern POD = Pattern.compile(
            "(?:kubepods-(?:(burstable|besteffort)-)?)?pod([0-9a-fA-F]{8}(?:[-_][0-9a-fA-F]{4}){3}[-_][0-9a-fA-F]{12}|[0-9a-f]{32})"
                    + "(?:\\.slice)?(?::.*)?");
    private static final Pattern CLASS = Pattern.compile("(?:kubepods-)?(burstable|besteffort)(?:\\.slice)?");

    /**
     * The name of a group.
     *
     * @param location where it is
     * @return what its path tells
     */
    static ContainerName of(CgroupLocation location) {
        String path =
                location.directory().map(location::shown).or(location::path).orElse("");
        return parse(path);
    }

    /**
     * What a path tells.
     *
     * @param path the path of a group, in a hierarchy or in the file system
     * @return the parts that it tells
     */
    public static ContainerName parse(String path) {
        String runtime = null;
        String id = null;
        String pod = null;
        String podClass = null;
        for (String segment : path.split("/")) {
            Matcher podName = POD.matcher(segment);
            Matcher className = CLASS.matcher(segment);
            Matcher idName = ID.matcher(segment);
            if (podName.matches()) {
                pod = podName.group(2).replace('_', '-');
                podClass = podName.group(1) != null ? podName.group(1) : podClass != null ? podClass : "guaranteed";
            } else if (className.matches() && pod == null) {
                podClass = className.group(1);
            }
            if (idName.matches()) {
                id = idName.group(2);
                runtime = idName.group(1);
            }
        }
        return new ContainerName(
                Optional.ofNullable(runtime),
                Optional.ofNullable(id),
                Optional.ofNullable(pod),
                pod == null ? Optional.empty() : Optional.ofNullable(podClass));
    }
}
