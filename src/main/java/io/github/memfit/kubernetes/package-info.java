/**
 * How Kubernetes will treat a pod's memory: quantities, QoS class, oom_score_adj and effective requests, for the cluster
 * version that the caller names. Pure rules: no files, no clock, any operating system.
 *
 * <p>A pod is described by {@link io.github.memfit.kubernetes.PodResources}, filled from maps of strings whatever client they
 * come from; every rule takes a {@link io.github.memfit.kubernetes.KubernetesVersion}, because most answers changed over time.
 * What the API server adds before it stores a pod is an explicit step,
 * {@link io.github.memfit.kubernetes.PodResources#asStored(KubernetesVersion)}, so that a template can be judged both as written
 * and as it will run.
 *
 * <p>The neighbours continue from here: {@code kubernetes.eviction} (who is evicted), {@code kubernetes.node} (which cgroup
 * files are written), {@code kubernetes.schedule} (does it fit, how many replicas, may it be resized), {@code kubernetes.view}
 * (why two tools show two numbers) and {@code kubernetes.advice} (what-if, version drift, findings).
 *
 * <p>All types are immutable and thread-safe unless their Javadoc says otherwise. A {@code null} argument is a
 * {@link NullPointerException}.
 *
 * @since 0.1
 */
@NullMarked
package io.github.memfit.kubernetes;

import org.jspecify.annotations.NullMarked;
