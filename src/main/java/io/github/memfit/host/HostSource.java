package io.github.memfit.host;

import java.util.List;
import java.util.Optional;

/** Where host facts come from; may throw whatever it likes. */
interface HostSource {

    HostMemory memory();

    List<HostProcess> processes();

    Optional<HostProcess> process(int pid);

    String operatingSystem();
}
