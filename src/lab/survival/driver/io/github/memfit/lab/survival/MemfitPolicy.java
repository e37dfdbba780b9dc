package io.github.memfit.lab.survival;

import io.github.memfit.tuning.Fit;
import io.github.memfit.tuning.jvm.JdkVersion;
import io.github.memfit.tuning.jvm.Jvm;
import io.github.memfit.tuning.jvm.JvmFlags;
import io.github.memfit.tuning.jvm.JvmGoal;
import io.github.memfit.tuning.jvm.JvmProfile;
import io.github.memfit.unit.Bytes;
import java.util.OptionalLong;

/** Memfit's own answers for the JVM. */
final class MemfitPolicy implements LaunchPolicy {

    private final String name;
    private final JvmGoal goal;
    private final boolean profile;

    MemfitPolicy(String name, JvmGoal goal, boolean profile) {
        this.name = name;
        this.goal = goal;
        this.profile = profile;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean knows(Runtime runtime) {
        return runtime.kind() == Runtime.Kind.JVM;
    }

    @Override
    public boolean wantsProfile() {
        return profile;
    }

    @Override
    public boolean touchesHeap() {
        return goal == JvmGoal.PREDICTABLE;
    }

    @Override
    public Answer answer(Situation situation) {
        Jvm question = Jvm.within(Bytes.of(situation.limitBytes()))
                .jdk(JdkVersion.of(situation.runtime().version()))
                .cpus(situation.cpus())
                .goal(goal);
        if (profile) {
            question.profile(JvmProfile.parse(situation.profile().text()));
        }
        Fit<JvmFlags> fit = question.fit();
        if (fit instanceof Fit.Fits<JvmFlags> fits) {
            if (profile && !fits.flags().environment().equals(Profiles.ENVIRONMENT)) {
                throw new IllegalStateException("measured with " + Profiles.ENVIRONMENT + ", planned with "
                        + fits.flags().environment());
            }
            return new Answer.Launch(
                    fits.flags().arguments(),
                    fits.flags().environment(),
                    OptionalLong.of(fits.plan().total().value()));
        }
        return new Answer.Refused(fit.toString());
    }
}
