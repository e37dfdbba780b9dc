package io.github.memfit.lab.survival;

import io.github.memfit.tuning.jvm.JvmGoal;
import io.github.memfit.tuning.jvm.JvmPeer;
import io.github.memfit.tuning.jvm.JvmPeerAnswer;
import io.github.memfit.unit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All policies of the lab. */
final class Policies {

    private Policies() {}

    static List<LaunchPolicy> all() {
        List<LaunchPolicy> all = new ArrayList<>();
        all.add(new MemfitPolicy("memfit", JvmGoal.SAFE, false));
        all.add(new MemfitPolicy("memfit-profile", JvmGoal.SAFE, true));
        all.add(new MemfitPolicy("memfit-predictable", JvmGoal.PREDICTABLE, true));
        all.add(new MemfitPolicy("memfit-dense", JvmGoal.DENSE, true));
        JvmPeer.all().forEach(peer -> all.add(peer(peer)));
        all.addAll(NodePolicies.all());
        all.addAll(GunicornPolicies.all());
        return all;
    }

    private static LaunchPolicy peer(JvmPeer peer) {
        return LaunchPolicy.rule(
                peer.name().toLowerCase(Locale.ROOT).replace(' ', '-'), Runtime.Kind.JVM, situation -> {
                    JvmPeerAnswer answer = peer.options(
                            Bytes.of(situation.limitBytes()), Classes.expectedByPaketo(situation.program()));
                    return answer instanceof JvmPeerAnswer.Sets sets
                            ? LaunchPolicy.Answer.Launch.with(sets.arguments())
                            : new LaunchPolicy.Answer.Refused(((JvmPeerAnswer.Declines) answer).reason());
                });
    }
}
