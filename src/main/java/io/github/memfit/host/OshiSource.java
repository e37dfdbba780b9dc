package io.github.memfit.host;

import io.github.memfit.unit.Bytes;
import java.util.List;
import java.util.Optional;
import oshi.hardware.GlobalMemory;
import oshi.hardware.VirtualMemory;
import oshi.software.os.OSProcess;
import oshi.spi.SystemInfoFactory;
import oshi.spi.SystemInfoProvider;

/** All that touches OSHI: linked only when it is asked for. OSHI answers 0 or -1 for what it could not read. */
final class OshiSource implements HostSource {

    private final SystemInfoProvider provider = SystemInfoFactory.create();

    @Override
    public HostMemory memory() {
        GlobalMemory memory = provider.getHardware().getMemory();
        VirtualMemory swap = memory.getVirtualMemory();
        if (memory.getTotal() <= 0) {
            throw new IllegalStateException("OSHI could not read the memory of this host");
        }
        return new HostMemory(
                Bytes.of(memory.getTotal()),
                bytes(memory.getAvailable()),
                bytes(swap.getSwapTotal()),
                bytes(swap.getSwapUsed()),
                bytes(memory.getPageSize()));
    }

    @Override
    public List<HostProcess> processes() {
        return provider.getOperatingSystem().getProcesses().stream()
                .map(OshiSource::value)
                .toList();
    }

    @Override
    public Optional<HostProcess> process(int pid) {
        return Optional.ofNullable(provider.getOperatingSystem().getProcess(pid))
                .map(OshiSource::value);
    }

    @Override
    public String operatingSystem() {
        return provider.getOperatingSystem().toString();
    }

    private static HostProcess value(OSProcess process) {
        return new HostProcess(
                process.getProcessID(),
                process.getParentProcessID(),
                process.getName(),
                bytes(process.getResidentMemory()),
                bytes(process.getVirtualSize()),
                process.getThreadCount());
    }

    private static Bytes bytes(long value) {
        return Bytes.of(Math.max(0, value));
    }
}
