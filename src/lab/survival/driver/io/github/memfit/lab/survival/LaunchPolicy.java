package io.github.memfit.lab.survival;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** A way to choose the flags of a program for a memory limit: ours, or one of the peers'. */
interface LaunchPolicy {

    /** A short name without blanks; it is a column of the results. */
    String name();

    /** Does it know this kind of runtime? */
    boolean knows(Runtime runtime);

    /** Does it want a measured run of the program first? */
    default boolean wantsProfile() {
        return false;
    }

    /** Does it have the whole heap touched at start? A JVM then touches more beside its heap too, so it is measured the same way. */
    default boolean touchesHeap() {
        return false;
    }

    /** What to launch with. */
    Answer answer(Situation situation);

    /** A policy that asks nobody: the same rule for every program of one kind of runtime. */
    static LaunchPolicy rule(String name, Runtime.Kind kind, Function<Situation, Answer> rule) {
        return new LaunchPolicy() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public boolean knows(Runtime runtime) {
                return runtime.kind() == kind;
            }

            @Override
            public Answer answer(Situation situation) {
                return rule.apply(situation);
            }
        };
    }

    /** Flags, or none. */
    sealed interface Answer {

        /**
         * Launch with these.
         *
         * @param flags arguments of the runtime, before the program's own
         * @param environment variables to add
         * @param predictedPeak the most memory the program will take, if the policy says
         */
        record Launch(List<String> flags, Map<String, String> environment, OptionalLong predictedPeak)
                implements Answer {

            /** Flags of a policy that predicts nothing. */
            static Launch with(List<String> flags) {
                return new Launch(flags, Map.of(), OptionalLong.empty());
            }
        }

        /** The policy says that the program does not fit, and why. */
        record Refused(String reason) implements Answer {}
    }

    /**
     * What a policy may know.
     *
     * @param program the program
     * @param runtime what runs it
     * @param limitBytes the memory limit
     * @param cpus processors
     * @param profile a measured run, only for policies that want one; else null
     */
    record Situation(Program program, Runtime runtime, long limitBytes, int cpus, Profile profile) {}
}
